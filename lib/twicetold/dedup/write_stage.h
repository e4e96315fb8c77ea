// SPDX-License-Identifier: Apache-2.0
//
// The last pass over the input: what is kept, or all records with what became
// of them, and removed.jsonl and clusters.jsonl beside them. With
// DedupMode::kList the lists alone, for which nothing is read.
//
// What is not a document (empty lines, lines that hold no record, files that
// are no text) was compared with nothing, and is written as it was.
//
// Memory: some batches a worker. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_WRITE_STAGE_H_
#define TWICETOLD_DEDUP_WRITE_STAGE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/dedup/decisions.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold {

// Writes to `folder`, which is empty: corpus/... but for lists, removed.jsonl
// and clusters.jsonl, and brings them to disk. The names of these.
absl::StatusOr<std::vector<std::string>> RunWriteStage(
    const DedupRun& run, const SketchedInput& sketched,
    const Decisions& decisions, const std::filesystem::path& folder);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_WRITE_STAGE_H_
