// SPDX-License-Identifier: Apache-2.0
//
// The text of a passage with the changes marked, and what was swapped in it:
// the body of a diff, below whatever head its report has.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_PASSAGE_DIFF_H_
#define TWICETOLD_REPORT_PASSAGE_DIFF_H_

#include "twicetold/passage/passage.h"
#include "twicetold/report/comparison.h"
#include "twicetold/report/diff_layout.h"
#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// Prints passage `i` of `comparison`, which `view` is of, and an empty line
// after it.
void PrintPassageDiff(const Comparison& comparison, size_t i,
                      const PassageView& view, const DiffStyle& style,
                      TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_PASSAGE_DIFF_H_
