// SPDX-License-Identifier: Apache-2.0
//
// Folding: a paragraph that stands in n places of one document is told in n - 1
// drafts, not in n (n - 1) / 2.
//
// Each draft ties the cells of its side a to those in the same place of side
// b. The heaviest come first, of about the same weight those that begin first,
// and one goes if most of its cells are tied already, by drafts that are as
// heavy (Kruskal's maximum spanning tree, with cells as nodes). So copies are
// told against the first of them, and no draft gives way to weaker ones.
//
// Cost: O(n log n) and the cells of all drafts. Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_FOLD_H_
#define TWICETOLD_PASSAGE_FOLD_H_

#include <span>
#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/passage.h"

namespace twicetold {

// `cells` are those of the document, in order. The drafts that stay, by place.
std::vector<Draft> FoldRepeats(std::vector<Draft> drafts,
                               std::span<const WordRange> cells);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_FOLD_H_
