// SPDX-License-Identifier: Apache-2.0
//
// How help looks: what the command does, then examples, then the options.
#ifndef TWICETOLD_TOOLS_HELP_H_
#define TWICETOLD_TOOLS_HELP_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/exit_status.h"

namespace twicetold {

std::string_view ExitStatusWords(ExitStatus status);

// Examples of the tool as a whole.
std::string_view MainExamples();

// A formatter that puts the footer of an App, which holds its examples, first.
// `arguments` are what its usage shows behind its name; `statuses`, what it may
// exit with.
std::shared_ptr<CLI::Formatter> ExamplesFirst(
    const std::string& arguments, const std::vector<ExitStatus>& statuses);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_HELP_H_
