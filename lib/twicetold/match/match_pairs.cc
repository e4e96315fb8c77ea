// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/match_pairs.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "twicetold/base/union_find.h"
#include "twicetold/match/set_arena.h"

namespace twicetold {
namespace {

// Pairs verified as one piece of work.
constexpr size_t kPairGrain = 64;

// Matches of a cluster that is completed by one worker, at most, and how many
// of these are one piece of work.
constexpr size_t kSmallCluster = 64;
constexpr size_t kClusterGrain = 8;

// Documents loaded as one piece of work: few, since one may be large.
constexpr size_t kLoadGrain = 4;

// Matches that there is room made for.
constexpr size_t kMostRoom = size_t{1} << 22;

// The number of no document.
constexpr uint32_t kNoDocument = std::numeric_limits<uint32_t>::max();

// A connected component of the candidate pairs.
struct Component {
  size_t end;         // of its pairs
  uint64_t shingles;  // of its documents, at most
};

// Sorts `*pairs` so that those of a connected component stand together,
// ascending, components in the order of their least documents. They come
// ascending as a rule, and then the cost is linear.
std::vector<Component> GroupByComponent(const MatchRequest& request,
                                        std::vector<CandidatePair>* pairs) {
  if (!std::is_sorted(pairs->begin(), pairs->end())) {
    std::sort(pairs->begin(), pairs->end());
  }
  uint32_t last = 0;
  for (const CandidatePair& pair : *pairs) last = std::max(last, pair.b);
  UnionFind sets(size_t{last} + 1);
  for (const CandidatePair& pair : *pairs) sets.Union(pair.a, pair.b);
  // By least document: how many pairs there are, then where the next one goes.
  std::vector<size_t> next(size_t{last} + 1);
  for (const CandidatePair& pair : *pairs) ++next[sets.Find(pair.a)];
  std::vector<uint64_t> shingles(next.size());
  for (const uint32_t document : DocumentsOf(*pairs)) {
    shingles[sets.Find(document)] += request.most_shingles(document);
  }
  std::vector<Component> components;
  size_t begin = 0;
  for (size_t least = 0; least < next.size(); ++least) {
    const size_t end = begin + next[least];
    if (end > begin) components.push_back({end, shingles[least]});
    next[least] = std::exchange(begin, end);
  }
  std::vector<CandidatePair> grouped(pairs->size());
  for (const CandidatePair& pair : *pairs) {
    grouped[next[sets.Find(pair.a)]++] = pair;
  }
  *pairs = std::move(grouped);
  return components;
}

// Whole components whose documents are held in memory together.
class Batch {
 public:
  Batch(std::span<const CandidatePair> pairs, const MatchRequest& request,
        ThreadPool* pool, std::stop_token stop, SetMemory* memory)
      : request_(request),
        pool_(pool),
        stop_(std::move(stop)),
        documents_(DocumentsOf(pairs)),
        pairs_(pairs),
        memory_(memory),
        workers_(static_cast<size_t>(pool->size())) {
    memory_->Clear(workers_.size());
    MakePlaces();
  }

  void Run(MatchedPairs* all) {
    LoadSets();
    all->verified += pairs_.size();
    std::vector<Match> matches = Verify(pairs_, kNoDocument);
    std::vector<Cluster> clusters = ClustersOf(matches);
    const std::vector<size_t> starts = GroupByCluster(clusters, &matches);
    std::vector<Completed> completed(clusters.size());
    const auto complete = [&](size_t i, const VerifyPairs& verify) {
      const std::span<const Match> found = matches;
      completed[i] =
          Complete(std::move(clusters[i]),
                   found.subspan(starts[i], starts[i + 1] - starts[i]), verify);
    };
    // Small clusters are a worker's work each; a large one is shared out.
    const auto is_small = [&](size_t i) {
      return starts[i + 1] - starts[i] <= kSmallCluster;
    };
    std::vector<size_t> large;
    for (size_t i = 0; i < clusters.size(); ++i) {
      if (!is_small(i)) large.push_back(i);
    }
    pool_->For(
        clusters.size(), kClusterGrain,
        [&](size_t begin, size_t end, int number) {
          for (size_t i = begin; i < end; ++i) {
            if (!is_small(i)) continue;
            complete(i, [&](std::span<const CandidatePair> pairs,
                            uint32_t representative) {
              return VerifyAlone(pairs, representative, number);
            });
          }
        },
        stop_);
    for (const size_t i : large) {
      complete(i, [&](std::span<const CandidatePair> pairs,
                      uint32_t representative) {
        return Verify(pairs, representative);
      });
    }
    for (Completed& one : completed) one.AddTo(all);
  }

 private:
  using VerifyPairs = std::function<std::vector<Match>(
      std::span<const CandidatePair> pairs, uint32_t representative)>;

  // A cluster with all that is reported of it.
  struct Completed {
    Cluster cluster;
    std::vector<Match> matches = {};
    uint64_t verified = 0;  // pairs that were left

    void AddTo(MatchedPairs* all) {
      all->verified += verified;
      all->matches.insert(all->matches.end(), matches.begin(), matches.end());
      all->clusters.push_back(std::move(cluster));
    }
  };

  bool IsMatch(const Match& match) const {
    return match.overlap.jaccard() >= request_.min_jaccard;
  }

  bool MayCompareAll(const Cluster& cluster) const {
    uint64_t shingles = 0;
    for (uint32_t member : cluster.members) shingles += SetOf(member).size();
    return cluster.members.size() <= kAllPairsMembers &&
           cluster.members.size() * shingles <= kAllPairsWork;
  }

  // The position of a document in documents_. What a batch costs must depend on
  // its own documents, not on how many there are in all.
  uint32_t PlaceOf(uint32_t document) const {
    size_t at = FirstSlot(document);
    while (documents_[slots_[at]] != document) at = (at + 1) & SlotMask();
    return slots_[at];
  }

  size_t SlotMask() const { return slots_.size() - 1; }
  size_t FirstSlot(uint32_t document) const {
    // Neighbours go to different lines of the cache, and all else evenly.
    return (document * size_t{0x9e3779b1}) & SlotMask();
  }

  void MakePlaces() {
    slots_.assign(std::bit_ceil(2 * documents_.size() + 1), kNoDocument);
    for (uint32_t place = 0; place < documents_.size(); ++place) {
      size_t at = FirstSlot(documents_[place]);
      while (slots_[at] != kNoDocument) at = (at + 1) & SlotMask();
      slots_[at] = place;
    }
  }

  std::span<const uint64_t> SetOf(uint32_t document) const {
    return sets_[PlaceOf(document)];
  }

  void LoadSets() {
    sets_.resize(documents_.size());
    pool_->For(
        documents_.size(), kLoadGrain,
        [&](size_t begin, size_t end, int number) {
          const size_t n = static_cast<size_t>(number);
          for (size_t i = begin; i < end; ++i) {
            if (!request_.load(documents_[i], number, &workers_[n].loaded)) {
              continue;
            }
            sets_[i] = memory_->parts[n].Keep(&workers_[n].loaded);
          }
        },
        stop_);
  }

  // What a worker verifies with.
  struct Worker {
    uint32_t holds = kNoDocument;  // the document that comparer has taken
    SetComparer comparer = {};
    LongSetComparer parts = {};
    ShingleSet loaded = {};
    std::vector<Match> kept = {};
  };

  // Compares pairs, of which those with one document a follow each other, and
  // keeps the matches; of the pairs in which `representative` is a, all. Sizes
  // that rule a match out save comparing.
  void VerifyBy(std::span<const CandidatePair> pairs, uint32_t representative,
                Worker* worker) const {
    for (const CandidatePair& pair : pairs) {
      const std::span<const uint64_t> a = SetOf(pair.a);
      const std::span<const uint64_t> b = SetOf(pair.b);
      const bool wanted = pair.a == representative;
      if (!wanted && !SizesAllow(a.size(), b.size(), request_.min_jaccard)) {
        continue;
      }
      const double least = wanted ? 0 : request_.min_jaccard;
      std::optional<Overlap> overlap;
      if (worker->parts.MayCompare(a, b)) {
        overlap = worker->parts.CompareAbove(a, b, least);
      } else {
        if (worker->holds != pair.a) {
          worker->holds = pair.a;
          worker->comparer.Take(a);
        }
        overlap = worker->comparer.CompareAbove(b, least);
      }
      if (!overlap) continue;
      worker->kept.push_back({.a = pair.a,
                              .b = pair.b,
                              .relation = Relation::kNearDuplicate,
                              .overlap = *overlap});
    }
  }

  // The same by one worker.
  std::vector<Match> VerifyAlone(std::span<const CandidatePair> pairs,
                                 uint32_t representative, int number) {
    Worker& worker = workers_[static_cast<size_t>(number)];
    VerifyBy(pairs, representative, &worker);
    return std::exchange(worker.kept, {});
  }

  // The same by all of them; the matches ascend.
  std::vector<Match> Verify(std::span<const CandidatePair> pairs,
                            uint32_t representative) {
    pool_->For(
        pairs.size(), kPairGrain,
        [&](size_t begin, size_t end, int number) {
          VerifyBy(pairs.subspan(begin, end - begin), representative,
                   &workers_[static_cast<size_t>(number)]);
        },
        stop_);
    std::vector<Match> all;
    for (Worker& worker : workers_) {
      all.insert(all.end(), worker.kept.begin(), worker.kept.end());
      worker.kept.clear();
    }
    std::sort(all.begin(), all.end(), ByDocuments);
    return all;
  }

  static std::vector<CandidatePair> EdgesOf(std::span<const Match> matches) {
    std::vector<CandidatePair> edges;
    edges.reserve(matches.size());
    for (const Match& match : matches) edges.push_back({match.a, match.b});
    return edges;
  }

  std::vector<Cluster> ClustersOf(std::span<const Match> matches) const {
    std::vector<CandidatePair> edges;
    edges.reserve(matches.size());
    for (const Match& match : matches) {
      edges.push_back({PlaceOf(match.a), PlaceOf(match.b)});
    }
    std::vector<Cluster> clusters =
        ConnectedComponents(edges, documents_.size());
    for (Cluster& cluster : clusters) {
      for (uint32_t& member : cluster.members) member = documents_[member];
      cluster.representative = documents_[cluster.representative];
    }
    return clusters;
  }

  // Puts matches in the order of the clusters, those of each in the order that
  // they were in: ascending. Gives where those of each begin, and the last end.
  std::vector<size_t> GroupByCluster(std::span<const Cluster> clusters,
                                     std::vector<Match>* matches) const {
    std::vector<uint32_t> cluster_of(documents_.size());
    for (uint32_t i = 0; i < clusters.size(); ++i) {
      for (uint32_t member : clusters[i].members) {
        cluster_of[PlaceOf(member)] = i;
      }
    }
    std::vector<size_t> next(clusters.size() + 1);  // place of the next match
    for (const Match& match : *matches)
      ++next[cluster_of[PlaceOf(match.a)] + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<size_t> starts = next;
    std::vector<Match> grouped(matches->size());
    for (const Match& match : *matches) {
      grouped[next[cluster_of[PlaceOf(match.a)]]++] = match;
    }
    *matches = std::move(grouped);
    return starts;
  }

  // Compares what the cluster has left besides `found`, its matches so far.
  Completed Complete(Cluster cluster, std::span<const Match> found,
                     const VerifyPairs& verify) const {
    cluster.all_pairs = MayCompareAll(cluster);
    const std::vector<CandidatePair> left = PairsLeft(
        cluster, EdgesOf(found), request_.sketches, request_.least_equal_slots);
    std::vector<Match> matches = verify(left, cluster.representative);
    matches.insert(matches.end(), found.begin(), found.end());
    for (const Match& match : matches) {
      if (match.a != cluster.representative) continue;
      cluster.min_jaccard =
          std::min(cluster.min_jaccard, match.overlap.jaccard());
    }
    std::erase_if(matches, [this](const Match& m) {
      return !IsMatch(m) || !AreCompared(request_.sketches.roles, m.a, m.b);
    });
    std::sort(matches.begin(), matches.end(), ByDocuments);
    if (!cluster.all_pairs) matches = SpanningMatches(cluster, matches);
    return {.cluster = std::move(cluster),
            .matches = std::move(matches),
            .verified = left.size()};
  }

  const MatchRequest& request_;
  ThreadPool* const pool_;
  const std::stop_token stop_;
  const std::vector<uint32_t> documents_;
  const std::span<const CandidatePair> pairs_;
  std::vector<uint32_t> slots_;  // places, by document; open addressing
  SetMemory* const memory_;
  std::vector<std::span<const uint64_t>> sets_;  // of documents_
  std::vector<Worker> workers_;
};

}  // namespace

MatchedPairs MatchPairs(std::vector<CandidatePair> candidates,
                        const MatchRequest& request, ThreadPool* pool,
                        std::stop_token stop) {
  MatchedPairs all;
  SetMemory memory;
  const std::vector<Component> components =
      GroupByComponent(request, &candidates);
  // Room for what comes as a rule: a list that grows touches more memory.
  all.matches.reserve(std::min(candidates.size(), kMostRoom));
  const std::span<const CandidatePair> pairs = candidates;
  size_t batch_begin = 0;
  size_t begin = 0;
  uint64_t shingles = 0;
  const auto run = [&](size_t end) {
    if (batch_begin == end || stop.stop_requested()) return;
    Batch(pairs.subspan(batch_begin, end - batch_begin), request, pool, stop,
          &memory)
        .Run(&all);
    batch_begin = end;
    shingles = 0;
  };
  for (const Component& component : components) {
    if (shingles + component.shingles > request.batch_shingles) run(begin);
    shingles += component.shingles;
    begin = component.end;
  }
  run(begin);
  std::sort(all.matches.begin(), all.matches.end(), ByDocuments);
  return all;
}

}  // namespace twicetold
