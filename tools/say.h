// SPDX-License-Identifier: Apache-2.0
//
// Messages of the tool, on stderr.
#ifndef TWICETOLD_TOOLS_SAY_H_
#define TWICETOLD_TOOLS_SAY_H_

#include <string_view>

#include "absl/status/status.h"
#include "tools/exit_status.h"

namespace twicetold {

// `message`, which is harmless, behind the name of the tool.
void Say(std::string_view message);

// Where the text may be, to who has records without any.
void SayTextField();

// What is wrong, made harmless, and the status to exit with.
ExitStatus Fatal(const absl::Status& status);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_SAY_H_
