// SPDX-License-Identifier: Apache-2.0
//
// A pager for what is longer than a screen: $PAGER, or less where it is
// installed.
//
// A reader who quits the pager early has seen enough: that is no error.
#ifndef TWICETOLD_TOOLS_PAGER_H_
#define TWICETOLD_TOOLS_PAGER_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "twicetold/report/output.h"

namespace twicetold {

// The command, for a shell; empty if there is to be none: $PAGER is set to
// nothing or to cat, or the terminal is "dumb".
std::string PagerCommand();

// Lets `write` write to `command`, or to stdout if that cannot be started, and
// waits for its end.
absl::Status WriteToPager(const std::string& command,
                          const std::function<bool(const Output&)>& write);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_PAGER_H_
