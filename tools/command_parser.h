// SPDX-License-Identifier: Apache-2.0
//
// What a command adds to the parser of the command line. flags.cc, which has
// the list of them, does the rest.
#ifndef TWICETOLD_TOOLS_COMMAND_PARSER_H_
#define TWICETOLD_TOOLS_COMMAND_PARSER_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/exit_status.h"
#include "tools/flags.h"

namespace twicetold {

// The words of the help of a command, or of the tool as a whole.
struct CommandHelp {
  std::string name;      // "scan"
  std::string summary;   // "Find duplicate and near-duplicate documents"
  std::string operands;  // "[PATH]...", behind the options
  std::string examples;
  std::vector<ExitStatus> statuses;  // what it may exit with
};

class CommandParser {
 public:
  virtual ~CommandParser() = default;

  virtual CommandHelp help() const = 0;

  // Adds options and operands, which are parsed into this object.
  virtual void AddOptions(CLI::App* command) = 0;

  // The operands, for those behind a --.
  virtual std::vector<std::string>* operands() = 0;

  // Checks what concerns several options, and fills in what was left out.
  // Values were checked one by one when they were parsed. What is wrong, or
  // nothing.
  virtual std::string Complete() = 0;

  // The flags, once they are complete.
  virtual Flags flags() const = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_COMMAND_PARSER_H_
