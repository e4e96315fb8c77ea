// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/decisions.h"

#include <algorithm>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {

Decisions::Decisions(const SameInput& same, std::span<const RemovedRow> removed,
                     Roles roles)
    : same_(same), rows_(removed), kept_for_(same.stands_in.size()) {
  std::vector<uint32_t>& kept_for = kept_for_;
  for (uint32_t i = 0; i < kept_for.size(); ++i) kept_for[i] = i;
  for (const RemovedRow& row : rows_) kept_for[row.document] = row.kept;
  for (uint32_t i = 0; i < kept_for.size(); ++i) {
    const uint32_t other = same.stands_in[i];
    const bool is_reference = !roles.empty() && IsReference(roles[i]);
    if (other == i || is_reference) continue;
    if (kept_for[other] != other) {
      // What stands in for it is removed itself: both for the same one.
      kept_for[i] = kept_for[other];
    } else if (roles.empty() || IsReference(roles[other])) {
      kept_for[i] = other;
    }
  }
  for (uint32_t i = 0; i < kept_for.size(); ++i) {
    if (kept_for[i] == i) continue;
    ++removed_count_;
    ++by_relation_[static_cast<size_t>(RemovalOf(i).relation)];
    leaders_.push_back(kept_for[i]);
    if (leaders_.size() == leaders_.capacity()) SortDistinct(&leaders_);
  }
  SortDistinct(&leaders_);
}

const RemovedRow* Decisions::RowOf(uint32_t document) const {
  const auto at = std::lower_bound(rows_.begin(), rows_.end(),
                                   RemovedRow{.document = document});
  return at == rows_.end() || at->document != document ? nullptr : &*at;
}

Removal Decisions::RemovalOf(uint32_t document) const {
  // A copy of a near-duplicate is one, too, with the same shingles.
  if (const RemovedRow* row = RowOf(same_.stands_in[document])) {
    return {.kept = row->kept,
            .relation = Relation::kNearDuplicate,
            .overlap = row->overlap()};
  }
  return {.kept = kept_for_[document],
          .relation = same_.identical[document] ? Relation::kIdentical
                                                : Relation::kSameText};
}

int64_t Decisions::ClusterOf(uint64_t document) const {
  if (document >= kept_for_.size()) return -1;
  const uint32_t leader = kept_for_[document];
  const auto at = std::lower_bound(leaders_.begin(), leaders_.end(), leader);
  if (at == leaders_.end() || *at != leader) return -1;
  return at - leaders_.begin();
}

}  // namespace twicetold
