// SPDX-License-Identifier: Apache-2.0
//
// A passage in two columns: side a on the left, side b on the right, sentences
// that tell the same beside each other.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_SIDE_BY_SIDE_H_
#define TWICETOLD_REPORT_SIDE_BY_SIDE_H_

#include <cstddef>

#include "twicetold/report/passage_view.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// Lines of the sources are numbered where they begin. `context` is as for
// Elide (elision.h).
void PrintSideBySide(const PassageView& view, size_t context,
                     TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_SIDE_BY_SIDE_H_
