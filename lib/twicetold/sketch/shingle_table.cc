// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

constexpr size_t kKeysABucket = 3;
constexpr size_t kLeastBuckets = 8;

}  // namespace

void ShingleTable::Clear(size_t entries) {
  const size_t count =
      std::bit_ceil(std::max(kLeastBuckets, entries / kKeysABucket));
  shift_ = 64 - std::countr_zero(count);
  if (buckets_.size() < count) buckets_.resize(count);
  static_assert(std::is_trivially_copyable_v<ShingleBucket>);
  std::memset(buckets_.data(), 0, count * sizeof(ShingleBucket));
  // Nought belongs in the first bucket, and its opposite does not.
  std::fill_n(buckets_[0].keys, ShingleBucket::kMostKeys, ~uint64_t{0});
  spilled_.clear();
}

void ShingleTable::MakeDistinct(ShingleList* list) {
  Clear(list->size());
  const size_t kept =
      kernels_->enter_new(buckets_.data(), shift_, *list, &spilled_);
  list->resize(kept);
  SortDistinct(&spilled_);
  list->insert(list->end(), spilled_.begin(), spilled_.end());
}

void ShingleTable::Build(std::span<const uint64_t> set) {
  Clear(set.size());
  for (uint64_t key : set) {
    ShingleBucket& bucket = buckets_[key >> shift_];
    if (bucket.size == ShingleBucket::kMostKeys) {
      spilled_.push_back(key);
    } else {
      bucket.keys[bucket.size++] = key;
    }
  }
  std::sort(spilled_.begin(), spilled_.end());
}

size_t ShingleTable::CountPresent(std::span<const uint64_t> set) const {
  if (buckets_.empty()) return 0;
  return kernels_->count_present(buckets_.data(), shift_, spilled_, set);
}

}  // namespace twicetold
