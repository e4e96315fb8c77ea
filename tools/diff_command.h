// SPDX-License-Identifier: Apache-2.0
//
// twicetold diff: from flags to reports.
#ifndef TWICETOLD_TOOLS_DIFF_COMMAND_H_
#define TWICETOLD_TOOLS_DIFF_COMMAND_H_

#include "tools/diff_flags.h"
#include "tools/exit_status.h"

namespace twicetold {

ExitStatus RunDiff(const DiffFlags& flags);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DIFF_COMMAND_H_
