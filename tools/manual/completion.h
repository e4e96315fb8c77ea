// SPDX-License-Identifier: Apache-2.0
//
// What shells offer when a command line is completed: commands, options, the
// values of those that take one of a few, and files or folders where an option
// or operand names one.
#ifndef TWICETOLD_TOOLS_MANUAL_COMPLETION_H_
#define TWICETOLD_TOOLS_MANUAL_COMPLETION_H_

#include <string>

#include "tools/command_line.h"

namespace twicetold {

// Scripts, each for its shell.
std::string BashCompletion(const CommandLine& line);
std::string ZshCompletion(const CommandLine& line);
std::string FishCompletion(const CommandLine& line);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_MANUAL_COMPLETION_H_
