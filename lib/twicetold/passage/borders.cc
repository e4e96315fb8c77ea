// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/borders.h"

#include <algorithm>
#include <span>

namespace twicetold {

// One move: from the left end of the reach to the right one, windows sliding
// along on both sides.
class BorderFinder::Sweep {
 public:
  Sweep(BorderFinder* finder, const PairSide& moving_side, WordRange moving,
        WordRange limits, const PairSide& fixed_side, WordRange fixed)
      : finder_(*finder),
        moving_side_(moving_side),
        cuts_(moving_side.words->cuts),
        fixed_side_(fixed_side),
        moving_(moving),
        fixed_(fixed),
        reach_(ReachOf(moving, limits)),
        slope_(static_cast<double>(fixed.size()) /
               std::max<uint32_t>(1, moving.size())) {}

  std::optional<WordRange> Run() {
    if (reach_.begin >= reach_.end) return std::nullopt;
    Window fixed_window{fixed_.begin, fixed_.begin};
    Window moving_window{reach_.begin, reach_.begin};
    for (uint32_t at = reach_.begin; at <= reach_.end; ++at) {
      if (at == reach_.begin || at == reach_.end || cuts_[at] != 0) {
        NoteCut(at);
      }
      if (at == reach_.end) break;
      SlideFixed(at, &fixed_window);
      SlideMoving(at, &moving_window);
      sum_ += Score(at);
    }
    Clear(fixed_window, moving_window);
    if (best_sum_ <= 0) return std::nullopt;
    return best_;
  }

 private:
  struct Window {
    uint32_t begin;
    uint32_t end;
  };

  const BorderOptions& options() const { return finder_.options_; }

  // A reach beyond the seeds, as far as the next cut, at most twice as far.
  WordRange ReachOf(WordRange moving, WordRange limits) const {
    const uint32_t reach = options().reach_words;
    WordRange range;
    range.begin = moving.begin > reach ? moving.begin - reach : 0;
    range.begin = std::max(limits.begin, range.begin);
    range.end = std::min(limits.end, moving.end + reach);
    while (range.begin > limits.begin && cuts_[range.begin] == 0 &&
           moving.begin < range.begin + 2 * reach) {
      --range.begin;
    }
    while (range.end < limits.end && cuts_[range.end] == 0 &&
           range.end < moving.end + 2 * reach) {
      ++range.end;
    }
    return range;
  }

  // Maximum-sum segment: the best so far that ends here, the least sum at
  // which one may begin.
  void NoteCut(uint32_t at) {
    if (has_least_ && sum_ - least_sum_ > best_sum_) {
      best_sum_ = sum_ - least_sum_;
      best_ = {least_at_, at};
    }
    if (!has_least_ || sum_ < least_sum_) {
      has_least_ = true;
      least_sum_ = sum_;
      least_at_ = at;
    }
  }

  void SlideFixed(uint32_t at, Window* window) {
    const double centre =
        fixed_.begin + (static_cast<double>(at) - moving_.begin) * slope_;
    const double width = options().window_words;
    const auto clamped = [this](double x) {
      return static_cast<uint32_t>(
          std::clamp<double>(x, fixed_.begin, fixed_.end));
    };
    const uint32_t end = clamped(centre + width + 1);
    const uint32_t begin = clamped(centre - width);
    while (window->end < end) {
      ++finder_.fixed_counts_[fixed_side_.StemOf(window->end++)];
    }
    while (window->begin < begin && window->begin < window->end) {
      --finder_.fixed_counts_[fixed_side_.StemOf(window->begin++)];
    }
  }

  std::vector<uint32_t>& MovingCounts(uint32_t at) {
    const bool core = moving_.begin <= at && at < moving_.end;
    return core ? finder_.core_counts_ : finder_.reach_counts_;
  }

  void SlideMoving(uint32_t at, Window* window) {
    const uint32_t width = options().window_words;
    const uint32_t end = std::min(reach_.end, at + width + 1);
    const uint32_t begin =
        at > reach_.begin + width ? at - width : reach_.begin;
    for (; window->end < end; ++window->end) {
      ++MovingCounts(window->end)[moving_side_.StemOf(window->end)];
    }
    for (; window->begin < begin; ++window->begin) {
      --MovingCounts(window->begin)[moving_side_.StemOf(window->begin)];
    }
  }

  // The share of the word's occurrences that find a partner, rewarded, and the
  // rest of it, punished.
  double Score(uint32_t at) const {
    const uint32_t stem = moving_side_.StemOf(at);
    const double partners = finder_.fixed_counts_[stem];
    const double core = finder_.core_counts_[stem];
    double share;
    if (moving_.begin <= at && at < moving_.end) {
      share = std::min(1.0, partners / std::max(1.0, core));
    } else {
      const double left = std::max(0.0, partners - core);
      share = std::min(1.0,
                       left / std::max<double>(1, finder_.reach_counts_[stem]));
    }
    const double penalty =
        finder_.pair_.within ? options().penalty_within : options().penalty;
    return finder_.pair_.idf[stem] * (share - penalty * (1 - share));
  }

  void Clear(Window fixed_window, Window moving_window) {
    for (uint32_t i = fixed_window.begin; i < fixed_window.end; ++i) {
      finder_.fixed_counts_[fixed_side_.StemOf(i)] = 0;
    }
    for (uint32_t i = moving_window.begin; i < moving_window.end; ++i) {
      MovingCounts(i)[moving_side_.StemOf(i)] = 0;
    }
  }

  BorderFinder& finder_;
  const PairSide& moving_side_;
  const std::span<const uint8_t> cuts_;
  const PairSide& fixed_side_;
  const WordRange moving_;
  const WordRange fixed_;
  const WordRange reach_;
  const double slope_;  // words of the fixed side for one of the moving side

  double sum_ = 0;
  bool has_least_ = false;
  double least_sum_ = 0;
  uint32_t least_at_ = 0;
  double best_sum_ = 0;
  WordRange best_;
};

BorderFinder::BorderFinder(const StemPair& pair, const BorderOptions& options)
    : pair_(pair),
      options_(options),
      fixed_counts_(pair.idf.size()),
      core_counts_(pair.idf.size()),
      reach_counts_(pair.idf.size()) {}

std::optional<WordRange> BorderFinder::MoveA(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  return Sweep(this, pair_.a, moving, limits, pair_.side_b(), fixed).Run();
}

std::optional<WordRange> BorderFinder::MoveB(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  return Sweep(this, pair_.side_b(), moving, limits, pair_.a, fixed).Run();
}

}  // namespace twicetold
