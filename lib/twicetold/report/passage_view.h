// SPDX-License-Identifier: Apache-2.0
//
// One passage, ready to be laid out: its sentences, and how the lines of the
// sources run through them.
//
// Thread safety: plain data, which refers to the comparison.
#ifndef TWICETOLD_REPORT_PASSAGE_VIEW_H_
#define TWICETOLD_REPORT_PASSAGE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/report/comparison.h"
#include "twicetold/report/sentence_diff.h"
#include "twicetold/report/text_lines.h"

namespace twicetold {

// A side of the passage.
struct PassageSide {
  std::string_view utf8;  // of the whole text
  const Words* words = nullptr;
  const TextLines* lines = nullptr;
  WordRange range;
  bool wrapped = false;  // lines end where they are full

  uint32_t LineOf(uint32_t offset) const { return lines->NumberAt(offset); }
  uint32_t FirstLine() const;
  uint32_t LastLine() const;
  // Where the first line of `piece` ends, the space behind it included.
  uint32_t EndOfLine(ByteRange piece) const;
  // The text between two offsets, nothing if they cross.
  std::string_view Between(uint32_t begin, uint32_t end) const {
    return begin < end ? utf8.substr(begin, end - begin) : std::string_view();
  }
};

// What stands before a sentence, on either side.
enum class Gap { kNone, kLine, kParagraph };

struct PassageView {
  PassageSide a;
  PassageSide b;
  std::vector<SentenceDiff> sentences;
  std::vector<Gap> gaps;  // before each sentence; kNone before the first
};

// `comparison` has to outlive the view.
PassageView MakePassageView(const Comparison& comparison, size_t passage);

// The columns that the longest line number of the view takes.
size_t LineNumberWidth(const PassageView& view);

// A line number for the margin, as many blanks for 0.
std::string MarginNumber(uint32_t line, size_t width);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_PASSAGE_VIEW_H_
