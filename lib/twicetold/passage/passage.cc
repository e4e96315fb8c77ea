// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/passage.h"

namespace twicetold {

std::string_view PassageKindName(PassageKind kind) {
  switch (kind) {
    case PassageKind::kVerbatim:
      return "verbatim";
    case PassageKind::kLight:
      return "light";
    case PassageKind::kReworded:
      return "reworded";
    case PassageKind::kSummary:
      return "summary";
    case PassageKind::kRepeated:
      return "repeated";
    case PassageKind::kBoilerplate:
      return "boilerplate";
    case PassageKind::kQuotation:
      return "quotation";
  }
  return "reworded";
}

}  // namespace twicetold
