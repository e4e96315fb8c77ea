// SPDX-License-Identifier: Apache-2.0
//
// Keeps a report from overwriting a document that it is about.
//
// Files are compared by device and inode, so that no other name hides one.
#ifndef TWICETOLD_TOOLS_REPORT_INPUTS_H_
#define TWICETOLD_TOOLS_REPORT_INPUTS_H_

#include <vector>

#include "absl/status/status.h"
#include "tools/flag_values.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {

// Moves the files that `reports` go to from the files found to those skipped.
// Errors: FailedPrecondition if a file that -o names was found and is neither
// empty nor an earlier result in JSON Lines: it may be somebody's document.
absl::Status LeaveOutReports(const std::vector<ReportTarget>& reports,
                             WalkResult* found);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_REPORT_INPUTS_H_
