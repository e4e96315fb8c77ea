// SPDX-License-Identifier: Apache-2.0
//
// What char_info.h says of the characters of ASCII, at hand without a look
// into its tables. None of them is a mark or a letter that stands alone.
//
// Thread safety: constant data.
#ifndef TWICETOLD_TEXT_ASCII_CHAR_H_
#define TWICETOLD_TEXT_ASCII_CHAR_H_

#include <array>
#include <cstddef>

#include "twicetold/text/char_info.h"

namespace twicetold {

struct AsciiChar {
  CharClass char_class = CharClass::kOther;
  char folded = 0;
};

namespace ascii_char_internal {

constexpr std::array<AsciiChar, 128> MakeTable() {
  std::array<AsciiChar, 128> chars = {};
  for (size_t i = 0; i < chars.size(); ++i) {
    const char c = static_cast<char>(i);
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    chars[i].folded = upper ? static_cast<char>(c + ('a' - 'A')) : c;
    chars[i].char_class = word        ? CharClass::kWord
                          : c == '\'' ? CharClass::kApostrophe
                                      : CharClass::kOther;
  }
  return chars;
}

inline constexpr std::array<AsciiChar, 128> kTable = MakeTable();

}  // namespace ascii_char_internal

inline bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// `c` must be ASCII.
inline AsciiChar GetAsciiChar(char c) {
  return ascii_char_internal::kTable[static_cast<unsigned char>(c)];
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_ASCII_CHAR_H_
