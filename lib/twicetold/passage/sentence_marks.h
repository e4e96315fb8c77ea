// SPDX-License-Identifier: Apache-2.0
//
// What stands between two words, and what it says of sentences.
//
// A sentence ends with one of . ! ? ؟ ۔ । ॥ ። ။ ៕, any closing quotes and
// brackets, and white space; with one of 。 ！ ？ ｡ white space or not; with an
// empty line. Whether a line ends one, its next word decides (words.h).
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_SENTENCE_MARKS_H_
#define TWICETOLD_PASSAGE_SENTENCE_MARKS_H_

#include <cstddef>
#include <string_view>

namespace twicetold {

struct GapMarks {
  size_t before_space = 0;  // bytes before the first white space; else all
  size_t after_space = 0;   // offset behind the last white space
  bool has_space = false;
  bool sentence_end = false;
  size_t newlines = 0;  // LF, CR or CRLF
};

// `gap` is the text between two words, in UTF-8. Cost: one pass, a few cycles
// a byte of ASCII.
GapMarks ReadGap(std::string_view gap);

bool IsCapitalOrDigit(char32_t c);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SENTENCE_MARKS_H_
