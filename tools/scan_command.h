// SPDX-License-Identifier: Apache-2.0
//
// twicetold scan: from flags to reports.
#ifndef TWICETOLD_TOOLS_SCAN_COMMAND_H_
#define TWICETOLD_TOOLS_SCAN_COMMAND_H_

#include "tools/exit_status.h"
#include "tools/scan_flags.h"

namespace twicetold {

ExitStatus RunScan(const ScanFlags& flags);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_SCAN_COMMAND_H_
