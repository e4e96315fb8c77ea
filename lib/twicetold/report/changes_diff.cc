// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/changes_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "twicetold/report/weaver.h"

namespace twicetold {
namespace {

constexpr size_t kWordsAround = 4;  // a change

// Adds a piece that is the same without the words that are far from a change;
// before the first and behind the last piece there is none.
void AddShort(const PassageView& view, const DiffPiece& piece, bool first,
              bool last, Weaver* weaver) {
  const std::vector<ByteRange>& words = view.b.words->ranges;
  const auto at = [&words](uint32_t offset) {
    return std::lower_bound(
        words.begin(), words.end(), offset,
        [](ByteRange word, uint32_t o) { return word.begin < o; });
  };
  const auto begin = at(piece.b.begin);
  const auto end = at(piece.b.end);
  const size_t head = first ? 0 : kWordsAround;
  const size_t tail = last ? 0 : kWordsAround;
  if (static_cast<size_t>(end - begin) <= head + tail + 1) {
    return weaver->Add(piece);
  }
  if (head > 0) {
    const ByteRange b = {piece.b.begin,
                         std::prev(begin + static_cast<ptrdiff_t>(head))->end};
    weaver->Add({.same = true, .a = piece.a, .b = b});
  }
  const uint32_t tail_begin =
      tail > 0 ? (end - static_cast<ptrdiff_t>(tail))->begin : piece.b.end;
  weaver->Skip(tail_begin);
  if (tail > 0) {
    weaver->Add({.same = true, .a = piece.a, .b = {tail_begin, piece.b.end}});
  }
}

}  // namespace

void PrintChanges(const PassageView& view, TextPrinter* printer) {
  if (std::all_of(view.sentences.begin(), view.sentences.end(),
                  [](const SentenceDiff& s) { return s.same(); })) {
    printer->PutLine("", "No sentence differs.", 2);
  }
  for (const SentenceDiff& sentence : view.sentences) {
    if (sentence.same() || !printer->open()) continue;
    Weaver weaver(view, printer->color());
    const std::vector<DiffPiece> pieces = PiecesToWeave(sentence);
    for (size_t i = 0; i < pieces.size(); ++i) {
      const bool last = i + 1 == pieces.size();
      if (pieces[i].same) {
        AddShort(view, pieces[i], i == 0, last, &weaver);
      } else {
        weaver.Add(pieces[i]);
      }
    }
    PrintWoven(view, weaver.text(), FirstLine(view.a, sentence.a),
               FirstLine(view.b, sentence.b), printer);
  }
}

}  // namespace twicetold
