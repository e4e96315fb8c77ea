// SPDX-License-Identifier: Apache-2.0
//
// Deduplication of a collection: a corpus in, the corpus without its
// near-duplicates and the evidence for each removal out.
//
//   sketch      read all: digests and a sketch of each document
//   same        identical and same-text documents, by digest
//   candidates  bands, buckets, pairs worth verifying
//   verify      read again what is in a pair; exact comparison; what is kept
//   write       read all: what is kept, removed.jsonl, clusters.jsonl; or the
//               lists alone, and read nothing
//
// Each stage leaves files that the next one reads, so that memory stays within
// a budget and a run that was ended goes on where its last stage was complete.
//
// Guarantee: the output depends on the input and the settings, not on threads,
// memory or interruptions. Every document that is removed was compared exactly
// with the document that is kept for it.
//
// Thread safety: one run for a folder at a time; a second one is refused.
#ifndef TWICETOLD_DEDUP_DEDUP_H_
#define TWICETOLD_DEDUP_DEDUP_H_

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/base/progress.h"
#include "twicetold/dedup/dedup_options.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold {

struct DedupTarget {
  std::string into = {};       // folder for the output; created
  std::string temporary = {};  // folder for stage files; empty: inside `into`
  bool resume = false;         // go on with a run that was ended
};

// Whether an entry of `temporary` of this name may be the folder of a run.
bool IsStagesFolder(std::string_view name);

struct DedupReport {
  bool was_complete = false;  // nothing was left to do
  uint64_t documents = 0;     // those of a reference not counted
  uint64_t text_bytes = 0;
  uint64_t removed = 0;
  uint64_t skipped = 0;
  bool has_errors = false;  // some input could not be read
  std::vector<SkippedDocument> first_skipped;
};

// Errors: InvalidArgument for options, and for what a strict run cannot read;
// FailedPrecondition for a folder that has something else in it, that another
// run is writing to, or whose run cannot be resumed;
// ResourceExhausted for a full disk or a budget that is too small; Aborted if
// the input changed during the run; Cancelled once `stop` is requested. What
// was done by then stays for a run with `resume`.
absl::StatusOr<DedupReport> Dedup(const DedupInput& input,
                                  const DedupOptions& options,
                                  const DedupTarget& target,
                                  const ProgressCallback& progress = {},
                                  std::stop_token stop = {});

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DEDUP_H_
