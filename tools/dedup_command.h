// SPDX-License-Identifier: Apache-2.0
//
// `twicetold dedup`.
#ifndef TWICETOLD_TOOLS_DEDUP_COMMAND_H_
#define TWICETOLD_TOOLS_DEDUP_COMMAND_H_

#include "tools/dedup_flags.h"
#include "tools/exit_status.h"

namespace twicetold {

ExitStatus RunDedup(const DedupFlags& flags);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DEDUP_COMMAND_H_
