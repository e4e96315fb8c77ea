// SPDX-License-Identifier: Apache-2.0
//
// From candidate pairs to decisions: the shingle sets are made in one more
// pass over the input, and each component is decided by leader clustering.
//
// Memory: the pairs of some components, or of the largest one; sets in memory
// as far as half of the budget goes. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_VERIFY_STAGE_H_
#define TWICETOLD_DEDUP_VERIFY_STAGE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/candidate_stage.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/found_pairs.h"
#include "twicetold/dedup/leader_clustering.h"

namespace twicetold {

struct VerifyCounts {
  uint64_t compared = 0;  // pairs compared exactly
  uint64_t matches = 0;   // of a removed document and the one kept for it
  double estimated_recall = 1;
  RecallInterval interval;
};

struct VerifiedInput {
  VerifyCounts counts;
  std::vector<RemovedRow> removed;  // ascending by document
};

absl::Status RunVerifyStage(const DedupRun& run, const SketchedInput& sketched,
                            const CandidateInput& candidates,
                            const Preference& preference);

absl::StatusOr<VerifiedInput> OpenVerifyStage(const DedupRun& run, bool verify);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_VERIFY_STAGE_H_
