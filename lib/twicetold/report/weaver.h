// SPDX-License-Identifier: Apache-2.0
//
// Both sides of a passage woven into one running text: what side a had and b
// has not, what b has instead, and between them what both have.
//
// Thread safety: none.
#ifndef TWICETOLD_REPORT_WEAVER_H_
#define TWICETOLD_REPORT_WEAVER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/report/marked_text.h"
#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

class Weaver {
 public:
  // `view` has to outlive this. With `color`, a blank parts what was left out
  // from what was put in.
  Weaver(const PassageView& view, bool color) : view_(view), color_(color) {}

  // Pieces come in the order of the text. White space between them is that of
  // their source.
  void Add(const DiffPiece& piece);

  // Three dots for text that is not shown, up to `end_b`.
  void Skip(uint32_t end_b);

  const MarkedText& text() const { return text_; }

 private:
  void AddSide(const PassageSide& side, ByteRange piece, Mark mark,
               uint32_t* end);

  const PassageView& view_;
  const bool color_;
  MarkedText text_;
  static constexpr uint32_t kUnknown = UINT32_MAX;
  uint32_t end_a_ = kUnknown;  // of what was added of each side
  uint32_t end_b_ = kUnknown;
  bool last_is_a_ = false;
};

// The pieces of `sentence`; one change if so little of it is the same that,
// woven into each other, neither side could be read.
std::vector<DiffPiece> PiecesToWeave(const SentenceDiff& sentence);

// The source line in which a side of `sentence` begins; 0 if it has none.
uint32_t FirstLine(const PassageSide& side, WordRange sentence);

// Prints `text` in lines that are not too long to read, behind the numbers of
// the source lines.
void PrintWoven(const PassageView& view, const MarkedText& text,
                uint32_t line_a, uint32_t line_b, TextPrinter* printer);

// The columns of that margin.
size_t WovenMargin(const PassageView& view);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_WEAVER_H_
