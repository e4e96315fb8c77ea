// SPDX-License-Identifier: Apache-2.0
//
// Short equal words that stand alone between changed ones.
//
// "[-a rise-] of [-prices-]" is read word by word, "[-a rise of prices-]" at a
// glance. An island is punctuation, or one or two words of at most four
// letters; it is folded if what stands on one of its shores was exchanged: an
// island between words left out, or between words put in, would only be
// repeated.
//
// Cost: linear in the pieces, a search for the words of each island.
// Thread safety: a free function without state.
#ifndef TWICETOLD_REPORT_ISLANDS_H_
#define TWICETOLD_REPORT_ISLANDS_H_

#include <string_view>
#include <vector>

#include "twicetold/passage/words.h"
#include "twicetold/report/sentence_diff.h"

namespace twicetold {

// `pieces` are those of one pair of sentences, `utf8_a` and `words_a` side a.
void FoldIslands(std::string_view utf8_a, const Words& words_a,
                 std::vector<DiffPiece>* pieces);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_ISLANDS_H_
