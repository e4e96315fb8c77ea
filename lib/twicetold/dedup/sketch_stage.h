// SPDX-License-Identifier: Apache-2.0
//
// The first stage: the whole input is read once; of each document a row, its
// key and its sketch go to stage files, and of what could not be used the
// reason.
//
// Memory: a batch a worker. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_SKETCH_STAGE_H_
#define TWICETOLD_DEDUP_SKETCH_STAGE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/stage_file.h"

namespace twicetold {

// A line that holds no record, or a file that is no text.
struct SkippedDocument {
  uint32_t file = 0;
  uint64_t line = 0;  // 0 for a file
  Skip skip;
};

// What the stage leaves in memory; the rest is in its files.
struct SketchedInput {
  FirstDocuments firsts;
  uint64_t numbers = 0;              // of documents, used and unused
  uint64_t documents = 0;            // that have a text
  uint64_t text_bytes = 0;           // of all texts
  uint64_t reference_documents = 0;  // of the documents
  uint64_t skipped = 0;
  bool has_errors = false;      // among those skipped
  std::vector<uint32_t> words;  // by number
  // At most kMostSkippedNamed, and the first error if that is behind them.
  std::vector<SkippedDocument> first_skipped;
  StageReader rows;      // DocumentRow by number
  StageReader keys;      // bytes
  StageReader sketches;  // slots, by number
};

inline constexpr size_t kMostSkippedNamed = 10'000;

// What a strict run says of the first input that cannot be read:
// InvalidArgument with its file, line, and what is wrong; Ok if those skipped
// have no error.
absl::Status FirstError(const DedupInput& input,
                        std::span<const SkippedDocument> skipped);

// Of a strict run ends with FirstError.
absl::Status RunSketchStage(const DedupRun& run);

// What RunSketchStage left; NotFound or DataLoss if that is not there whole.
absl::StatusOr<SketchedInput> OpenSketchStage(const DedupRun& run, bool verify);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SKETCH_STAGE_H_
