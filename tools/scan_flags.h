// SPDX-License-Identifier: Apache-2.0
//
// What `twicetold scan` can be told.
#ifndef TWICETOLD_TOOLS_SCAN_FLAGS_H_
#define TWICETOLD_TOOLS_SCAN_FLAGS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/layout_flags.h"
#include "tools/output_flags.h"
#include "tools/record_flags.h"
#include "twicetold/scan_options.h"

namespace twicetold {

class CommandParser;

// Which files a scan takes.
struct InputFlags {
  std::vector<std::string> paths;    // files, folders, or - for stdin
  std::vector<std::string> against;  // likewise, of the reference
  std::vector<std::string> files_from;
  bool from0 = false;  // the names in files_from end with NUL
  std::vector<std::string> globs;
  bool hidden = false;
  bool no_ignore = false;
  bool follow = false;
  std::optional<uint64_t> max_filesize;  // bytes
  RecordFlags records;
};

struct ScanFlags {
  InputFlags input;
  ScanOptions scan;
  bool diff = false;  // show the text of passages
  LayoutFlags layout;
  std::vector<std::string> ignore_text;  // files
  bool all = false;                      // passages are shown
  OutputFlags output;
  bool quiet = false;
};

std::unique_ptr<CommandParser> MakeScanParser();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_SCAN_FLAGS_H_
