// SPDX-License-Identifier: Apache-2.0
//
// Text of which parts were left out or put in, set in lines of a width.
//
// The marks are colours, or [-left out-] and {+put in+}. A line never ends
// inside a grapheme, and inside a word only where the word alone is too wide.
//
// Thread safety: plain data and free functions without state.
#ifndef TWICETOLD_REPORT_MARKED_TEXT_H_
#define TWICETOLD_REPORT_MARKED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twicetold {

enum class Mark { kNone, kDeleted, kInserted };

struct MarkedText {
  struct Run {
    size_t begin = 0;
    size_t end = 0;
    Mark mark = Mark::kDeleted;
  };
  // What begins at `at` stands in this line of its source.
  struct Place {
    size_t at = 0;
    uint32_t line = 0;
  };

  std::string text;       // harmless; its spaces are ' ', its line ends '\n'
  std::vector<Run> runs;  // ascending; none begins or ends with a space
  std::vector<Place> places;   // ascending
  std::vector<size_t> breaks;  // where a line may end besides, ascending

  // Adds `utf8`, made harmless. White space becomes one space or, if
  // `keep_lines`, one line end where it has any; none where the text begins.
  void Append(std::string_view utf8, Mark mark, bool keep_lines);
};

struct MarkedLine {
  std::string bytes;  // with its marks
  size_t width = 0;   // columns it takes, marks included
  size_t begin = 0;   // in MarkedText::text
  size_t end = 0;
};

// Lines of at most `width` columns, if one grapheme with its marks fits. With
// `color`, marks are colours, which take no columns.
std::vector<MarkedLine> SetInLines(const MarkedText& marked, size_t width,
                                   bool color);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_MARKED_TEXT_H_
