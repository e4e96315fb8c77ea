// SPDX-License-Identifier: Apache-2.0
//
// From passages to documents that another one contains.
//
// A pair is contained if its passages cover nine tenths of the words of the
// smaller document; of two that are of one size, of either. All passages of
// the pair count, whatever their kind, and words that several of them cover
// count once.
//
// Guarantee: the outcome does not depend on the order of passages or threads.
// Cost: n log n in the passages, and two documents read for each pair.
// Thread safety: a free function.
#ifndef TWICETOLD_FIND_CONTAINED_H_
#define TWICETOLD_FIND_CONTAINED_H_

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/match/match_pairs.h"
#include "twicetold/match/verify.h"
#include "twicetold/passage/search.h"

namespace twicetold {

struct ContainedRequest {
  std::span<const FoundPassage> passages;
  // Pairs that are in one of these, ascending, are not contained besides.
  std::span<const Match> matches;
  std::function<uint64_t(uint32_t document)> words;  // that a document has
  LoadShingleSet load;
};

// Ascending by (a, b). A pair of which a document cannot be loaded any more is
// left out.
std::vector<Match> FindContained(const ContainedRequest& request,
                                 ThreadPool* pool, std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_FIND_CONTAINED_H_
