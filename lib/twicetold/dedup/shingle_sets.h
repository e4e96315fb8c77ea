// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets of the documents that are in a candidate pair. Where texts
// are at hand (document_tokens.h) each is made when it is asked for; elsewhere
// one more pass over the input puts all down in a stage file.
//
// Guarantee: a set is that of the text that was sketched, told by its digest;
// a document that has another text by now makes the run fail.
// Thread safety: ShingleSets may be read by many threads, each with a
// ShingleSetReader of its own.
#ifndef TWICETOLD_DEDUP_SHINGLE_SETS_H_
#define TWICETOLD_DEDUP_SHINGLE_SETS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/document_tokens.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/dedup/stage_file.h"
#include "twicetold/sketch/shingle_set_maker.h"

namespace twicetold {

class ShingleSets {
 public:
  // Documents that have a set, ascending.
  std::span<const uint32_t> documents() const { return documents_; }

 private:
  friend class ShingleSetsMaker;
  friend class ShingleSetReader;

  ShingleSets(const DedupRun& run, const SketchedInput& sketched)
      : run_(&run), sketched_(&sketched) {}

  const DedupRun* run_;
  const SketchedInput* sketched_;
  std::vector<uint32_t> documents_;
  // Where texts are not at hand:
  std::vector<uint32_t> place_of_;  // of each document in documents_
  std::vector<uint64_t> ends_;      // of each set in the file, in shingles
  std::optional<StageReader> file_;
};

class ShingleSetReader {
 public:
  // `sets` has to outlive it.
  explicit ShingleSetReader(const ShingleSets& sets);

  // The distinct shingles of a document that has a set, in no order; valid
  // until the next call.
  absl::StatusOr<std::span<const uint64_t>> Read(uint32_t document);

 private:
  absl::StatusOr<std::span<const uint64_t>> ReadFrom(const StageReader& file,
                                                     uint32_t document);

  const ShingleSets* sets_;
  DocumentTokens tokens_;
  ShingleSetMaker set_maker_;
  std::vector<uint64_t> buffer_;
};

// The sets of the documents for which `wanted` holds. Stage files begin with
// `name`; what an earlier try has put down there is used if it is whole. Run
// and input have to outlive the sets.
absl::StatusOr<ShingleSets> MakeShingleSets(const DedupRun& run,
                                            const SketchedInput& sketched,
                                            const std::vector<bool>& wanted,
                                            const std::string& name);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SHINGLE_SETS_H_
