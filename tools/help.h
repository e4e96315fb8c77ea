// SPDX-License-Identifier: Apache-2.0
//
// How help looks: what the command does, then examples, then the options.
#ifndef TWICETOLD_TOOLS_HELP_H_
#define TWICETOLD_TOOLS_HELP_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string_view>

namespace twicetold {

// Examples of the tool as a whole and of one command.
std::string_view MainExamples();
std::string_view ScanExamples();

// A formatter that puts the footer of an App, which holds its examples, first.
std::shared_ptr<CLI::Formatter> ExamplesFirst();

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_HELP_H_
