// SPDX-License-Identifier: Apache-2.0
//
// Documents with the same words in the same order, told by digest: one of
// them, the one to be kept first, stands in for the others, so that n copies
// cost n - 1 relations.
//
// With a reference, copies on its side and new ones are set aside each by
// themselves, but a new document that the reference has stands aside for the
// reference's.
//
// Memory: 5 bytes a number, and a table that is kept within the budget by
// going through the rows several times. Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_SAME_STAGE_H_
#define TWICETOLD_DEDUP_SAME_STAGE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold {

struct SameInput {
  // By number: the document that stands in for it, itself if none does.
  std::vector<uint32_t> stands_in;
  // Whether the bytes are the same, too.
  std::vector<bool> identical;
  uint64_t distinct = 0;  // documents with words that no other stands in for
};

absl::StatusOr<SameInput> FindSameInput(const DedupRun& run,
                                        const SketchedInput& sketched,
                                        const Preference& preference);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SAME_STAGE_H_
