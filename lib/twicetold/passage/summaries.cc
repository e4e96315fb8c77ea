// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/summaries.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

// A stretch of the short side that may be a summary.
struct Segment {
  WordRange range;
  double distinct_mass = 0;  // idf of its distinct shared stems
};

class SummaryFinder {
 public:
  // `short_is_a`: looks for summaries of b in a.
  SummaryFinder(const StemPair& pair, std::span<const Seed> seeds,
                const SummaryOptions& options, uint32_t min_words,
                bool short_is_a)
      : idf_(pair.idf),
        least_cells_(pair.least_cells),
        short_(short_is_a ? pair.a : pair.b),
        long_(short_is_a ? pair.b : pair.a),
        seeds_(seeds),
        options_(options),
        min_words_(min_words),
        short_is_a_(short_is_a),
        counts_(pair.idf.size()),
        wanted_(pair.idf.size()) {}

  void AddTo(std::vector<Draft>* drafts) {
    const double share = SharedShare({0, Size(short_)});
    if (share > options_.share_inside - .05) return;
    std::vector<Segment> segments;
    for (const WordRange range : Segments(share)) {
      Segment segment{range, DistinctMass(range)};
      if (segment.distinct_mass >= options_.min_mass &&
          SharedShare(range) >=
              std::max(options_.min_share, share + options_.min_excess) &&
          range.size() >= min_words_) {
        segments.push_back(segment);
      }
    }
    std::sort(segments.begin(), segments.end(),
              [](const Segment& x, const Segment& y) {
                return std::tuple(-x.distinct_mass, x.range.begin) <
                       std::tuple(-y.distinct_mass, y.range.begin);
              });
    if (segments.size() > kMostSegments) segments.resize(kMostSegments);
    for (const Segment& segment : segments) {
      const std::optional<WordRange> told = ToldAtLength(segment);
      if (!told || SeededCells(segment.range) < options_.min_cells) continue;
      drafts->push_back({short_is_a_ ? segment.range : *told,
                         short_is_a_ ? *told : segment.range,
                         DraftSource::kSummary, segment.distinct_mass});
    }
  }

 private:
  static uint32_t Size(const PairSide& side) { return side.words->size(); }

  bool Shared(uint32_t word) const {
    return least_cells_[short_.StemOf(word)] > 0;
  }

  double SharedShare(WordRange range) const {
    double shared = 0;
    double all = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      const double idf = idf_[short_.StemOf(i)];
      all += idf;
      if (Shared(i)) shared += idf;
    }
    return all > 0 ? shared / all : 0;
  }

  // Segments of positive score between cuts, each ended where the score has
  // dropped by more than `drop` from its best.
  std::vector<WordRange> Segments(double share) const {
    const double outside = std::max(share, options_.least_share_outside);
    const double inside = options_.share_inside;
    const double penalty =
        std::log((1 - outside) / (1 - inside)) / std::log(inside / outside);
    const uint32_t n = Size(short_);
    std::vector<WordRange> segments;
    WordRange best;  // empty: none yet
    double sum = 0;
    double best_sum = 0;
    for (uint32_t i = 0, begin = 0; i <= n; ++i) {
      if (short_.words->cuts[i] != 0) {
        if (sum > best_sum) {
          best_sum = sum;
          best = {begin, i};
        }
        if (sum <= 0 || best_sum - sum > options_.drop || i == n) {
          if (!best.empty()) {
            segments.push_back(best);
            i = best.end;  // what follows the best may begin another
          }
          begin = i;
          sum = best_sum = 0;
          best = {};
        }
      }
      if (i == n) break;
      const double idf = idf_[short_.StemOf(i)];
      sum += Shared(i) ? idf : -penalty * idf;
    }
    return segments;
  }

  double DistinctMass(WordRange range) {
    double mass = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (!Shared(i) || wanted_[short_.StemOf(i)] != 0) continue;
      wanted_[short_.StemOf(i)] = 1;
      mass += idf_[short_.StemOf(i)];
    }
    Forget(range);
    return mass;
  }

  void Forget(WordRange range) {
    for (uint32_t i = range.begin; i < range.end; ++i) {
      wanted_[short_.StemOf(i)] = 0;
    }
  }

  // The part of the long side that the segment sums up, or nothing if it does
  // not: where one place holds most of it, that is no summary.
  std::optional<WordRange> ToldAtLength(const Segment& segment) {
    for (uint32_t i = segment.range.begin; i < segment.range.end; ++i) {
      wanted_[short_.StemOf(i)] = 1;
    }
    const uint32_t window = 2 * segment.range.size();
    const uint32_t n = Size(long_);
    std::vector<uint32_t> firsts;
    std::vector<uint8_t> seen(counts_.size());
    double inside = 0;
    double most_inside = 0;
    for (uint32_t i = 0; i < n; ++i) {
      const uint32_t stem = long_.StemOf(i);
      if (wanted_[stem] != 0) {
        if (seen[stem] == 0) {
          seen[stem] = 1;
          firsts.push_back(i);
        }
        if (counts_[stem]++ == 0) inside += idf_[stem];
      }
      if (i >= window && wanted_[long_.StemOf(i - window)] != 0) {
        const uint32_t leaving = long_.StemOf(i - window);
        if (--counts_[leaving] == 0) inside -= idf_[leaving];
      }
      most_inside = std::max(most_inside, inside);
    }
    for (uint32_t i = segment.range.begin; i < segment.range.end; ++i) {
      counts_[short_.StemOf(i)] = 0;
    }
    Forget(segment.range);
    if (most_inside > options_.max_local * segment.distinct_mass) return {};
    const WordRange told = Spread(firsts, n);
    if (told.size() < options_.min_ratio * segment.range.size()) return {};
    return told;
  }

  // From the 5 % to the 95 % quantile of first occurrences, or all of the text
  // if that is much of it.
  WordRange Spread(const std::vector<uint32_t>& firsts, uint32_t n) const {
    const auto at = [&firsts](double share) {
      return firsts[static_cast<size_t>(static_cast<double>(firsts.size()) *
                                        share)];
    };
    const uint32_t begin = at(.05);
    const uint32_t last = at(.95);
    if (last - begin >= options_.spread_from * n) return {0, n};
    return {begin, last + 1};
  }

  // Cells of the long side that have a seed in a cell of the short side which
  // is in the segment by more than half.
  size_t SeededCells(WordRange segment) const {
    std::vector<uint32_t> cells;
    for (const Seed& seed : seeds_) {
      const WordRange cell = short_.words->cells[short_is_a_ ? seed.a : seed.b];
      if (2 * SharedWords(cell, segment) > cell.size()) {
        cells.push_back(short_is_a_ ? seed.b : seed.a);
      }
    }
    SortDistinct(&cells);
    return cells.size();
  }

  const std::vector<double>& idf_;
  const std::vector<uint32_t>& least_cells_;
  const PairSide& short_;
  const PairSide& long_;
  const std::span<const Seed> seeds_;
  const SummaryOptions& options_;
  const uint32_t min_words_;
  const bool short_is_a_;
  // By stem number; all zero between calls.
  std::vector<uint32_t> counts_;
  std::vector<uint8_t> wanted_;
};

}  // namespace

std::vector<Draft> FindSummaries(const StemPair& pair,
                                 std::span<const Seed> seeds,
                                 const SummaryOptions& options,
                                 uint32_t min_words) {
  std::vector<Draft> drafts;
  for (const bool short_is_a : {true, false}) {
    SummaryFinder(pair, seeds, options, min_words, short_is_a).AddTo(&drafts);
  }
  return drafts;
}

}  // namespace twicetold
