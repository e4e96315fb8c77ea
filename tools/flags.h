// SPDX-License-Identifier: Apache-2.0
//
// The command line, parsed and checked once.
#ifndef TWICETOLD_TOOLS_FLAGS_H_
#define TWICETOLD_TOOLS_FLAGS_H_

#include <string>
#include <variant>

#include "tools/dedup_flags.h"
#include "tools/diff_flags.h"
#include "tools/scan_flags.h"

namespace twicetold {

// What is to be printed instead of doing anything: help or version on stdout
// with status 0, or a usage error on stderr with status 2.
struct PrintAndExit {
  std::string text;
  bool is_error = false;
};

// Of the command that was given.
using Flags = std::variant<ScanFlags, DiffFlags, DedupFlags, PrintAndExit>;

Flags ParseFlags(int argc, const char* const* argv);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_FLAGS_H_
