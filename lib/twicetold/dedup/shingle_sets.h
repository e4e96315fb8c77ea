// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets of the documents that are in a candidate pair, from one
// more pass over the input: in memory if they fit, else in a stage file.
//
// Guarantee: a set is that of the text that was sketched, told by its digest;
// a document that has another text by now makes the pass fail.
// Thread safety: Get() may be called from many threads.
#ifndef TWICETOLD_DEDUP_SHINGLE_SETS_H_
#define TWICETOLD_DEDUP_SHINGLE_SETS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/dedup/stage_file.h"

namespace twicetold {

class ShingleSets {
 public:
  // Documents that have a set, ascending.
  std::span<const uint32_t> documents() const { return documents_; }
  bool in_memory() const { return in_memory_; }

  // The number of distinct shingles of a document that has a set.
  uint32_t SizeOf(uint32_t document) const;

  // Says that its set will be asked for next.
  void Prefetch(uint32_t document) const;

  // Its distinct shingles, in no order. They may live in `*buffer`.
  absl::StatusOr<std::span<const uint64_t>> Get(
      uint32_t document, std::vector<uint64_t>* buffer) const;

 private:
  friend class ShingleSetsMaker;
  friend absl::StatusOr<ShingleSets> OpenShingleSets(const DedupRun& run,
                                                     bool verify);

  void IndexDocuments();
  size_t IndexOf(uint32_t document) const;

  std::vector<uint32_t> documents_;
  std::vector<uint32_t> place_of_;  // of each document in documents_
  std::vector<uint64_t> ends_;      // of each set, in shingles
  bool in_memory_ = true;
  // In memory, pieces of many sets each; none is in two.
  std::vector<std::vector<uint64_t>> pieces_;
  std::vector<const uint64_t*> starts_;  // of each set, in a piece
  StageReader file_;
};

// Makes the sets of the documents for which `wanted` holds. Where they do not
// fit in `memory` bytes they are left in stage files.
absl::StatusOr<ShingleSets> MakeShingleSets(const DedupRun& run,
                                            const SketchedInput& sketched,
                                            const std::vector<bool>& wanted,
                                            uint64_t memory);

// What MakeShingleSets left in stage files; NotFound or DataLoss if there are
// none.
absl::StatusOr<ShingleSets> OpenShingleSets(const DedupRun& run, bool verify);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SHINGLE_SETS_H_
