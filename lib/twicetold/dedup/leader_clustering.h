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
#include "twicetold/dedup/document_row.h"
#include "twicetold/dedup/shingle_sets.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle_table.h"

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
  // All have to outlive it.
  LeaderClustering(const ShingleSets& sets, const Preference& preference,
                   double min_jaccard)
      : sets_(sets), preference_(preference), min_jaccard_(min_jaccard) {}

  // Decides one component, whose pairs are ascending. With `pool`, which may
  // be null, the documents of one leader are compared by many threads.
  absl::Status Decide(std::span<const ComponentPair> pairs, ThreadPool* pool);

  // What the last component gave: documents removed, in no order, and how many
  // pairs were compared exactly.
  const std::vector<RemovedRow>& removed() const { return removed_; }
  uint64_t compared() const { return compared_; }

 private:
  struct Scratch {
    std::vector<uint64_t> buffer;
    absl::Status status;
  };

  void Index(std::span<const ComponentPair> pairs);
  absl::Status Lead(uint32_t leader, ThreadPool* pool);
  void Compare(uint32_t leader_size, std::span<const uint32_t> followers,
               size_t first, Scratch* scratch);

  const ShingleSets& sets_;
  const Preference& preference_;
  const double min_jaccard_;

  std::vector<uint32_t> documents_;  // of the component, in preference order
  std::vector<uint32_t> starts_;     // into followers_, by place in documents_
  std::vector<uint32_t> followers_;  // places
  // Of pairs, as places; and where the next follower of each place goes.
  std::vector<std::pair<uint32_t, uint32_t>> placed_;
  std::vector<uint32_t> next_;
  std::vector<RemovedRow> best_;  // by place; kept == document: none
  ShingleTable table_;
  std::vector<uint64_t> leader_buffer_;
  std::vector<uint32_t> shared_;  // of each follower; kNotCompared
  std::vector<Scratch> scratch_;
  std::vector<RemovedRow> removed_;
  uint64_t compared_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_LEADER_CLUSTERING_H_
