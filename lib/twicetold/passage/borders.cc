// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/borders.h"

#include <algorithm>
#include <array>
#include <span>

namespace twicetold {

// One move: from the left end of the reach to the right one, windows sliding
// along on both sides. Words without partner cost little: all of them lose the
// same share of their idf, and their stems need not be counted.
class BorderFinder::Sweep {
 public:
  Sweep(BorderFinder* finder, const PairSide& moving_side, WordRange moving,
        WordRange limits, const PairSide& fixed_side, WordRange fixed)
      : finder_(*finder),
        options_(finder->options_),
        penalty_(finder->pair_.within ? options_.penalty_within
                                      : options_.penalty),
        cuts_(moving_side.words->cuts),
        moving_side_(moving_side),
        fixed_side_(fixed_side),
        moving_(moving),
        fixed_(fixed),
        reach_(ReachOf(moving, limits)),
        slope_(static_cast<double>(fixed.size()) /
               std::max<uint32_t>(1, moving.size())) {}

  std::optional<WordRange> Run() {
    if (reach_.begin >= reach_.end) return std::nullopt;
    PlaceFixed();
    FindPartnered();
    ScorePartnered();
    return FindBest();
  }

 private:
  struct Window {
    uint32_t begin;
    uint32_t end;
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

  // Gives the stems of the fixed side small numbers: their places there.
  void PlaceFixed() {
    std::vector<uint32_t>& place_of = finder_.place_of_;
    std::vector<uint32_t>& places = finder_.fixed_;
    places.resize(fixed_.size());
    for (uint32_t i = 0; i < fixed_.size(); ++i) {
      place_of[fixed_side_.StemOf(fixed_.begin + i)] = i + 1;
    }
    for (uint32_t i = 0; i < fixed_.size(); ++i) {
      places[i] = place_of[fixed_side_.StemOf(fixed_.begin + i)];
    }
  }

  // Scores the words without a partner, and lists those that may have one,
  // whose score is their idf as yet. Without branches: which words these are
  // follows no rule.
  void FindPartnered() {
    std::vector<uint32_t>& place_of = finder_.place_of_;
    const double* const idf = finder_.pair_.idf.data();
    finder_.scores_.resize(reach_.size());
    finder_.partnered_.resize(reach_.size() + 1);
    Partnered* next = finder_.partnered_.data();
    const std::array<double, 2> worth = {0 - penalty_, 1};
    for (uint32_t at = reach_.begin; at < reach_.end; ++at) {
      const uint32_t stem = moving_side_.StemOf(at);
      const uint32_t place = place_of[stem];
      finder_.scores_[at - reach_.begin] =
          idf[stem] * worth[place != 0 ? 1 : 0];
      *next = {.at = at, .stem = kWheres * place, .core = InCore(at)};
      next += place != 0 ? 1 : 0;
    }
    finder_.partnered_.resize(
        static_cast<size_t>(next - finder_.partnered_.data()));
    for (uint32_t i = fixed_.begin; i < fixed_.end; ++i) {
      place_of[fixed_side_.StemOf(i)] = 0;
    }
  }

  bool InCore(uint32_t at) const {
    return moving_.begin <= at && at < moving_.end;
  }

  void ScorePartnered() {
    const uint32_t width = options_.window_words;
    const std::span<const Partnered> words = finder_.partnered_;
    std::vector<uint32_t>& counts = finder_.counts_;
    counts.assign(kWheres * (size_t{fixed_.size()} + 1), 0);
    Window fixed_window{0, 0};
    const bool slides = !HoldsFixed();
    if (!slides) AddFixed(fixed_.size(), &fixed_window);
    size_t begin = 0;
    size_t end = 0;
    // Of a short reach all is in every window: nothing enters or leaves one.
    if (reach_.size() <= width + 1) {
      for (; end < words.size(); ++end) {
        ++counts[words[end].stem + words[end].core];
      }
    }
    for (const Partnered& word : words) {
      if (slides) SlideFixed(word.at, &fixed_window);
      for (; end < words.size() && words[end].at <= word.at + width; ++end) {
        ++counts[words[end].stem + words[end].core];
      }
      for (; words[begin].at + width < word.at; ++begin) {
        --counts[words[begin].stem + words[begin].core];
      }
      finder_.scores_[word.at - reach_.begin] *= Worth(word);
    }
  }

  // The window on the fixed side that belongs to a word.
  Window FixedAround(uint32_t at) const {
    const double centre =
        fixed_.begin + (static_cast<double>(at) - moving_.begin) * slope_;
    const double width = options_.window_words;
    const auto clamped = [this](double x) {
      return static_cast<uint32_t>(std::clamp<int64_t>(static_cast<int64_t>(x),
                                                       fixed_.begin,
                                                       fixed_.end) -
                                   fixed_.begin);
    };
    return {clamped(centre - width), clamped(centre + width + 1)};
  }

  // Whether every window on the fixed side holds all of it.
  bool HoldsFixed() const {
    return FixedAround(reach_.begin).end == fixed_.size() &&
           FixedAround(reach_.end - 1).begin == 0;
  }

  void AddFixed(uint32_t end, Window* window) {
    for (; window->end < end; ++window->end) {
      ++finder_.counts_[kWheres * finder_.fixed_[window->end] + kFixed];
    }
  }

  void SlideFixed(uint32_t at, Window* window) {
    const Window around = FixedAround(at);
    AddFixed(around.end, window);
    for (; window->begin < around.begin && window->begin < window->end;
         ++window->begin) {
      --finder_.counts_[kWheres * finder_.fixed_[window->begin] + kFixed];
    }
  }

  // The share of the word's occurrences that find a partner, rewarded, and the
  // rest of it, punished.
  double Worth(const Partnered& word) const {
    const uint32_t* const counts = &finder_.counts_[word.stem];
    // Without branches, for the same reason.
    const uint32_t rivals = counts[word.core];  // with itself, so not 0
    const uint32_t claimed =
        word.core ? 0 : std::min(counts[kFixed], counts[kCore]);
    const uint32_t found = std::min(rivals, counts[kFixed] - claimed);
    const double share = static_cast<double>(found) / rivals;
    return share - penalty_ * (1 - share);
  }

  std::optional<WordRange> FindBest() {
    const double* score = finder_.scores_.data();
    NoteCut(reach_.begin);
    sum_ += *score++;
    for (uint32_t at = reach_.begin + 1; at < reach_.end; ++at) {
      if (cuts_[at] != 0) NoteCut(at);
      sum_ += *score++;
    }
    NoteCut(reach_.end);
    if (best_sum_ <= 0) return std::nullopt;
    return best_;
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

  BorderFinder& finder_;
  const BorderOptions& options_;
  const double penalty_;
  const std::span<const uint8_t> cuts_;
  const PairSide& moving_side_;
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
  if (place_of_.size() < pair_.idf.size()) place_of_.resize(pair_.idf.size());
}

}  // namespace twicetold
