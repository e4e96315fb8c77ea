// SPDX-License-Identifier: Apache-2.0
//
// Neighbours: drafts that are parts of one passage. Where a few sentences were
// changed beyond recognition, or a word was exchanged throughout, what is left
// on either side comes out as a draft of its own.
//
// A draft joins one that ends before it on both sides, at most `gap_words`
// away, if the words between them are shared about half as densely as those of
// the parts: if the weight (evidence.h) of the whole is not less than that of
// the parts together. Only what stands near the gap is looked at.
//
// Cost: O(n log n) and context_words for each two drafts that are near each
// other on both sides. Thread safety: that of the counter.
#ifndef TWICETOLD_PASSAGE_NEIGHBOURS_H_
#define TWICETOLD_PASSAGE_NEIGHBOURS_H_

#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/evidence.h"
#include "twicetold/passage/passage_options.h"

namespace twicetold {

// `within`: one document with itself; sides of a draft stay apart. Summaries
// join nothing. The result is in no order that means anything.
std::vector<Draft> JoinNeighbours(std::vector<Draft> drafts, bool within,
                                  const NeighbourOptions& options,
                                  EvidenceCounter* evidence);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_NEIGHBOURS_H_
