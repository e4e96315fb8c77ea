// SPDX-License-Identifier: Apache-2.0
//
// What an option says of itself, in parts: for what is written about options.
#ifndef TWICETOLD_TOOLS_MANUAL_OPTION_WORDS_H_
#define TWICETOLD_TOOLS_MANUAL_OPTION_WORDS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace twicetold {

struct OptionWords {
  std::vector<std::string> names = {};  // "-o", "--report"; none of an operand
  std::string value;                    // "FORMAT[:FILE]"; empty for a flag
  std::vector<std::string> choices;     // values it may have, if they are few
  std::string description;              // on one line
  std::string group;                    // "Output"
  bool repeatable = false;
};

// Of a command, or of the tool as a whole, in the order of its help.
std::vector<OptionWords> OptionsOf(const CLI::App& app);
std::vector<OptionWords> OperandsOf(const CLI::App& app);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_MANUAL_OPTION_WORDS_H_
