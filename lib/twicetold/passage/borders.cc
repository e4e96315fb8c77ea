// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/borders.h"

#include <algorithm>
#include <array>
#include <span>

namespace twicetold {

// One move: from the left end of the reach to the right one, windows sliding
// along on both sides. Words without partner cost little: all of them lose the
// same share of their idf, and their stems need not be counted.
template <bool kMovesB>
class BorderFinder::Sweep {
 public:
  Sweep(BorderFinder* finder, WordRange moving, WordRange limits,
        WordRange fixed)
      : finder_(*finder),
        options_(finder->options_),
        penalty_(finder->pair_.within ? options_.penalty_within
                                      : options_.penalty),
        words_a_(*finder->pair_.a.words),
        words_b_(*finder->pair_.side_b().words),
        number_b_(finder->pair_.side_b().number.data()),
        cuts_(kMovesB ? words_b_.cuts : words_a_.cuts),
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
  // Side a keeps its own numbers of stems.
  uint32_t StemOfA(uint32_t at) const { return words_a_.stems[at]; }
  uint32_t StemOfB(uint32_t at) const { return number_b_[words_b_.stems[at]]; }
  uint32_t MovingStem(uint32_t at) const {
    return kMovesB ? StemOfB(at) : StemOfA(at);
  }
  uint32_t FixedStem(uint32_t at) const {
    return kMovesB ? StemOfA(at) : StemOfB(at);
  }

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
      place_of[FixedStem(fixed_.begin + i)] = i + 1;
    }
    for (uint32_t i = 0; i < fixed_.size(); ++i) {
      places[i] = place_of[FixedStem(fixed_.begin + i)];
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
      const uint32_t stem = MovingStem(at);
      const uint32_t place = place_of[stem];
      finder_.scores_[at - reach_.begin] =
          idf[stem] * worth[place != 0 ? 1 : 0];
      *next = {.at = at, .slot = kWheres * place + (InCore(at) ? 1u : 0u)};
      next += place != 0 ? 1 : 0;
    }
    finder_.partnered_.resize(
        static_cast<size_t>(next - finder_.partnered_.data()));
    for (uint32_t i = fixed_.begin; i < fixed_.end; ++i) {
      place_of[FixedStem(i)] = 0;
    }
  }

  bool InCore(uint32_t at) const { return at - moving_.begin < moving_.size(); }

  void ScorePartnered() {
    const uint32_t width = options_.window_words;
    finder_.counts_.assign(kWheres * (size_t{fixed_.size()} + 1), 0);
    const bool slides = !HoldsFixed();
    WordRange window;
    if (!slides) SlideFixed({0, fixed_.size()}, &window);
    if (slides || reach_.size() > width + 1) return ScoreSliding(slides);
    // Of a short reach all is in every window: nothing enters or leaves one.
    const std::span<const Partnered> words = finder_.partnered_;
    uint32_t* const counts = finder_.counts_.data();
    double* const scores = finder_.scores_.data();
    for (const Partnered& word : words) ++counts[word.slot];
    for (const Partnered& word : words) {
      scores[word.at - reach_.begin] *= Worth(word);
    }
  }

  void ScoreSliding(bool slides_fixed) {
    const uint32_t width = options_.window_words;
    const std::span<const Partnered> words = finder_.partnered_;
    uint32_t* const counts = finder_.counts_.data();
    double* const scores = finder_.scores_.data();
    size_t begin = 0;
    size_t end = 0;
    const auto score = [&](const Partnered& word) {
      for (; end < words.size() && words[end].at <= word.at + width; ++end) {
        ++counts[words[end].slot];
      }
      for (; words[begin].at + width < word.at; ++begin) {
        --counts[words[begin].slot];
      }
      scores[word.at - reach_.begin] *= Worth(word);
    };
    if (!slides_fixed) {
      for (const Partnered& word : words) score(word);
      return;
    }
    const WordRange holds = HoldingAll();
    FindWindows(holds);
    const std::span<const WordRange> windows = finder_.windows_;
    WordRange window;
    size_t i = 0;
    for (; i < words.size() && words[i].at < holds.begin; ++i) {
      SlideFixed(windows[i], &window);
      score(words[i]);
    }
    if (i < words.size() && words[i].at < holds.end) {
      SlideFixed({0, fixed_.size()}, &window);
    }
    for (; i < words.size() && words[i].at < holds.end; ++i) score(words[i]);
    for (; i < words.size(); ++i) {
      SlideFixed(windows[i], &window);
      score(words[i]);
    }
  }

  // Windows on the fixed side, but for those of `holds`. Before they are asked
  // for, as the processor guesses wrong how far they slide, and would wait.
  void FindWindows(WordRange holds) {
    const std::span<const Partnered> words = finder_.partnered_;
    if (finder_.windows_.size() < words.size()) {
      finder_.windows_.resize(words.size());
    }
    WordRange* const windows = finder_.windows_.data();
    size_t i = 0;
    for (; i < words.size() && words[i].at < holds.begin; ++i) {
      windows[i] = FixedAround(words[i].at);
    }
    while (i < words.size() && words[i].at < holds.end) ++i;
    for (; i < words.size(); ++i) windows[i] = FixedAround(words[i].at);
  }

  // The window on the fixed side that belongs to a word.
  WordRange FixedAround(uint32_t at) const {
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

  // The words of the reach whose windows on the fixed side hold all of it.
  WordRange HoldingAll() const {
    const double width = options_.window_words;
    const uint32_t end = FirstFrom(
        width + 1, [this](uint32_t at) { return FixedAround(at).begin > 0; });
    const uint32_t begin = FirstFrom(
        fixed_.size() - width - 1,
        [this](uint32_t at) { return FixedAround(at).end == fixed_.size(); });
    return {std::min(begin, end), end};
  }

  // The first word of the reach that `holds` is true of, as of all behind it.
  // It stands near the one whose place on the fixed side is `place`.
  template <typename Holds>
  uint32_t FirstFrom(double place, Holds holds) const {
    const double guess = moving_.begin + place / slope_;
    auto at = static_cast<uint32_t>(
        std::clamp<double>(guess, reach_.begin, reach_.end));
    while (at > reach_.begin && holds(at - 1)) --at;
    while (at < reach_.end && !holds(at)) ++at;
    return at;
  }

  // Moves the window from where it is to `around`.
  void SlideFixed(WordRange around, WordRange* window) {
    uint32_t* const counts = finder_.counts_.data();
    const uint32_t* const fixed = finder_.fixed_.data();
    for (; window->end < around.end; ++window->end) {
      ++counts[kWheres * fixed[window->end] + kFixed];
    }
    for (; window->begin < around.begin && window->begin < window->end;
         ++window->begin) {
      --counts[kWheres * fixed[window->begin] + kFixed];
    }
  }

  // The share of the word's occurrences that find a partner, rewarded, and the
  // rest of it, punished.
  double Worth(const Partnered& word) const {
    // Without branches, for the same reason.
    const bool core = (word.slot & kCore) != 0;
    const uint32_t* const counts = &finder_.counts_[word.slot - (core ? 1 : 0)];
    const uint32_t rivals = finder_.counts_[word.slot];  // itself too, so not 0
    const uint32_t claimed = core ? 0 : std::min(counts[kFixed], counts[kCore]);
    const uint32_t found = std::min(rivals, counts[kFixed] - claimed);
    const double share = static_cast<double>(found) / rivals;
    return share - penalty_ * (1 - share);
  }

  // Maximum-sum segment between two cuts: the best so far that ends at one,
  // and the least sum at which one may begin.
  std::optional<WordRange> FindBest() const {
    const double* score = finder_.scores_.data();
    const uint8_t* const cuts = cuts_.data();
    double sum = 0;
    double least_sum = 0;  // the reach begins with a cut
    uint32_t least_at = reach_.begin;
    double best_sum = 0;
    WordRange best;
    const auto note_cut = [&](uint32_t at) {
      if (sum - least_sum > best_sum) {
        best_sum = sum - least_sum;
        best = {least_at, at};
      }
      if (sum < least_sum) {
        least_sum = sum;
        least_at = at;
      }
    };
    sum += *score++;
    for (uint32_t at = reach_.begin + 1; at < reach_.end; ++at) {
      if (cuts[at] != 0) note_cut(at);
      sum += *score++;
    }
    note_cut(reach_.end);
    if (best_sum <= 0) return std::nullopt;
    return best;
  }

  BorderFinder& finder_;
  const BorderOptions& options_;
  const double penalty_;
  const Words& words_a_;
  const Words& words_b_;
  const uint32_t* const number_b_;
  const std::span<const uint8_t> cuts_;
  const WordRange moving_;
  const WordRange fixed_;
  const WordRange reach_;
  const double slope_;  // words of the fixed side for one of the moving side
};

BorderFinder::BorderFinder(const StemPair& pair, const BorderOptions& options)
    : pair_(pair), options_(options) {}

std::optional<WordRange> BorderFinder::MoveA(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  MakeRoom();
  return Sweep<false>(this, moving, limits, fixed).Run();
}

std::optional<WordRange> BorderFinder::MoveB(WordRange moving, WordRange limits,
                                             WordRange fixed) {
  MakeRoom();
  return Sweep<true>(this, moving, limits, fixed).Run();
}

void BorderFinder::MakeRoom() {
  if (place_of_.size() < pair_.idf.size()) place_of_.resize(pair_.idf.size());
}

}  // namespace twicetold
