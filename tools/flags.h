// SPDX-License-Identifier: Apache-2.0
//
// The command line, parsed and checked once.
#ifndef TWICETOLD_TOOLS_FLAGS_H_
#define TWICETOLD_TOOLS_FLAGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/flag_values.h"
#include "tools/terminal.h"
#include "twicetold/pipeline.h"

namespace twicetold {

// Which files a scan takes.
struct InputFlags {
  std::vector<std::string> paths;  // files, folders, or - for stdin
  std::vector<std::string> files_from;
  bool from0 = false;  // the names in files_from end with NUL
  std::vector<std::string> globs;
  bool hidden = false;
  bool no_ignore = false;
  bool follow = false;
  std::optional<uint64_t> max_filesize;  // bytes
};

struct ScanFlags {
  InputFlags input;
  ScanOptions scan;
  std::vector<ReportTarget> reports;  // at least one
  ColorChoice color = ColorChoice::kAuto;
  bool fail_on_found = false;
};

// What is to be printed instead of doing anything: help or version on stdout
// with status 0, or a usage error on stderr with status 2.
struct PrintAndExit {
  std::string text;
  bool is_error = false;
};

std::variant<ScanFlags, PrintAndExit> ParseFlags(int argc,
                                                 const char* const* argv);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_FLAGS_H_
