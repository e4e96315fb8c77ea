// SPDX-License-Identifier: Apache-2.0
#include "tools/say.h"

#include <cstdio>
#include <string>

#include "twicetold/report/display.h"

namespace twicetold {

void Say(std::string_view message) {
  const std::string line = "twicetold: " + std::string(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void SayTextField() {
  Say("if the text is in another field, --text-field NAME says in which");
}

ExitStatus Fatal(const absl::Status& status) {
  Say(Harmless(std::string(status.message())));
  return kExitFatal;
}

}  // namespace twicetold
