// SPDX-License-Identifier: Apache-2.0
#include "twicetold/scan_options.h"

#include <string>

#include "absl/strings/str_format.h"
#include "twicetold/match/band_plan.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

// The least power of two times the size asked for that has a plan; 0 if there
// is none.
int SketchSizeThatDoes(const ScanOptions& options) {
  for (int size = options.sketch_size; size <= kMaxSketchSize; size *= 2) {
    if (PlanBands(size, options.min_jaccard, options.recall).ok()) return size;
  }
  return 0;
}

// InvalidArgument if the sketch cannot give the recall.
absl::Status CheckPlan(const ScanOptions& options) {
  absl::Status status =
      PlanBands(options.sketch_size, options.min_jaccard, options.recall)
          .status();
  if (status.ok()) return status;
  const int size = SketchSizeThatDoes(options);
  if (size == 0) return status;
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s; %d slots would do", std::string(status.message()), size));
}

}  // namespace

absl::Status CheckOptions(const ScanOptions& options) {
  const auto out_of_range = [](const char* name, const char* range) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s has to be %s", name, range));
  };
  if (options.shingle_size < 1) {
    return out_of_range("shingle_size", "at least 1");
  }
  if (options.sketch_size < kMinSketchSize ||
      options.sketch_size > kMaxSketchSize) {
    return out_of_range("sketch_size", "from 16 to 4096");
  }
  if (!(options.min_jaccard > 0 && options.min_jaccard <= 1)) {
    return out_of_range("min_jaccard", "above 0 and at most 1");
  }
  if (!(options.recall > 0 && options.recall < 1)) {
    return out_of_range("recall", "above 0 and below 1");
  }
  if (options.against && options.passages &&
      options.scope == PassageScope::kWithin) {
    return absl::InvalidArgumentError(
        "scope has to be all or across where documents are compared with a "
        "reference");
  }
  if (!(options.min_score >= 0)) return out_of_range("min_score", "0 or more");
  if (options.passage.evidence.min_words < 1) {
    return out_of_range("min_words", "at least 1");
  }
  return CheckPlan(options);
}

}  // namespace twicetold
