// SPDX-License-Identifier: Apache-2.0
//
// From matches to clusters: documents joined, directly or through others, by
// verified matches.
//
// Thread safety: plain values and free functions.
#ifndef TWICETOLD_MATCH_CLUSTER_H_
#define TWICETOLD_MATCH_CLUSTER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/match/candidates.h"
#include "twicetold/match/verify.h"

namespace twicetold {

// Up to this many members, and up to this many shingles to look at, all pairs
// of a cluster are compared and reported; above it, only those against the
// representative. The work is members x the shingles of all members; the bound
// stands for some ten seconds.
inline constexpr size_t kAllPairsMembers = 1000;
inline constexpr uint64_t kAllPairsWork = uint64_t{1} << 33;

struct Cluster {
  std::vector<uint32_t> members;  // ascending
  uint32_t representative = 0;    // the least member
  double min_jaccard = 1;         // over members against the representative
  // True if every pair of members of different texts at or above the threshold
  // is a match of the result (but for a share of kScreenMiss, band_plan.h);
  // false if only one match a member is, the one with the representative or
  // else the one that ties the member to the cluster. Documents that are the
  // same are one match each either way (same.h), and do not count towards
  // kAllPairsMembers.
  bool all_pairs = true;
};

// The connected components of two or more documents, in the order of their
// least members. `pairs` join documents below `document_count`; only members
// and representative are set.
std::vector<Cluster> ConnectedComponents(std::span<const CandidatePair> pairs,
                                         size_t document_count);

// The pairs that are left to compare in a cluster whose matches are `known`
// (ascending): each member with the representative, and, if all pairs are
// wanted of it, those whose sketches agree in `least_equal_slots`. Ascending.
// Cost: O(members^2) sketch comparisons, at most kAllPairsMembers / 2 a member.
std::vector<CandidatePair> PairsLeft(const Cluster& cluster,
                                     std::span<const CandidatePair> known,
                                     const SketchTable& sketches,
                                     size_t least_equal_slots);

// What is reported of a cluster that does not have all its pairs: for each
// member but the representative the match that comes first on the way from the
// representative, breadth first. `matches` are the cluster's, ascending.
std::vector<Match> SpanningMatches(const Cluster& cluster,
                                   std::span<const Match> matches);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_CLUSTER_H_
