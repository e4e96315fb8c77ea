// SPDX-License-Identifier: Apache-2.0
//
// summary.json: what a deduplication did, without anything that could differ
// from one run to the next.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_DEDUP_SUMMARY_H_
#define TWICETOLD_DEDUP_SUMMARY_H_

#include "twicetold/dedup/audit_stage.h"
#include "twicetold/dedup/candidate_stage.h"
#include "twicetold/dedup/decisions.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/run_state.h"
#include "twicetold/dedup/same_stage.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/dedup/verify_stage.h"

namespace twicetold {

struct SummaryParts {
  const DedupRun& run;
  const SketchedInput& sketched;
  const SameInput& same;
  const CandidateInput& candidates;
  const VerifyCounts& verified;
  const Decisions& decisions;
  const AuditCounts& audit;
};

Json SummaryJson(const SummaryParts& parts);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SUMMARY_H_
