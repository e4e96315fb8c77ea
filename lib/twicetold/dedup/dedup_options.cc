// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/dedup_options.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/match/band_plan.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

// Two inputs must not be written to one place.
absl::Status CheckOutputs(const DedupInput& input) {
  std::vector<std::pair<std::string, std::string>> outputs;
  for (const DedupFile& file : input.files) {
    if (file.role == Role::kNew) outputs.emplace_back(file.output, file.path);
  }
  std::sort(outputs.begin(), outputs.end());
  for (size_t i = 1; i < outputs.size(); ++i) {
    if (outputs[i].first != outputs[i - 1].first) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s and %s would both be written to corpus/%s: name a folder above "
        "both",
        Harmless(outputs[i - 1].second), Harmless(outputs[i].second),
        Harmless(outputs[i].first)));
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view KeepName(Keep keep) {
  switch (keep) {
    case Keep::kLongest:
      return "longest";
    case Keep::kFirst:
      return "first";
    case Keep::kLast:
      return "last";
  }
  return "longest";
}

std::string_view ModeName(DedupMode mode) {
  switch (mode) {
    case DedupMode::kFilter:
      return "filter";
    case DedupMode::kAnnotate:
      return "annotate";
    case DedupMode::kList:
      return "list";
  }
  return "filter";
}

absl::Status CheckDedup(const DedupInput& input, const DedupOptions& options) {
  if (options.shingle_size < 1) {
    return absl::InvalidArgumentError("shingle_size has to be at least 1");
  }
  if (options.compression_level < kLeastCompressionLevel ||
      options.compression_level > kMostCompressionLevel) {
    return absl::InvalidArgumentError(
        absl::StrFormat("compression_level has to be from %d to %d",
                        kLeastCompressionLevel, kMostCompressionLevel));
  }
  for (const DedupFile& file : input.files) {
    if (options.mode == DedupMode::kAnnotate && !file.records &&
        file.role == Role::kNew) {
      return absl::InvalidArgumentError(
          absl::StrFormat("%s is no JSON Lines: only records can be annotated",
                          Harmless(file.path)));
    }
    if (file.role == Role::kBoth) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "%s is both an input and in the reference", Harmless(file.path)));
    }
  }
  for (const SkippedInput& skipped : input.skipped) {
    if (!options.strict || !IsError(skipped.skip.reason)) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: %s", Harmless(skipped.path), Harmless(SkipWords(skipped.skip))));
  }
  absl::Status status;
  if (options.mode != DedupMode::kList) status = CheckOutputs(input);
  status.Update(
      PlanBands(options.sketch_size, options.min_jaccard, options.recall)
          .status());
  return status;
}

}  // namespace twicetold
