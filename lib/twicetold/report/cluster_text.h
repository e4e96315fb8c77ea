// SPDX-License-Identifier: Apache-2.0
//
// One cluster for a person to read: its members, how alike they are and why.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_CLUSTER_TEXT_H_
#define TWICETOLD_REPORT_CLUSTER_TEXT_H_

#include <cstddef>
#include <span>

#include "twicetold/report/result.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// Prints cluster `index` of `result`. `matches` are those between its members,
// ascending. Members are numbered from 1; each is explained by its match with
// the earliest member it matches, and the pairs that are left are listed below.
void PrintCluster(const Result& result, size_t index,
                  std::span<const Match* const> matches, TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_CLUSTER_TEXT_H_
