// SPDX-License-Identifier: Apache-2.0
//
// What `twicetold diff` can be told.
#ifndef TWICETOLD_TOOLS_DIFF_FLAGS_H_
#define TWICETOLD_TOOLS_DIFF_FLAGS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tools/layout_flags.h"
#include "tools/output_flags.h"
#include "twicetold/passage/passage_options.h"

namespace twicetold {

class CommandParser;

// Passages shown without --all.
inline constexpr size_t kMostPassagesShown = 20;

struct DiffFlags {
  std::vector<std::string> paths;  // one or two files, or - for stdin
  PassageOptions passages;
  LayoutFlags layout;
  bool all = false;                      // passages are shown
  std::vector<std::string> ignore_text;  // files
  bool no_pager = false;
  OutputFlags output;
};

std::unique_ptr<CommandParser> MakeDiffParser();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_DIFF_FLAGS_H_
