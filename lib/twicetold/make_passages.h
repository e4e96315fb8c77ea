// SPDX-License-Identifier: Apache-2.0
//
// From passages of words to the records of the result: where they stand in
// the documents as they are, and what was changed.
#ifndef TWICETOLD_MAKE_PASSAGES_H_
#define TWICETOLD_MAKE_PASSAGES_H_

#include <cstdint>
#include <span>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/passage/search.h"
#include "twicetold/report/result.h"

namespace twicetold {

// Adds the passages and reuses of `found` to `result`; `ids` has the id of each
// document of the corpus. Documents in passages are read once more, and once
// for each passage if `result->has_edits`. Passages of a document that cannot
// be read any more, or not to where they stood, are left out.
void AddPassages(const Corpus& corpus, const FoundPassages& found,
                 std::span<const uint32_t> ids, Result* result);

}  // namespace twicetold

#endif  // TWICETOLD_MAKE_PASSAGES_H_
