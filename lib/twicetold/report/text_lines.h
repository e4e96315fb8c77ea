// SPDX-License-Identifier: Apache-2.0
//
// The lines of a text: their numbers, and what they mean.
//
// A text is wrapped if its lines end where they are full, inside sentences;
// otherwise a line is a paragraph, a heading or an item of a list.
//
// Cost: one pass over the text, 4 bytes a line. Thread safety: plain data.
#ifndef TWICETOLD_REPORT_TEXT_LINES_H_
#define TWICETOLD_REPORT_TEXT_LINES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

class TextLines {
 public:
  // Lines end at LF, CR or CRLF.
  explicit TextLines(std::string_view utf8);

  // The number of the line that `offset` is in, from 1.
  uint32_t NumberAt(uint32_t offset) const;

  // Where the line after that begins; UINT32_MAX if it is the last one.
  uint32_t NextAfter(uint32_t offset) const;

 private:
  std::vector<uint32_t> starts_;  // of all lines but the first
};

// True if more lines end inside the sentences of `range` than between them.
bool IsWrapped(std::string_view utf8, const Words& words, WordRange range);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_TEXT_LINES_H_
