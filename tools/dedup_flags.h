// SPDX-License-Identifier: Apache-2.0
//
// What `twicetold dedup` can be told.
#ifndef TWICETOLD_TOOLS_DEDUP_FLAGS_H_
#define TWICETOLD_TOOLS_DEDUP_FLAGS_H_

#include <memory>

#include "tools/scan_flags.h"
#include "twicetold/dedup/dedup.h"
#include "twicetold/dedup/dedup_options.h"

namespace twicetold {

class CommandParser;

struct DedupFlags {
  InputFlags input;
  DedupOptions dedup;
  DedupTarget target;
  bool quiet = false;
};

std::unique_ptr<CommandParser> MakeDedupParser();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DEDUP_FLAGS_H_
