// SPDX-License-Identifier: Apache-2.0
//
// How many near-duplicates are left, without trust in sketches: documents
// chosen at random are compared exactly with all others.
//
// A document of the sample that has a near-duplicate counts as a success if of
// no such pair both are kept. The share of successes is that of a simple
// random sample, so its interval is exact (Clopper and Pearson, "The use of
// confidence or fiducial limits illustrated in the case of the binomial",
// Biometrika 1934). It is a share of documents, not of pairs.
//
// Cost: two passes over the input; a look-up for each shingle of it. Memory:
// about 40 bytes a shingle of the sample. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_AUDIT_STAGE_H_
#define TWICETOLD_DEDUP_AUDIT_STAGE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/role.h"
#include "twicetold/dedup/decisions.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold {

struct AuditCounts {
  uint64_t documents = 0;             // in the sample
  uint64_t with_near_duplicates = 0;  // of these
  uint64_t with_none_left = 0;        // of those: the successes
  uint64_t pairs = 0;                 // of a sampled document and another
  uint64_t pairs_with_one_removed = 0;
};

struct ShareInterval {
  double low = 0;
  double high = 1;
};

// The exact 95 % interval of a share of which `successes` of `trials` are
// known.
ShareInterval ClopperPearson(uint64_t successes, uint64_t trials);

// With a reference, new documents are sampled and compared with it only.
absl::Status RunAuditStage(const DedupRun& run, const SketchedInput& sketched,
                           const Decisions& decisions, Roles roles);

absl::StatusOr<AuditCounts> OpenAuditStage(const DedupRun& run, bool verify);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_AUDIT_STAGE_H_
