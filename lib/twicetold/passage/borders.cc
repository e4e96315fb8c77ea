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
      : options_(finder->options_),
        penalty_(finder->pair_.within ? options_.penalty_within
                                      : options_.penalty),
        idf_(finder->pair_.idf.data()),
        counts_(finder->counts_.data()),
        cuts_(moving_side.words->cuts),
        moving_stems_(moving_side),
        fixed_stems_(fixed_side),
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

  // The stems of a side's words, by word.
  class Stems {
   public:
    explicit Stems(const PairSide& side)
        : stems_(side.words->stems.data()), number_(side.number.data()) {}
    uint32_t operator[](uint32_t word) const { return number_[stems_[word]]; }

   private:
    const uint32_t* stems_;
    const uint32_t* number_;
  };

  // A reach beyond the seeds, as far as the next cut, at most twice as far.
  WordRange ReachOf(WordRange moving, WordRange limits) const {
    const uint32_t reach = options_.reach_words;
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
    const double width = options_.window_words;
    const auto clamped = [this](double x) {
      return static_cast<uint32_t>(std::clamp<int64_t>(
          static_cast<int64_t>(x), fixed_.begin, fixed_.end));
    };
    const uint32_t end = clamped(centre + width + 1);
    const uint32_t begin = clamped(centre - width);
    while (window->end < end) {
      ++counts_[fixed_stems_[window->end++]].fixed;
    }
    while (window->begin < begin && window->begin < window->end) {
      --counts_[fixed_stems_[window->begin++]].fixed;
    }
  }

  bool InCore(uint32_t at) const {
    return moving_.begin <= at && at < moving_.end;
  }

  uint32_t& MovingCount(uint32_t at) {
    Counts& counts = counts_[moving_stems_[at]];
    return InCore(at) ? counts.core : counts.reach;
  }

  void SlideMoving(uint32_t at, Window* window) {
    const uint32_t width = options_.window_words;
    const uint32_t end = std::min(reach_.end, at + width + 1);
    const uint32_t begin =
        at > reach_.begin + width ? at - width : reach_.begin;
    for (; window->end < end; ++window->end) ++MovingCount(window->end);
    for (; window->begin < begin; ++window->begin) --MovingCount(window->begin);
  }

  // The share of the word's occurrences that find a partner, rewarded, and the
  // rest of it, punished.
  double Score(uint32_t at) const {
    const uint32_t stem = moving_stems_[at];
    const Counts& counts = counts_[stem];
    // Without branches: which words find partners follows no rule.
    const bool core = InCore(at);
    const uint32_t rivals = std::max(1u, core ? counts.core : counts.reach);
    const uint32_t claimed = core ? 0 : std::min(counts.fixed, counts.core);
    const uint32_t found = std::min(rivals, counts.fixed - claimed);
    const double share = static_cast<double>(found) / rivals;
    return idf_[stem] * (share - penalty_ * (1 - share));
  }

  void Clear(Window fixed_window, Window moving_window) {
    for (uint32_t i = fixed_window.begin; i < fixed_window.end; ++i) {
      counts_[fixed_stems_[i]] = {};
    }
    for (uint32_t i = moving_window.begin; i < moving_window.end; ++i) {
      counts_[moving_stems_[i]] = {};
    }
  }

  const BorderOptions& options_;
  const double penalty_;
  const double* const idf_;
  Counts* const counts_;
  const std::span<const uint8_t> cuts_;
  const Stems moving_stems_;
  const Stems fixed_stems_;
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
    : pair_(pair), options_(options) {}

std::optional<WordRange> BorderFinder::MoveA(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  MakeRoom();
  return Sweep(this, pair_.a, moving, limits, pair_.side_b(), fixed).Run();
}

std::optional<WordRange> BorderFinder::MoveB(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  MakeRoom();
  return Sweep(this, pair_.side_b(), moving, limits, pair_.a, fixed).Run();
}

void BorderFinder::MakeRoom() {
  if (counts_.size() < pair_.idf.size()) counts_.resize(pair_.idf.size());
}

}  // namespace twicetold
