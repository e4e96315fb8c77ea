// SPDX-License-Identifier: Apache-2.0
//
// What documents are called in outputs: number, file, line and key.
//
// Thread safety: may be used from many threads.
#ifndef TWICETOLD_DEDUP_DOCUMENT_NAMES_H_
#define TWICETOLD_DEDUP_DOCUMENT_NAMES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/sketch_stage.h"
#include "twicetold/report/json_line.h"

namespace twicetold {

class DocumentNames {
 public:
  DocumentNames(const DedupRun& run, const SketchedInput& sketched)
      : run_(run), sketched_(sketched) {}

  // Whether there is a text of that number.
  bool IsDocument(uint64_t document) const;

  // Empty if it has none.
  absl::StatusOr<std::string> KeyOf(uint64_t document) const;

  // Adds "document":7,"path":"a.jsonl","record":8,"key":"x"; the last two where
  // there are any.
  absl::Status Describe(uint64_t document, JsonLine* line) const;

  // {...} of these fields.
  absl::StatusOr<std::string> Description(uint64_t document) const;

  // The key, else "a.jsonl:8", else the path.
  absl::StatusOr<std::string> ShortName(uint64_t document) const;

 private:
  const DedupRun& run_;
  const SketchedInput& sketched_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DOCUMENT_NAMES_H_
