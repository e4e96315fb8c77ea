// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/cluster.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "twicetold/base/union_find.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

bool Contains(std::span<const CandidatePair> sorted, CandidatePair pair) {
  return std::binary_search(sorted.begin(), sorted.end(), pair);
}

}  // namespace

std::vector<Cluster> ConnectedComponents(std::span<const CandidatePair> pairs,
                                         size_t document_count) {
  UnionFind sets(document_count);
  for (const CandidatePair& pair : pairs) sets.Union(pair.a, pair.b);
  const std::vector<uint32_t> joined = DocumentsOf(pairs);

  // The least member, which comes first, has the number of its cluster.
  std::vector<Cluster> clusters;
  std::vector<uint32_t> cluster_of(document_count);
  for (uint32_t document : joined) {
    const uint32_t least = sets.Find(document);
    if (least == document) {
      cluster_of[least] = static_cast<uint32_t>(clusters.size());
      clusters.push_back({.members = {}, .representative = least});
    }
    clusters[cluster_of[least]].members.push_back(document);
  }
  return clusters;
}

std::vector<CandidatePair> PairsLeft(const Cluster& cluster,
                                     std::span<const CandidatePair> known,
                                     const SketchTable& sketches,
                                     size_t least_equal_slots) {
  std::vector<CandidatePair> left;
  const std::vector<uint32_t>& members = cluster.members;
  const size_t centres = cluster.all_pairs ? members.size() : size_t{1};
  for (size_t i = 0; i < centres; ++i) {
    for (size_t j = i + 1; j < members.size(); ++j) {
      const CandidatePair pair = {members[i], members[j]};
      // The representative is the least member: its pairs are all wanted.
      const bool wanted =
          i == 0 || (AreCompared(sketches.roles, pair.a, pair.b) &&
                     EqualSlots(sketches.of(pair.a), sketches.of(pair.b)) >=
                         least_equal_slots);
      if (wanted && !Contains(known, pair)) left.push_back(pair);
    }
  }
  return left;
}

std::vector<Match> SpanningMatches(const Cluster& cluster,
                                   std::span<const Match> matches) {
  absl::flat_hash_map<uint32_t, std::vector<size_t>> matches_of;
  for (size_t i = 0; i < matches.size(); ++i) {
    matches_of[matches[i].a].push_back(i);
    matches_of[matches[i].b].push_back(i);
  }
  std::vector<Match> spanning;
  std::vector<uint32_t> reached = {cluster.representative};
  absl::flat_hash_map<uint32_t, bool> seen = {{cluster.representative, true}};
  for (size_t next = 0; next < reached.size(); ++next) {
    const uint32_t from = reached[next];
    for (size_t i : matches_of[from]) {
      const Match& match = matches[i];
      const uint32_t to = match.a == from ? match.b : match.a;
      if (!seen.try_emplace(to, true).second) continue;
      reached.push_back(to);
      spanning.push_back(match);
    }
  }
  std::sort(spanning.begin(), spanning.end(), ByDocuments);
  return spanning;
}

}  // namespace twicetold
