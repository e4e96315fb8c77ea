// SPDX-License-Identifier: Apache-2.0
//
// From candidate pairs to matches and clusters, reading again only documents
// that are in a candidate pair.
//
// The connected components of the candidate pairs are taken in batches whose
// shingle sets fit in memory together. In a batch the sets are loaded, the
// pairs verified, the clusters formed, and what pairs a cluster has left are
// verified too, so that a cluster's pairs do not depend on which of them
// happened to share a bucket.
//
// Guarantee: the outcome does not depend on batches or threads.
// Thread safety: the function may be called from many threads with a pool each.
#ifndef TWICETOLD_MATCH_MATCH_PAIRS_H_
#define TWICETOLD_MATCH_MATCH_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/match/candidates.h"
#include "twicetold/match/cluster.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {

// Sets `*set` to the shingle set of a document; false if it cannot be had any
// more. Called from many threads at once.
using LoadShingleSet =
    std::function<bool(uint32_t document, int worker, ShingleSet* set)>;

struct MatchRequest {
  SketchTable sketches;
  double min_jaccard = 0;
  size_t least_equal_slots = 0;
  // An upper bound on the size of each document's set, by document number.
  std::function<uint64_t(uint32_t document)> most_shingles;
  // Shingles that the sets of one batch may hold; a larger component is a
  // batch of its own. Few, so that one batch uses the memory, and the cache,
  // of the one before.
  uint64_t batch_shingles = uint64_t{1} << 21;
  LoadShingleSet load;
};

struct MatchedPairs {
  std::vector<Match> matches;     // ascending by (a, b)
  std::vector<Cluster> clusters;  // ascending by least member
  uint64_t verified = 0;          // pairs compared exactly
};

// `candidates` are distinct. `stop` ends the work early with an incomplete
// outcome. Memory: 8 bytes a candidate pair, the matches, and the sets of a
// batch.
MatchedPairs MatchPairs(std::vector<CandidatePair> candidates,
                        const MatchRequest& request, ThreadPool* pool,
                        std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_MATCH_PAIRS_H_
