// SPDX-License-Identifier: Apache-2.0
//
// What was changed in the passages of a collection.
#ifndef TWICETOLD_MAKE_EDITS_H_
#define TWICETOLD_MAKE_EDITS_H_

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/search.h"

namespace twicetold {

// The edits (passage/edits.h) of each of `named`, which are indices in
// `passages`, in bytes of the documents as they are. None where a document
// cannot be read any more, or not to where the passage stood.
//
// Passages of one pair of documents are looked at together, and a document is
// prepared once as long as the documents that are to be asked for again take
// less than `cache_bytes`; in no case more than once for each pair.
// Thread safety: a free function. The outcome does not depend on threads;
// `stop` ends the work early with an incomplete one.
std::vector<std::vector<Edit>> MakeEdits(const Corpus& corpus,
                                         std::span<const FoundPassage> passages,
                                         std::span<const uint32_t> named,
                                         uint64_t cache_bytes, ThreadPool* pool,
                                         std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_MAKE_EDITS_H_
