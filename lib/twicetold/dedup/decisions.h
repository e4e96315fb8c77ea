// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each document: kept, or removed for the sake of one that is
// kept.
//
// Memory: 4 bytes a number, and 4 a cluster. Thread safety: immutable once
// made.
#ifndef TWICETOLD_DEDUP_DECISIONS_H_
#define TWICETOLD_DEDUP_DECISIONS_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/corpus/role.h"
#include "twicetold/dedup/leader_clustering.h"
#include "twicetold/dedup/same_stage.h"
#include "twicetold/match/verify.h"

namespace twicetold {

struct Removal {
  uint32_t kept = 0;
  Relation relation = Relation::kNearDuplicate;
  Overlap overlap = {};  // a is the removed one; all 0 unless near_duplicate

  double jaccard() const {
    return relation == Relation::kNearDuplicate ? overlap.jaccard() : 1;
  }
  double containment_of_removed_in_kept() const {
    return relation == Relation::kNearDuplicate
               ? overlap.containment_of_a_in_b()
               : 1;
  }
  double containment_of_kept_in_removed() const {
    return relation == Relation::kNearDuplicate
               ? overlap.containment_of_b_in_a()
               : 1;
  }
};

class Decisions {
 public:
  // `removed` is ascending and of documents that no other stands in for. All
  // have to outlive this.
  Decisions(const SameInput& same, std::span<const RemovedRow> removed,
            Roles roles);

  bool IsRemoved(uint64_t document) const {
    return document < kept_for_.size() &&
           kept_for_[document] != static_cast<uint32_t>(document);
  }
  // Of a removed document.
  Removal RemovalOf(uint32_t document) const;

  // The documents for which others are removed, ascending; a cluster is known
  // by its place in them.
  std::span<const uint32_t> leaders() const { return leaders_; }
  // The cluster of a document; -1 if it is in none.
  int64_t ClusterOf(uint64_t document) const;

  uint64_t removed() const { return removed_count_; }
  // By relation: identical, same_text, near_duplicate.
  std::array<uint64_t, 3> removed_by_relation() const { return by_relation_; }

 private:
  const RemovedRow* RowOf(uint32_t document) const;

  const SameInput& same_;
  std::span<const RemovedRow> rows_;
  std::vector<uint32_t> kept_for_;  // by number; itself: it is kept
  std::vector<uint32_t> leaders_;
  uint64_t removed_count_ = 0;
  std::array<uint64_t, 3> by_relation_ = {};
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DECISIONS_H_
