// SPDX-License-Identifier: Apache-2.0
//
// Putting documents that are the same back among the matches and clusters of
// those that stood for them.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_MATCH_JOIN_SAME_H_
#define TWICETOLD_MATCH_JOIN_SAME_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/match/match_pairs.h"
#include "twicetold/match/same.h"

namespace twicetold {

// The documents that are first in a pair of `same`, ascending and distinct:
// those whose shingles JoinSame wants counted.
std::vector<uint32_t> FirstsOf(const SameDocuments& same);

// The number of distinct shingles of a document; 0 if it cannot be read any
// more. Called from many threads at once.
using CountShingles = std::function<uint64_t(uint32_t document, int worker)>;

// Adds the pairs of `same` to what was found among `same.distinct`: as matches,
// whose shingles are those of FirstsOf(same), and as members of
// clusters. A pair that was found as near-duplicates becomes what it is. The
// order of matches and clusters is kept.
// Cost: O(n log n), and a count for each of FirstsOf(same).
void JoinSame(const SameDocuments& same, size_t document_count,
              const CountShingles& count, ThreadPool* pool,
              std::stop_token stop, MatchedPairs* found);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_JOIN_SAME_H_
