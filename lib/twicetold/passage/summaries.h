// SPDX-License-Identifier: Apache-2.0
//
// Summaries: a stretch of one text most of whose words stand in the other
// text, but not in one place of it.
//
// Each word of the short side scores its idf if the other text has its stem
// anywhere, and loses a multiple if not; the multiple follows from the share
// of such words in the whole text (p0) and inside a summary, as in scoring
// matrices (Karlin, Altschul: "Methods for assessing the statistical
// significance of molecular sequence features", 1990). Segments of positive
// sum between cuts are looked at one by one.
//
// Cost: O(words of the short side), and O(words of the long side) for each of
// at most kMostSegments segments. Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_SUMMARIES_H_
#define TWICETOLD_PASSAGE_SUMMARIES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/seeds.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

// Segments of a text that are looked at, those with the most shared idf.
inline constexpr size_t kMostSegments = 32;

// Summaries of side b in side a and of side a in side b. `min_words` of the
// short side. Not for one document with itself.
std::vector<Draft> FindSummaries(const StemPair& pair,
                                 std::span<const Seed> seeds,
                                 const SummaryOptions& options,
                                 uint32_t min_words);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SUMMARIES_H_
