// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/chain.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace twicetold {
namespace {

constexpr double kDriftCost = .10;
constexpr double kGapCost = .02;
constexpr double kShiftCost = .5;  // of log2(drift + 1)

// Less than this is no better: going on from the nearest and skipping it may
// differ by rounding alone.
constexpr double kTie = 1e-9;

constexpr uint32_t kNone = 0xffffffff;

// Ascending by a + b, so that all that may come before an anchor does.
bool BySum(const Anchor& x, const Anchor& y) {
  return std::tuple(uint64_t{x.a} + x.b, std::min(x.a, x.b), x.a, x.words) <
         std::tuple(uint64_t{y.a} + y.b, std::min(y.a, y.b), y.a, y.words);
}

class Chainer {
 public:
  Chainer(std::vector<Anchor> anchors, std::span<const float> rarity)
      : anchors_(std::move(anchors)), sums_(rarity.size() + 1) {
    std::sort(anchors_.begin(), anchors_.end(), BySum);
    anchors_.erase(std::unique(anchors_.begin(), anchors_.end()),
                   anchors_.end());
    for (size_t i = 0; i < rarity.size(); ++i) {
      sums_[i + 1] = sums_[i] + static_cast<double>(rarity[i]);
    }
  }

  std::vector<Chain> Make(double min_score) {
    FindBest();
    std::vector<uint32_t> ends(anchors_.size());
    std::iota(ends.begin(), ends.end(), 0u);
    std::stable_sort(ends.begin(), ends.end(), [this](uint32_t x, uint32_t y) {
      return best_[x] > best_[y];
    });
    std::vector<Chain> chains;
    used_.assign(anchors_.size(), 0);
    for (uint32_t end : ends) {
      if (used_[end]) continue;
      Chain chain = TraceBack(end);
      if (chain.score >= min_score) chains.push_back(std::move(chain));
    }
    // What a chain has left to another lowers its score.
    std::stable_sort(
        chains.begin(), chains.end(),
        [](const Chain& x, const Chain& y) { return x.score > y.score; });
    return chains;
  }

 private:
  double RarityOf(uint32_t begin, uint32_t words) const {
    return sums_[begin + words] - sums_[begin];
  }

  // Sets `*gain` to what anchor i adds after anchor j, less what the step
  // costs; false if it does not come after it.
  bool Step(uint32_t j, uint32_t i, double* gain) const {
    const Anchor& from = anchors_[j];
    const Anchor& to = anchors_[i];
    if (from.a >= to.a || from.b >= to.b) return false;
    const uint32_t a = to.a - from.a;
    const uint32_t b = to.b - from.b;
    if (std::max(a, b) > kMostGap + from.words) return false;
    const uint32_t least = std::min(a, b);
    const uint32_t had =
        from.words > least ? std::min(from.words - least, to.words) : 0;
    *gain = RarityOf(to.a + had, to.words - had) - ChainCost(a, b);
    return true;
  }

  void FindBest() {
    best_.resize(anchors_.size());
    before_.assign(anchors_.size(), kNone);
    for (uint32_t i = 0; i < anchors_.size(); ++i) {
      const double alone = RarityOf(anchors_[i].a, anchors_[i].words);
      best_[i] = alone;
      const uint32_t first =
          i - static_cast<uint32_t>(std::min<size_t>(i, kMostLookBack));
      // The nearest first: it wins a tie.
      for (uint32_t j = i; j-- > first;) {
        double gain = 0;
        if (!Step(j, i, &gain) || best_[j] + gain <= best_[i] + kTie) {
          continue;
        }
        best_[i] = best_[j] + gain;
        before_[i] = j;
      }
    }
  }

  // From its end to its beginning, or to an anchor that is used.
  Chain TraceBack(uint32_t end) {
    Chain chain;
    uint32_t at = end;
    uint32_t last = end;
    for (; at != kNone && !used_[at]; at = before_[at]) {
      used_[at] = 1;
      chain.anchors.push_back(anchors_[at]);
      last = at;
    }
    std::reverse(chain.anchors.begin(), chain.anchors.end());
    chain.score = best_[end];
    if (at != kNone) {
      // Without what comes before: the first anchor stands alone.
      chain.score +=
          RarityOf(anchors_[last].a, anchors_[last].words) - best_[last];
    }
    return chain;
  }

  std::vector<Anchor> anchors_;
  std::vector<double> sums_;  // of the rarity of the words before
  std::vector<double> best_;
  std::vector<uint32_t> before_;
  std::vector<uint8_t> used_;
};

}  // namespace

double ChainCost(uint32_t distance_a, uint32_t distance_b) {
  const uint32_t gap = std::min(distance_a, distance_b);
  const uint32_t drift = std::max(distance_a, distance_b) - gap;
  return kDriftCost * drift + kGapCost * gap +
         kShiftCost * std::log2(double{1} + drift);
}

std::vector<Chain> MakeChains(std::vector<Anchor> anchors,
                              std::span<const float> rarity, double min_score) {
  return Chainer(std::move(anchors), rarity).Make(min_score);
}

}  // namespace twicetold
