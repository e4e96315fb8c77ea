// SPDX-License-Identifier: Apache-2.0
//
// All commands with all their options, as they are before anything is parsed:
// what parses the command line, and what its manual and completions are made
// from.
#ifndef TWICETOLD_TOOLS_COMMAND_LINE_H_
#define TWICETOLD_TOOLS_COMMAND_LINE_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tools/command_parser.h"

namespace twicetold {

// A command and what of the parser belongs to it.
struct Command {
  std::unique_ptr<CommandParser> parser;
  CLI::App* app = nullptr;
};

struct CommandLine {
  CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Of the tool as a whole.
  CommandHelp help;
  CLI::App app;

  std::vector<Command> commands;
};

std::string VersionText();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_COMMAND_LINE_H_
