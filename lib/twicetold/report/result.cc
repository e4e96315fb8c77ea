// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/result.h"

#include <algorithm>

namespace twicetold {

bool HasErrors(const Result& result) {
  return result.notes.windows_unreadable > 0 ||
         std::any_of(result.skipped.begin(), result.skipped.end(),
                     [](const SkippedInput& input) {
                       return IsError(input.skip.reason);
                     });
}

uint64_t TotalBytes(const Result& result) {
  uint64_t bytes = 0;
  for (const DocumentRecord& document : result.documents) {
    bytes += document.bytes;
  }
  return bytes;
}

RoleTotals TotalsOf(const Result& result, bool (*counts)(Role)) {
  RoleTotals totals;
  for (const DocumentRecord& document : result.documents) {
    if (!counts(document.role)) continue;
    ++totals.documents;
    totals.bytes += document.bytes;
  }
  return totals;
}

}  // namespace twicetold
