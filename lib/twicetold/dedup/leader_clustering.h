// SPDX-License-Identifier: Apache-2.0
//
// Which documents of a component of candidate pairs are kept, by leader
// clustering (Hartigan, "Clustering algorithms", 1975, chapter 3): in the order
// of preference, a document is kept unless one that is kept already matches
// it. So each that is removed was compared exactly with the very document that
// is kept for it, and nothing is removed for being like something that is like
// a kept one.
//
// Of the kept documents that match, the one of the highest Jaccard similarity
// is named, of equals the one with the least number.
//
// Cost: one comparison for each pair whose first document is kept. Thread
// safety: one object a thread.
#ifndef TWICETOLD_DEDUP_LEADER_CLUSTERING_H_
#define TWICETOLD_DEDUP_LEADER_CLUSTERING_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/base/parallel.h"
#include "twicetold/dedup/candidate_stage.h"
#include "twicetold/dedup/component_sets.h"
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/shingle_sets.h"
#include "twicetold/match/verify.h"

namespace twicetold {

// A document that is removed, and what is kept for it. a is the removed one.
struct RemovedRow {
  uint32_t document = 0;
  uint32_t kept = 0;
  uint32_t shared = 0;  // distinct shingles
  uint32_t shingles = 0;
  uint32_t shingles_of_kept = 0;

  Overlap overlap() const {
    return {.shared = shared,
            .shingles_a = shingles,
            .shingles_b = shingles_of_kept};
  }
  // A document is removed once.
  friend bool operator<(const RemovedRow& x, const RemovedRow& y) {
    return x.document < y.document;
  }
  friend bool operator==(const RemovedRow& x, const RemovedRow& y) {
    return x.document == y.document;
  }
};

class LeaderClustering {
 public:
  // All have to outlive it. `memory`: bytes that the sets of a component may
  // take.
  LeaderClustering(const ShingleSets& sets, const Preference& preference,
                   double min_jaccard, uint64_t memory)
      : sets_(sets, preference.words, memory),
        preference_(preference),
        min_jaccard_(min_jaccard) {}

  // Decides one component, whose pairs are ascending. With `pool`, which may
  // be null, the documents of one leader are compared by many threads.
  absl::Status Decide(std::span<const ComponentPair> pairs, ThreadPool* pool);

  // What the last component gave: documents removed, in no order, and how many
  // pairs were compared exactly.
  const std::vector<RemovedRow>& removed() const { return removed_; }
  uint64_t compared() const { return compared_; }

 private:
  // Of a follower with the leader at hand.
  struct Comparison {
    bool is_done = false;  // not where the sizes tell
    uint32_t shared = 0;   // 0 as well if the two are not alike enough
    uint32_t shingles = 0;
  };

  void Index(std::span<const ComponentPair> pairs);
  absl::Status Lead(uint32_t leader, ThreadPool* pool);
  absl::Status CompareAll(uint32_t leader_size,
                          std::span<const uint32_t> followers,
                          ThreadPool* pool);
  absl::Status Compare(uint32_t leader_size,
                       std::span<const uint32_t> followers,
                       std::span<Comparison> comparisons, int worker);

  ComponentSets sets_;  // by place
  const Preference& preference_;
  const double min_jaccard_;

  std::vector<uint32_t> documents_;  // of the component, in preference order
  std::vector<uint32_t> starts_;     // into followers_, by place in documents_
  std::vector<uint32_t> followers_;  // places
  // Of pairs, as places; and where the next follower of each place goes.
  std::vector<std::pair<uint32_t, uint32_t>> placed_;
  std::vector<uint32_t> next_;
  std::vector<RemovedRow> best_;  // by place; kept == document: none
  SetComparer leader_set_;
  std::vector<Comparison> comparisons_;  // of each follower
  std::vector<RemovedRow> removed_;
  uint64_t compared_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_LEADER_CLUSTERING_H_
