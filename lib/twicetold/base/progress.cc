// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/progress.h"

namespace twicetold {

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kSketch:
      return "sketching";
    case Stage::kCandidates:
      return "comparing sketches";
    case Stage::kVerify:
      return "verifying";
    case Stage::kPassages:
      return "looking for passages";
  }
  return "";
}

}  // namespace twicetold
