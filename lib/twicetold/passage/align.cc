// SPDX-License-Identifier: Apache-2.0
//
// The spine of the alignment: cells -> seeds -> blocks -> borders -> evidence
// -> neighbours -> summaries -> runs -> whole sentences -> sections -> folding
// -> passages, one call each.
#include "twicetold/passage/align.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "twicetold/passage/blocks.h"
#include "twicetold/passage/borders.h"
#include "twicetold/passage/draft.h"
#include "twicetold/passage/evidence.h"
#include "twicetold/passage/fold.h"
#include "twicetold/passage/neighbours.h"
#include "twicetold/passage/quotation.h"
#include "twicetold/passage/run_sieve.h"
#include "twicetold/passage/runs.h"
#include "twicetold/passage/sections.h"
#include "twicetold/passage/seeds.h"
#include "twicetold/passage/stem_pair.h"
#include "twicetold/passage/summaries.h"
#include "twicetold/passage/whole_sentences.h"

namespace twicetold {
namespace {

// Sums of the same numbers in another order differ by less than this share.
constexpr double kRounding = 1e-9;

// In texts of so few cells no word is rare enough for one sentence to be
// evidence. Words in order are, with gaps of a few where one was changed.
constexpr size_t kFewCells = 32;
constexpr uint32_t kShortRunGap = 3;

class Aligner {
 public:
  explicit Aligner(const PassageOptions& options)
      : pair_(stems_.pair()),
        options_(options),
        borders_(pair_, options.border),
        evidence_(pair_),
        sections_(pair_, options.evidence.min_words, &evidence_) {}

  // Sides in order; `b` is null for one text with itself.
  void Start(const Words& a, const Words* b) {
    stems_.Start(a, b);
    min_mass_ = options_.evidence.min_mass *
                std::log(static_cast<double>(pair_.cells) + 1) /
                std::log(100.0) *
                (pair_.within ? options_.evidence.within_factor : 1);
    min_equal_mass_ = pair_.within
                          ? min_mass_
                          : std::min(min_mass_, options_.evidence.min_mass);
  }

  std::vector<Draft> Align(std::span<const AlignWindow> windows,
                           bool with_summaries) {
    std::vector<Draft> drafts;
    std::span<const Seed> seeds;
    std::vector<Run> runs;
    for (const AlignWindow& window : windows) {
      const CellRange cells_a = CellsIn(pair_.a, window.a);
      const CellRange cells_b = CellsIn(pair_.side_b(), window.b);
      seeds = seed_finder_.Find(pair_, cells_a, cells_b, options_.seed);
      for (const Block& block :
           block_finder_.Find(pair_, seeds, options_.seed)) {
        if (const auto draft = FromBlock(block)) drafts.push_back(*draft);
      }
      AddRuns(window, &runs);
    }
    drafts = KeepAndJoin(std::move(drafts));
    if (with_summaries) AddSummaries(seeds, &drafts);
    if (!runs.empty()) Join(std::move(runs), &drafts);
    if (pair_.cells <= kFewCells) AddShortRuns(windows, &drafts);
    drafts = sections_.Split(drafts);
    if (pair_.within) {
      drafts = FoldRepeats(std::move(drafts), pair_.a.words->cells);
    }
    std::erase_if(drafts, [this](const Draft& draft) {
      return std::min(draft.a.size(), draft.b.size()) <
             options_.evidence.min_words;
    });
    return drafts;
  }

 private:
  static WordRange AllOf(const PairSide& side) {
    return {0, side.words->size()};
  }

  // The cells that have words in the range.
  static CellRange CellsIn(const PairSide& side, WordRange range) {
    const std::vector<WordRange>& cells = side.words->cells;
    const auto first = std::partition_point(
        cells.begin(), cells.end(),
        [range](WordRange cell) { return cell.end <= range.begin; });
    const auto last = std::partition_point(
        first, cells.end(),
        [range](WordRange cell) { return cell.begin < range.end; });
    return {static_cast<uint32_t>(first - cells.begin()),
            static_cast<uint32_t>(last - cells.begin())};
  }

  // As far as borders may move.
  WordRange Around(const PairSide& side, WordRange words) const {
    const uint32_t reach = 2 * options_.border.reach_words + 1;
    return {words.begin - std::min(words.begin, reach),
            std::min(side.words->size(), words.end + reach)};
  }

  // Moves the borders of b with a as it is, then those of a.
  std::optional<Draft> FromBlock(const Block& block) {
    WordRange limits_b = AllOf(pair_.side_b());
    if (pair_.within) limits_b.begin = block.a.end;
    const auto b = borders_.MoveB(block.b, limits_b, block.a);
    if (!b) return {};
    // Most blocks are not enough however their other border may lie, and to
    // count costs less than to move it.
    if (!evidence_.ShareAtLeast(Around(pair_.a, block.a), *b,
                                min_equal_mass_ * (1 - kRounding))) {
      return {};
    }
    WordRange limits_a = AllOf(pair_.a);
    if (pair_.within) limits_a.end = b->begin;
    const auto a = borders_.MoveA(block.a, limits_a, *b);
    if (!a) return {};
    const Evidence evidence = evidence_.Count(*a, *b);
    if (!IsEnough(evidence)) return {};
    return Draft{*a, *b, DraftSource::kSeeds, evidence.weight()};
  }

  bool IsEnough(const Evidence& evidence) const {
    const EvidenceOptions& options = options_.evidence;
    const double share = std::min(evidence.share_a, evidence.share_b);
    if (pair_.within && share < options.min_within_share) return false;
    const bool equal = share >= options.min_equal_share;
    return evidence.shared >= (equal ? min_equal_mass_ : min_mass_);
  }

  // Summaries take the place of passages that they overlap on the short side.
  void AddSummaries(std::span<const Seed> seeds, std::vector<Draft>* drafts) {
    for (const Draft& summary : FindSummaries(pair_, seeds, options_.summary,
                                              options_.evidence.min_words)) {
      const bool short_is_a = summary.a.size() < summary.b.size();
      const auto overlaps = [&](const Draft& draft) {
        return SharedWords(short_is_a ? draft.a : draft.b,
                           short_is_a ? summary.a : summary.b) > 0;
      };
      const auto tells_it = [&](const Draft& draft) {
        return overlaps(draft) && TellsInOnePlace(draft, summary, short_is_a);
      };
      if (std::any_of(drafts->begin(), drafts->end(), tells_it)) continue;
      std::erase_if(*drafts, overlaps);
      drafts->push_back(summary);
    }
  }

  // Whether `draft` is a passage that holds most of what `summary` shares, and
  // is itself shared for the most part: then there is nothing to sum up.
  bool TellsInOnePlace(const Draft& draft, const Draft& summary,
                       bool short_is_a) {
    if (draft.source == DraftSource::kSummary) return true;
    const Evidence evidence = evidence_.Count(draft.a, draft.b);
    const double share = short_is_a ? evidence.share_b : evidence.share_a;
    return evidence.shared * share >
           options_.summary.max_passage * summary.weight;
  }

  void AddRuns(const AlignWindow& window, std::vector<Run>* runs) {
    if (!run_sieve_.MayHaveRuns(*pair_.a.words, window.a, *pair_.b.words,
                                window.b, options_.run.min_chars)) {
      return;
    }
    const std::span<const Run> more =
        run_finder_.Find(pair_, window.a, window.b, options_.run);
    runs->insert(runs->end(), more.begin(), more.end());
  }

  void FoldRuns(std::vector<Run>* runs) const {
    std::vector<Draft> drafts;
    for (const Run& run : *runs) {
      drafts.push_back({.a = run.side_a(),
                        .b = run.side_b(),
                        .source = DraftSource::kRuns,
                        .weight = static_cast<double>(run.length)});
    }
    runs->clear();
    for (const Draft& draft :
         FoldRepeats(std::move(drafts), pair_.a.words->cells)) {
      runs->push_back({draft.a.begin, draft.b.begin, draft.a.size()});
    }
  }

  void Join(std::vector<Run> runs, std::vector<Draft>* drafts) {
    // Windows may hold the same run, or parts of one.
    std::sort(runs.begin(), runs.end(), ByPlace);
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    if (pair_.within) FoldRuns(&runs);
    std::vector<Draft> joined = JoinRuns(*drafts, runs, pair_.within, min_mass_,
                                         options_.run, &evidence_);
    WidenToSentences(pair_, options_.run, &evidence_, &joined);
    *drafts = KeepAndJoin(std::move(joined));
  }

  // Runs of min_words in all that are in no draft.
  void AddShortRuns(std::span<const AlignWindow> windows,
                    std::vector<Draft>* drafts) {
    RunOptions options = options_.run;
    options.min_chars = options_.evidence.min_words;
    options.gap_words = kShortRunGap;
    std::vector<Run> runs;
    for (const AlignWindow& window : windows) {
      const std::span<const Run> more =
          run_finder_.Find(pair_, window.a, window.b, options);
      runs.insert(runs.end(), more.begin(), more.end());
    }
    std::sort(runs.begin(), runs.end(), ByPlace);
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    std::vector<Draft> added =
        JoinRuns({}, runs, pair_.within, min_mass_, options, &evidence_);
    std::erase_if(added, [&](const Draft& draft) {
      return WordsOfRuns(runs, draft) < options_.evidence.min_words ||
             std::any_of(drafts->begin(), drafts->end(),
                         [&](const Draft& other) {
                           return OverlapOnBothSides(draft, other);
                         });
    });
    if (added.empty()) return;
    drafts->insert(drafts->end(), added.begin(), added.end());
    WidenToSentences(pair_, options_.run, &evidence_, drafts);
    *drafts = KeepAndJoin(std::move(*drafts));
  }

  static uint32_t WordsOfRuns(std::span<const Run> runs, const Draft& draft) {
    uint32_t words = 0;
    for (const Run& run : runs) {
      if (SharedWords(run.side_b(), draft.b) == run.length) {
        words += SharedWords(run.side_a(), draft.a);
      }
    }
    return words;
  }

  // One that was joined may overlap others on both sides.
  std::vector<Draft> KeepAndJoin(std::vector<Draft> drafts) {
    drafts = KeepHeaviest(std::move(drafts), pair_.within);
    const size_t before = drafts.size();
    drafts = JoinNeighbours(std::move(drafts), pair_.within, options_.neighbour,
                            &evidence_);
    return drafts.size() == before
               ? drafts
               : KeepHeaviest(std::move(drafts), pair_.within);
  }

  StemPairMaker stems_;
  const StemPair& pair_;
  const PassageOptions& options_;
  SeedFinder seed_finder_;
  BlockFinder block_finder_;
  BorderFinder borders_;
  EvidenceCounter evidence_;
  RunSieve run_sieve_;
  RunFinder run_finder_;
  SectionSplitter sections_;
  double min_mass_ = 0;
  double min_equal_mass_ = 0;  // of sides that share nearly all
};

std::vector<Passage> MakePassages(const std::vector<Draft>& drafts,
                                  const Words& a, const Words& b,
                                  const WordBits& bits, PassageScorer* scorer) {
  std::vector<Passage> passages;
  passages.reserve(drafts.size());
  for (const Draft& draft : drafts) {
    Passage passage{.a = draft.a, .b = draft.b};
    if (draft.source == DraftSource::kSummary) {
      passage.kind = PassageKind::kSummary;
    }
    scorer->Score(a, b, bits, &passage);
    LabelQuotation(a, b, &passage);
    passages.push_back(passage);
  }
  return passages;
}

void SortByScore(std::vector<Passage>* passages) {
  std::sort(passages->begin(), passages->end(),
            [](const Passage& x, const Passage& y) {
              return std::tuple(-x.score, x.a.begin, x.b.begin) <
                     std::tuple(-y.score, y.a.begin, y.b.begin);
            });
}

void SwapSides(std::vector<Passage>* passages) {
  for (Passage& passage : *passages) std::swap(passage.a, passage.b);
}

// Some steps treat the sides differently. The longer text is taken for a
// there, of two as long the one with the greater words, or sentences.
bool InOrder(const Words& a, const Words& b) {
  if (a.size() != b.size()) return a.size() > b.size();
  if (a.hashes != b.hashes) return a.hashes > b.hashes;
  const auto ends_before = [](WordRange x, WordRange y) {
    return x.end < y.end;
  };
  return !std::lexicographical_compare(a.cells.begin(), a.cells.end(),
                                       b.cells.begin(), b.cells.end(),
                                       ends_before);
}

// Sides in order.
std::vector<Passage> AlignInOrder(const Words& a, const Words& b,
                                  const PassageOptions& options) {
  Aligner aligner(options);
  aligner.Start(a, &b);
  const AlignWindow all = {{0, a.size()}, {0, b.size()}};
  const std::vector<Draft> drafts =
      aligner.Align({&all, 1}, /*with_summaries=*/true);
  if (drafts.empty()) return {};
  PassageScorer scorer;
  return MakePassages(drafts, a, b, RarityAmong(a, &b), &scorer);
}

}  // namespace

std::vector<Passage> AlignPair(const Words& a, const Words& b,
                               const PassageOptions& options) {
  std::vector<Passage> passages;
  if (InOrder(a, b)) {
    passages = AlignInOrder(a, b, options);
  } else {
    passages = AlignInOrder(b, a, options);
    SwapSides(&passages);
  }
  SortByScore(&passages);
  return passages;
}

std::vector<Passage> AlignWithin(const Words& words,
                                 const PassageOptions& options) {
  Aligner aligner(options);
  aligner.Start(words, nullptr);
  const AlignWindow all = {{0, words.size()}, {0, words.size()}};
  const std::vector<Draft> drafts =
      aligner.Align({&all, 1}, /*with_summaries=*/false);
  if (drafts.empty()) return {};
  PassageScorer scorer;
  std::vector<Passage> passages =
      MakePassages(drafts, words, words, RarityAmong(words, nullptr), &scorer);
  SortByScore(&passages);
  return passages;
}

class WindowsAligner::Memory {
 public:
  explicit Memory(const PassageOptions& options) : aligner(options) {}
  Aligner aligner;
  PassageScorer scorer;
  std::vector<AlignWindow> swapped;
};

WindowsAligner::WindowsAligner(const PassageOptions& options, WordBits bits)
    : bits_(std::move(bits)), memory_(std::make_unique<Memory>(options)) {}
WindowsAligner::WindowsAligner(WindowsAligner&&) noexcept = default;
WindowsAligner::~WindowsAligner() = default;

std::vector<Passage> WindowsAligner::Align(
    const Words& a, const Words* b, std::span<const AlignWindow> windows) {
  const bool swaps = b != nullptr && !InOrder(a, *b);
  const Words& first = swaps ? *b : a;
  const Words* second = swaps ? &a : b;
  if (swaps) {
    std::vector<AlignWindow>& swapped = memory_->swapped;
    swapped.clear();
    for (const AlignWindow& window : windows) {
      swapped.push_back({window.b, window.a});
    }
    windows = swapped;
  }
  memory_->aligner.Start(first, second);
  const std::vector<Draft> drafts =
      memory_->aligner.Align(windows, /*with_summaries=*/false);
  if (drafts.empty()) return {};
  std::vector<Passage> passages =
      MakePassages(drafts, first, second == nullptr ? first : *second, bits_,
                   &memory_->scorer);
  if (swaps) SwapSides(&passages);
  SortByScore(&passages);
  return passages;
}

}  // namespace twicetold
