// SPDX-License-Identifier: Apache-2.0
//
// --ignore-text FILE: text whose reuse is no news, for scan and diff.
#ifndef TWICETOLD_TOOLS_IGNORE_TEXT_H_
#define TWICETOLD_TOOLS_IGNORE_TEXT_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/flag_values.h"

namespace twicetold {

// The option; `files` has to outlive the parser.
CLI::Option* AddIgnoreText(CLI::App* app, std::vector<std::string>* files);

// The texts of `files`, in UTF-8. Errors, which name the file: NotFound and
// the like if it cannot be read, InvalidArgument if it is binary or too short
// to be looked for, FailedPrecondition if a report would overwrite it.
absl::StatusOr<std::vector<std::string>> ReadIgnoredTexts(
    const std::vector<std::string>& files,
    const std::vector<ReportTarget>& reports);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_IGNORE_TEXT_H_
