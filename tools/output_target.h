// SPDX-License-Identifier: Apache-2.0
//
// Where a report of the tool goes: stdout or a file.
#ifndef TWICETOLD_TOOLS_OUTPUT_TARGET_H_
#define TWICETOLD_TOOLS_OUTPUT_TARGET_H_

#include <cstdio>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "twicetold/report/output.h"

namespace twicetold {

// Fails early, before a long run, if `path` cannot be written: a folder, or in
// a folder that is missing or closed to us. Creates nothing.
absl::Status CheckWritable(const std::string& path);

// Lets `write` write a report to the file at `path`, which is replaced, or to
// stdout if `path` is empty. A pipe that was closed by its reader is no error.
absl::Status WriteTo(const std::string& path,
                     const std::function<bool(const Output&)>& write);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_OUTPUT_TARGET_H_
