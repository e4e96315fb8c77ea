// SPDX-License-Identifier: Apache-2.0
//
// A result for a person to read: the clusters with their members, how alike
// they are and why; what was skipped; one line of totals.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_TEXT_H_
#define TWICETOLD_REPORT_TEXT_H_

#include <cstddef>
#include <string>

#include "twicetold/report/output.h"
#include "twicetold/report/result.h"

namespace twicetold {

struct TextStyle {
  bool color = false;
  // Columns that are there; what does not fit in a row goes to the next.
  size_t width = 100;
  // Shows all passages with all places that are known, not only the first, and
  // ignored text as well.
  bool all = false;
  // Ends the line of totals: how long it took, where that may be said.
  std::string epilogue = {};
};

// Similarities are cut off after three digits, never rounded up: 1 means 1.
// False if `output` took no more.
bool WriteText(const Result& result, const TextStyle& style,
               const Output& output);

// The line of totals, without an end: "87 documents (216 kB), 20 related pairs
// in 13 clusters, 4 recycled passages, 2 of ignored text, 3 skipped, 1 error".
std::string TotalsText(const Result& result);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_TEXT_H_
