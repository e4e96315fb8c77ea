// SPDX-License-Identifier: Apache-2.0
//
// A result as JSON Lines: one record a line, a header first, a footer last.
// doc/result-format.md describes every field.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_JSONL_H_
#define TWICETOLD_REPORT_JSONL_H_

#include <string_view>

#include "twicetold/report/output.h"
#include "twicetold/report/result.h"

namespace twicetold {

// Writes `result` as of `command` ("scan"). False if `output` took no more.
// `output` is called from this thread only. Documents, matches and clusters are
// made on `threads` threads (0: as many as the machine has), with the same
// bytes for any number.
bool WriteJsonl(const Result& result, std::string_view command,
                const Output& output, int threads = 1);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_JSONL_H_
