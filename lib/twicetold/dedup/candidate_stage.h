// SPDX-License-Identifier: Apache-2.0
//
// From sketches to candidate pairs, on disk where memory is not enough: band
// keys are parted by their top bits, each part is grouped in memory, and the
// pairs of all buckets are sorted, made distinct and joined into components.
//
// A bucket is searched in the order of preference, so that the documents that
// would be kept are those that lead (match/bucket_search.h).
//
// Guarantee: the pairs depend on the sketches and the plan, not on memory or
// threads. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_CANDIDATE_STAGE_H_
#define TWICETOLD_DEDUP_CANDIDATE_STAGE_H_

#include <compare>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/same_stage.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/dedup/stage_file.h"

namespace twicetold {

// A candidate pair of one component: documents that are tied by pairs,
// directly or through others, and known by the least number among them.
// `first` is preferred to `second`. Ordered as they are verified.
struct ComponentPair {
  uint32_t component = 0;
  uint32_t first = 0;
  uint32_t second = 0;
  friend auto operator<=>(const ComponentPair&, const ComponentPair&) = default;
};

struct CandidateInput {
  StageReader pairs;  // ComponentPair, ascending
  uint64_t pair_count = 0;
  uint64_t overfull_buckets = 0;  // as in CandidateList
  uint64_t led_buckets = 0;
  uint64_t capped = 0;  // documents, counted once a bucket
};

absl::Status RunCandidateStage(const DedupRun& run,
                               const SketchedInput& sketched,
                               const SameInput& same,
                               const Preference& preference);

absl::StatusOr<CandidateInput> OpenCandidateStage(const DedupRun& run,
                                                  bool verify);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_CANDIDATE_STAGE_H_
