// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/join_same.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

// Documents counted as one piece of work: few, since one may have to be read.
constexpr size_t kCountGrain = 8;

// The shingles of each class, by position in `firsts`; 0 if it cannot be read
// any more.
std::vector<uint64_t> CountAll(const std::vector<uint32_t>& firsts,
                               const CountShingles& count, ThreadPool* pool,
                               std::stop_token stop) {
  std::vector<uint64_t> counts(firsts.size());
  pool->For(
      firsts.size(), kCountGrain,
      [&](size_t begin, size_t end, int worker) {
        for (size_t i = begin; i < end; ++i)
          counts[i] = count(firsts[i], worker);
      },
      std::move(stop));
  return counts;
}

void AddMatches(const SameDocuments& same, const CountShingles& count,
                ThreadPool* pool, std::stop_token stop, MatchedPairs* found) {
  const std::vector<uint32_t> firsts = FirstsOf(same);
  const std::vector<uint64_t> counts =
      CountAll(firsts, count, pool, std::move(stop));
  const size_t verified = found->matches.size();
  for (const SamePair& pair : same.pairs) {
    const Match wanted = {.a = pair.a, .b = pair.b};
    const auto end = found->matches.begin() + static_cast<ptrdiff_t>(verified);
    const auto match =
        std::lower_bound(found->matches.begin(), end, wanted, ByDocuments);
    if (match != end && match->a == pair.a && match->b == pair.b) {
      match->relation = pair.relation;
      continue;
    }
    const auto at = std::lower_bound(firsts.begin(), firsts.end(), pair.a);
    const uint64_t size = counts[static_cast<size_t>(at - firsts.begin())];
    found->matches.push_back({.a = pair.a,
                              .b = pair.b,
                              .relation = pair.relation,
                              .overlap = {size, size, size}});
  }
  const auto added = found->matches.begin() + static_cast<ptrdiff_t>(verified);
  std::sort(added, found->matches.end(), ByDocuments);
  std::inplace_merge(found->matches.begin(), added, found->matches.end(),
                     ByDocuments);
}

}  // namespace

std::vector<uint32_t> FirstsOf(const SameDocuments& same) {
  std::vector<uint32_t> firsts;
  firsts.reserve(same.pairs.size());
  for (const SamePair& pair : same.pairs) firsts.push_back(pair.a);
  SortDistinct(&firsts);
  return firsts;
}

void JoinSame(const SameDocuments& same, size_t document_count,
              const CountShingles& count, ThreadPool* pool,
              std::stop_token stop, MatchedPairs* found) {
  std::vector<CandidatePair> edges;
  edges.reserve(found->matches.size() + same.pairs.size());
  absl::flat_hash_map<uint32_t, const Cluster*> near_cluster;
  near_cluster.reserve(found->clusters.size());
  for (const Cluster& cluster : found->clusters) {
    near_cluster[cluster.representative] = &cluster;
    for (uint32_t member : cluster.members) {
      if (member == cluster.representative) continue;
      edges.push_back({cluster.representative, member});
    }
  }
  for (const SamePair& pair : same.pairs) edges.push_back({pair.a, pair.b});
  // A document precedes those that are the same as it, so that the least
  // member of a cluster, and with it the representative, stays what it was.
  std::vector<Cluster> joined = ConnectedComponents(edges, document_count);
  for (Cluster& cluster : joined) {
    const auto near = near_cluster.find(cluster.representative);
    if (near == near_cluster.end()) continue;
    cluster.min_jaccard = near->second->min_jaccard;
    cluster.all_pairs = near->second->all_pairs;
  }
  found->clusters = std::move(joined);
  AddMatches(same, count, pool, std::move(stop), found);
}

}  // namespace twicetold
