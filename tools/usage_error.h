// SPDX-License-Identifier: Apache-2.0
//
// What is said of a command line that is wrong: what is wrong with it, what
// was probably meant, and where to read on.
//
// Arguments are shown such that nothing in them reaches a terminal raw.
#ifndef TWICETOLD_TOOLS_USAGE_ERROR_H_
#define TWICETOLD_TOOLS_USAGE_ERROR_H_

#include <CLI/CLI.hpp>
#include <string>

namespace twicetold {

// `command`: whose help is to be read, "twicetold scan".
std::string UsageError(const std::string& command, const std::string& message);

// For a word that is no command of `main`.
std::string UnknownCommand(const CLI::App& main, const std::string& word);

// For what the parser threw; `main` and its commands have parsed up to there.
std::string ExplainParseError(const CLI::ParseError& error,
                              const CLI::App& main);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_USAGE_ERROR_H_
