// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/sentence_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "twicetold/report/bullets.h"
#include "twicetold/report/islands.h"
#include "twicetold/report/white_space.h"

namespace twicetold {
namespace {

void Join(ByteRange more, ByteRange* range) {
  if (IsEmpty(more)) return;
  if (IsEmpty(*range)) *range = more;
  range->end = more.end;
}

uint64_t Size(ByteRange range) { return range.end - range.begin; }

// Collects the pieces of a pair of sentences.
class PieceList {
 public:
  PieceList(std::string_view utf8_a, std::string_view utf8_b)
      : utf8_a_(utf8_a), utf8_b_(utf8_b) {}

  // White space is nothing, and pieces that are alike become one.
  void Add(const Edit& edit) {
    DiffPiece piece = {.same = edit.op == EditOp::kEqual,
                       .a = WithoutSpaceAround(utf8_a_, edit.a),
                       .b = WithoutSpaceAround(utf8_b_, edit.b)};
    if (IsEmpty(piece.a) && IsEmpty(piece.b)) return;
    piece.same = piece.same || utf8_a_.substr(piece.a.begin, Size(piece.a)) ==
                                   utf8_b_.substr(piece.b.begin, Size(piece.b));
    if (pieces_.empty() || pieces_.back().same != piece.same) {
      pieces_.push_back(piece);
      return;
    }
    Join(piece.a, &pieces_.back().a);
    Join(piece.b, &pieces_.back().b);
  }

  std::vector<DiffPiece> Take() { return std::exchange(pieces_, {}); }

 private:
  const std::string_view utf8_a_;
  const std::string_view utf8_b_;
  std::vector<DiffPiece> pieces_;
};

// What was left out is read before what was put in, whichever way round the
// texts were aligned.
void SortLoners(std::vector<SentenceDiff>* sentences) {
  const auto is_loner = [](const SentenceDiff& s) {
    return s.a.empty() || s.b.empty();
  };
  for (auto at = sentences->begin(); at != sentences->end();) {
    at = std::find_if(at, sentences->end(), is_loner);
    const auto end = std::find_if_not(at, sentences->end(), is_loner);
    std::stable_partition(at, end,
                          [](const SentenceDiff& s) { return s.b.empty(); });
    at = end;
  }
}

}  // namespace

double SentenceDiff::sameness() const {
  uint64_t all = 0;
  uint64_t equal = 0;
  for (const DiffPiece& piece : pieces) {
    all += Size(piece.a) + Size(piece.b);
    if (piece.same) equal += Size(piece.a) + Size(piece.b);
  }
  return all == 0 ? 1 : static_cast<double>(equal) / static_cast<double>(all);
}

std::vector<SentenceDiff> ReadableDiff(const Comparison& comparison,
                                       const PassageDiff& diff) {
  const ComparedText& a = comparison.a();
  const ComparedText& b = comparison.b();
  PieceList pieces(a.text.utf8, b.text.utf8);
  std::vector<SentenceDiff> sentences;
  sentences.reserve(diff.sentences.size());
  size_t edit = 0;
  for (size_t i = 0; i < diff.sentences.size(); ++i) {
    for (; edit < diff.edit_ends[i]; ++edit) pieces.Add(diff.edits[edit]);
    sentences.push_back({.a = diff.sentences[i].a,
                         .b = diff.sentences[i].b,
                         .pieces = pieces.Take()});
    FoldIslands(a.text.utf8, a.words, &sentences.back().pieces);
  }
  SortLoners(&sentences);
  MoveBullets(comparison, &sentences);
  return sentences;
}

}  // namespace twicetold
