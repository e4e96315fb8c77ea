// SPDX-License-Identifier: Apache-2.0
//
// A result as whoever reads the JSON Lines output sees it: parsed from the
// text, nothing taken from memory.
//
// Thread safety: plain values and a free function.
#ifndef TWICETOLD_BENCH_QUALITY_PRINTED_RESULT_H_
#define TWICETOLD_BENCH_QUALITY_PRINTED_RESULT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace twicetold {

struct PrintedMatch {
  uint32_t a = 0;
  uint32_t b = 0;
  std::string relation;
  double jaccard = 0;
  double containment_of_a_in_b = 0;
  double containment_of_b_in_a = 0;
  std::optional<uint64_t> shared;  // and, with it, both sizes
  uint64_t shingles_a = 0;
  uint64_t shingles_b = 0;
};

struct PrintedCluster {
  std::vector<uint32_t> members;
  uint32_t representative = 0;
  double min_jaccard = 0;
  bool all_pairs = true;
};

struct PrintedResult {
  std::vector<std::string> paths;  // by document id
  std::vector<PrintedMatch> matches;
  std::vector<PrintedCluster> clusters;
  uint64_t skipped = 0;
  uint64_t capped_documents = 0;
};

// Errors: DataLoss if `jsonl` is not a complete result.
absl::StatusOr<PrintedResult> ParseResult(std::string_view jsonl);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_PRINTED_RESULT_H_
