// SPDX-License-Identifier: Apache-2.0
//
// A passage as one running text, both sides woven into each other.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_INLINE_DIFF_H_
#define TWICETOLD_REPORT_INLINE_DIFF_H_

#include <cstddef>

#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// The lines of both sources stand before each paragraph. `context` is as for
// Elide (elision.h).
void PrintInline(const PassageView& view, size_t context, TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_INLINE_DIFF_H_
