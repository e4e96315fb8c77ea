// SPDX-License-Identifier: Apache-2.0
//
// A result for a person to read: the clusters with their members, how alike
// they are and why; what was skipped; one line of totals.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_TEXT_H_
#define TWICETOLD_REPORT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "twicetold/report/comparison.h"
#include "twicetold/report/diff_layout.h"
#include "twicetold/report/output.h"
#include "twicetold/report/result.h"

namespace twicetold {

struct TextStyle {
  bool color = false;
  // Columns that are there; what does not fit in a row goes to the next.
  size_t width = 100;
  // Shows all passages with all places that are known, and all contained and
  // skipped documents, not only the first; and ignored text as well.
  bool all = false;
  // Ends the line of totals: how long it took, where that may be said.
  std::string epilogue = {};
};

// The texts of passages, for showing what was changed in them.
struct PassageDiffs {
  // A comparison with one passage of the result, by id, alone; valid until the
  // next call, null if its texts cannot be had. Without it, no text is shown.
  std::function<const Comparison*(uint32_t passage)> compare = {};
  DiffStyle style = {};
};

// Similarities are cut off after three digits, never rounded up: 1.000 means 1.
// False if `output` took no more.
bool WriteText(const Result& result, const TextStyle& style,
               const Output& output, const PassageDiffs& diffs = {});

// The line of totals, without an end: "87 documents (216 kB), 20 related pairs
// in 13 clusters, 4 contained, 12 recycled passages, 2 of ignored text, 3
// skipped, 1 error"; "3 new documents (6 kB) against 87 of the reference
// (216 kB), ..." where it is so. Contained pairs and ignored text are counted
// apart, and named only where there are any.
std::string TotalsText(const Result& result);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_TEXT_H_
