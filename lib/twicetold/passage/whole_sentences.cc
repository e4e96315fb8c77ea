// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/whole_sentences.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>

namespace twicetold {
namespace {

// The words of one side that some draft has.
class TakenWords {
 public:
  TakenWords(const std::vector<Draft>& drafts, WordRange Draft::*side) {
    for (const Draft& draft : drafts) ranges_.push_back(draft.*side);
    std::sort(ranges_.begin(), ranges_.end(),
              [](WordRange x, WordRange y) { return x.begin < y.begin; });
    uint32_t end = 0;
    for (const WordRange range : ranges_) {
      end = std::max(end, range.end);
      ends_.push_back(end);
    }
  }

  bool Has(WordRange words) const {
    if (words.empty()) return false;
    const auto behind = std::partition_point(
        ranges_.begin(), ranges_.end(),
        [words](WordRange range) { return range.begin < words.end; });
    const auto before = static_cast<size_t>(behind - ranges_.begin());
    if (before > 0 && ends_[before - 1] > words.begin) return true;
    const auto added = added_.lower_bound(words.end);
    return added != added_.begin() && std::prev(added)->second > words.begin;
  }

  // Words that no draft had.
  void Add(WordRange words) {
    if (!words.empty()) added_.emplace(words.begin, words.end);
  }

 private:
  std::vector<WordRange> ranges_;  // ascending
  std::vector<uint32_t> ends_;     // the greatest of those up to one
  std::map<uint32_t, uint32_t> added_;
};

class Widener {
 public:
  Widener(const StemPair& pair, const RunOptions& options,
          EvidenceCounter* evidence, const std::vector<Draft>& drafts)
      : pair_(pair),
        cells_a_(pair.a.words->cells),
        cells_b_(pair.side_b().words->cells),
        options_(options),
        evidence_(*evidence),
        taken_a_(drafts, &Draft::a),
        taken_b_(drafts, &Draft::b) {}

  void Widen(Draft* draft) {
    const Draft before = *draft;
    for (int i = 0; i < kMostWidened && WidenBegin(draft); ++i) {
    }
    for (int i = 0; i < kMostWidened && WidenEnd(draft); ++i) {
    }
    if (draft->a == before.a && draft->b == before.b) return;
    draft->weight = evidence_.Count(draft->a, draft->b).weight();
  }

 private:
  using Cells = std::vector<WordRange>;

  // The cell that holds a word.
  static WordRange CellOf(const Cells& cells, uint32_t word) {
    return *std::partition_point(
        cells.begin(), cells.end(),
        [word](WordRange cell) { return cell.end <= word; });
  }

  // From here to the end of the sentence on each side, if one of them is
  // inside of it; else over the sentences before.
  bool WidenBegin(Draft* draft) {
    const uint32_t begin_a = draft->a.begin;
    const uint32_t begin_b = draft->b.begin;
    WordRange a = CellOf(cells_a_, begin_a);
    WordRange b = CellOf(cells_b_, begin_b);
    if (a.begin == begin_a && b.begin == begin_b) {
      if (begin_a == 0 || begin_b == 0) return false;
      a = CellOf(cells_a_, begin_a - 1);
      b = CellOf(cells_b_, begin_b - 1);
    }
    const WordRange more_a = {a.begin, begin_a};
    const WordRange more_b = {b.begin, begin_b};
    if (pair_.within && b.begin < draft->a.end) return false;
    if (!AreAlike({a.begin, std::min(a.end, draft->a.end)},
                  {b.begin, std::min(b.end, draft->b.end)}) ||
        !MayAdd(more_a, more_b) || !Take(more_a, more_b)) {
      return false;
    }
    draft->a.begin = a.begin;
    draft->b.begin = b.begin;
    return true;
  }

  // The same at the end.
  bool WidenEnd(Draft* draft) {
    const uint32_t end_a = draft->a.end;
    const uint32_t end_b = draft->b.end;
    WordRange a = CellOf(cells_a_, end_a - 1);
    WordRange b = CellOf(cells_b_, end_b - 1);
    if (a.end == end_a && b.end == end_b) {
      if (end_a == cells_a_.back().end || end_b == cells_b_.back().end) {
        return false;
      }
      a = CellOf(cells_a_, end_a);
      b = CellOf(cells_b_, end_b);
    }
    const WordRange more_a = {end_a, a.end};
    const WordRange more_b = {end_b, b.end};
    if (pair_.within && a.end > draft->b.begin) return false;
    if (!AreAlike({std::max(a.begin, draft->a.begin), a.end},
                  {std::max(b.begin, draft->b.begin), b.end}) ||
        !MayAdd(more_a, more_b) || !Take(more_a, more_b)) {
      return false;
    }
    draft->a.end = a.end;
    draft->b.end = b.end;
    return true;
  }

  bool AreAlike(WordRange a, WordRange b) {
    const Evidence evidence = evidence_.Count(a, b);
    return std::min(evidence.share_a, evidence.share_b) >=
           options_.min_sentence_share;
  }

  // A run may also begin in a sentence that has nothing else to do with that of
  // the other side. One word that was changed is no such thing.
  bool MayAdd(WordRange a, WordRange b) {
    if (std::max(a.size(), b.size()) <= 1) return true;
    const Evidence evidence = evidence_.Count(a, b);
    return std::min(evidence.share_a, evidence.share_b) >=
           options_.min_rest_share;
  }

  bool Take(WordRange a, WordRange b) {
    if (taken_a_.Has(a) || taken_b_.Has(b)) return false;
    taken_a_.Add(a);
    taken_b_.Add(b);
    return true;
  }

  const StemPair& pair_;
  const Cells& cells_a_;
  const Cells& cells_b_;
  const RunOptions& options_;
  EvidenceCounter& evidence_;
  TakenWords taken_a_;
  TakenWords taken_b_;
};

}  // namespace

void WidenToSentences(const StemPair& pair, const RunOptions& options,
                      EvidenceCounter* evidence, std::vector<Draft>* drafts) {
  Widener widener(pair, options, evidence, *drafts);
  for (Draft& draft : *drafts) {
    if (draft.has_runs()) widener.Widen(&draft);
  }
}

}  // namespace twicetold
