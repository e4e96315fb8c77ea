// SPDX-License-Identifier: Apache-2.0
//
// Only what was changed in a passage: the pairs of sentences that differ, and
// of what is the same in them a few words beside each change.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_CHANGES_DIFF_H_
#define TWICETOLD_REPORT_CHANGES_DIFF_H_

#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// The lines of both sources stand before each pair. Says so if none differs.
void PrintChanges(const PassageView& view, TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_CHANGES_DIFF_H_
