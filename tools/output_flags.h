// SPDX-License-Identifier: Apache-2.0
//
// Where reports go and how they look: options that several commands have.
#ifndef TWICETOLD_TOOLS_OUTPUT_FLAGS_H_
#define TWICETOLD_TOOLS_OUTPUT_FLAGS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/flag_values.h"
#include "tools/terminal.h"

namespace twicetold {

struct OutputFlags {
  std::vector<ReportTarget> reports;  // at least one
  ColorChoice color = ColorChoice::kAuto;
  bool fail_on_found = false;
};

// The options, as they are parsed.
class OutputOptions {
 public:
  // `found`: what --fail-on found is about, "anything".
  void AddTo(CLI::App* command, const std::string& found);

  // Turns them into flags; what is wrong with them, or nothing.
  std::string Complete(OutputFlags* flags) const;

 private:
  std::vector<std::string> reports_;
  std::string color_;
  std::string fail_on_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_OUTPUT_FLAGS_H_
