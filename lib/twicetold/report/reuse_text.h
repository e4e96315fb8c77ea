// SPDX-License-Identifier: Apache-2.0
//
// Passages for a person to read: each text that stands in several places, how
// it was used again, and where.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_REUSE_TEXT_H_
#define TWICETOLD_REPORT_REUSE_TEXT_H_

#include <cstddef>
#include <cstdint>

#include "twicetold/report/result.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// Entries shown, those with the highest score, and places shown of each.
inline constexpr size_t kMostReusesShown = 20;
inline constexpr size_t kMostPlacesShown = 10;

// Prints the entries of `result.reuses`, best first, and how many are left;
// with `diffs`, the text of the first pair of each. Where the style asks for
// all, none is left, and neither is ignored text.
void PrintReuses(const Result& result, const PassageDiffs& diffs,
                 TextPrinter* printer);

// Entries of ignored text.
uint64_t CountIgnored(const Result& result);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_REUSE_TEXT_H_
