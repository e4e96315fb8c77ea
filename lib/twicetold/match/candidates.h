// SPDX-License-Identifier: Apache-2.0
//
// From sketches to candidate pairs: pairs of documents that share a bucket and
// whose sketches agree in enough slots to be worth verifying.
//
// Work is kept near linear whatever the data:
//   1. a bucket of at most kFullBucket documents gives all its pairs;
//   2. a larger one is banded again inside itself (BandPlan's inner bands);
//   3. an inner bucket that is still larger is compared with leaders only: a
//      member, in order, that no leader so far is alike beyond doubt becomes a
//      leader itself, up to kMostLeaders; every leader is compared with every
//      member, and a member makes a pair with up to kMostPairsWithLeaders of
//      those it is like.
// With roles, a leader stands only for members of its role, while members of
// the other role make pairs with it.
//
// A member that meets rule 3 when all leaders are taken and is not alike beyond
// doubt to any is reported in `capped`: it may have partners among the members
// that were not tried.
//
// Guarantee: the pairs depend on the sketches and the plan alone.
// Thread safety: the function may be called from many threads with a pool each.
#ifndef TWICETOLD_MATCH_CANDIDATES_H_
#define TWICETOLD_MATCH_CANDIDATES_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/role.h"
#include "twicetold/match/band_plan.h"

namespace twicetold {

inline constexpr size_t kFullBucket = 64;
inline constexpr size_t kMostLeaders = 64;
inline constexpr size_t kMostPairsWithLeaders = 4;

// Two documents, a < b, that may be alike.
struct CandidatePair {
  uint32_t a = 0;
  uint32_t b = 0;
  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};

// The sketches to compare. No sketch in it is of the empty set.
struct SketchTable {
  std::span<const uint32_t> slots;      // of document d: from d * size
  size_t size = 0;                      // slots a sketch
  std::span<const uint32_t> documents;  // that take part, ascending
  Roles roles = {};  // by document; pairs that they do not compare are none

  std::span<const uint32_t> of(uint32_t document) const {
    return slots.subspan(size_t{document} * size, size);
  }
};

struct CandidateList {
  std::vector<CandidatePair> pairs;  // ascending, distinct
  uint64_t overfull_buckets = 0;     // rule 2
  uint64_t led_buckets = 0;          // rule 3
  std::vector<uint32_t> capped;      // documents, ascending; see above
};

// The documents of `pairs`, ascending and distinct.
std::vector<uint32_t> DocumentsOf(std::span<const CandidatePair> pairs);

// `seed` chooses the keys of the buckets. `stop` ends the search early with
// an incomplete list.
CandidateList FindCandidates(const SketchTable& sketches, const BandPlan& plan,
                             uint64_t seed, ThreadPool* pool,
                             std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_CANDIDATES_H_
