// SPDX-License-Identifier: Apache-2.0
//
// Where a text may be broken: between lines (UAX #14), and, where a word alone
// is wider than a line, between graphemes (UAX #29), from ICU.
//
// Both give the ends of the parts, ascending, the last of which is the end of
// `utf8`; nothing for an empty text.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_LINE_BREAKS_H_
#define TWICETOLD_REPORT_LINE_BREAKS_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace twicetold {

// A part has the spaces behind it.
std::vector<size_t> LineBreaks(std::string_view utf8);

std::vector<size_t> GraphemeBreaks(std::string_view utf8);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_LINE_BREAKS_H_
