// SPDX-License-Identifier: Apache-2.0
//
// Names and texts as a terminal shows them: harmless, and of known width.
//
// Widths are those of Unicode's East Asian Width and emoji properties, taken
// by grapheme cluster (UAX #11, UAX #29, UTS #51), from ICU.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_DISPLAY_H_
#define TWICETOLD_REPORT_DISPLAY_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace twicetold {

// `bytes` with everything that could move the cursor, change colours or turn
// the reading direction written out: a control, format, private-use or
// unassigned character, or a line or paragraph separator, as \u{202E}; a byte
// that is no UTF-8 as \xFF; a backslash stays as it is. Joiners inside
// emoji and scripts that need them (U+200C, U+200D) stay.
std::string Harmless(std::string_view bytes);

// The columns that `utf8`, made harmless before, takes on a terminal.
size_t DisplayWidth(std::string_view utf8);

// `utf8` and as many spaces as bring it to `width` columns.
std::string PadRight(std::string_view utf8, size_t width);

// `text` and as many spaces before it as bring it to `width` columns.
std::string PadLeft(std::string_view utf8, size_t width);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_DISPLAY_H_
