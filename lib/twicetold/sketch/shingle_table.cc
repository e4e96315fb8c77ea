// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

constexpr size_t kKeysABucket = 3;
// Of a table that is larger than a cache, since memory is what it costs.
constexpr size_t kKeysABucketOfMany = 4;
constexpr size_t kLeastBuckets = 8;

// From so many on a list is long: the table of it would outgrow a cache of 1
// MiB. And how many go into a part of it.
constexpr size_t kLong = size_t{1} << 15;
constexpr size_t kKeysAPart = size_t{1} << 13;

size_t BucketsFor(size_t entries, size_t keys_a_bucket) {
  return std::bit_ceil(std::max(kLeastBuckets, entries / keys_a_bucket));
}

// Sorts keys by their bits above `shift`, in place: memory that is taken for
// the first time costs more than to exchange them. Gives the ends of the parts.
std::vector<size_t> SortIntoParts(size_t parts, int shift,
                                  std::span<uint64_t> keys) {
  std::vector<size_t> ends(parts);
  for (const uint64_t key : keys) ++ends[key >> shift];
  std::vector<size_t> next(parts);  // place of each part
  size_t end = 0;
  for (size_t i = 0; i < parts; ++i) {
    next[i] = end;
    end += ends[i];
    ends[i] = end;
  }
  for (size_t i = 0; i < parts; ++i) {
    while (next[i] < ends[i]) {
      // Puts keys where they belong until one belongs here.
      uint64_t key = keys[next[i]];
      for (size_t part = key >> shift; part != i; part = key >> shift) {
        std::swap(key, keys[next[part]++]);
      }
      keys[next[i]++] = key;
    }
  }
  return ends;
}

}  // namespace

// Makes so many buckets empty, a power of 2.
void ShingleTable::Clear(size_t count) {
  shift_ = 64 - std::countr_zero(count);
  if (buckets_.size() < count) {
    buckets_.clear();
    buckets_.resize(count);
  } else {
    static_assert(std::is_trivially_copyable_v<ShingleBucket>);
    std::memset(buckets_.data(), 0, count * sizeof(ShingleBucket));
  }
  // Nought belongs in the first bucket, and its opposite does not.
  std::fill_n(buckets_[0].keys, ShingleBucket::kMostKeys, ~uint64_t{0});
  spilled_.clear();
}

void ShingleTable::MakeDistinct(ShingleList* list) {
  if (list->size() > kLong) return MakeLongDistinct(list);
  Clear(BucketsFor(list->size(), kKeysABucket));
  const size_t kept = kernels_->enter_new(buckets_.data(), shift_, /*first=*/0,
                                          *list, &spilled_);
  list->resize(kept);
  SortDistinct(&spilled_);
  list->insert(list->end(), spilled_.begin(), spilled_.end());
}

void ShingleTable::MakeLongDistinct(ShingleList* list) {
  const size_t parts = std::bit_ceil(list->size() / kKeysAPart);
  const int part_bits = std::countr_zero(parts);
  const std::vector<size_t> ends = SortIntoParts(parts, 64 - part_bits, *list);
  size_t begin = 0;
  auto to = list->begin();
  for (size_t i = 0; i < parts; ++i) {
    const auto part = std::span(*list).subspan(begin, ends[i] - begin);
    begin = ends[i];
    Clear(BucketsFor(part.size(), kKeysABucket));
    // All keys of the part have its number for their top bits.
    const uint64_t first = i << (64 - shift_);
    const size_t kept = kernels_->enter_new(buckets_.data(), shift_ - part_bits,
                                            first, part, &spilled_);
    SortDistinct(&spilled_);
    // There is room: what is distinct is no more than the part held.
    to = std::copy_n(part.begin(), kept, to);
    to = std::copy(spilled_.begin(), spilled_.end(), to);
  }
  list->erase(to, list->end());
}

void ShingleTable::Build(std::span<const uint64_t> set) {
  Clear(BucketsFor(set.size(),
                   set.size() > kLong ? kKeysABucketOfMany : kKeysABucket));
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

void ShingleTable::MarkPresent(std::span<const uint64_t> list,
                               std::vector<uint8_t>* present) const {
  present->assign(list.size(), 0);
  if (buckets_.empty() || list.empty()) return;
  kernels_->mark_present(buckets_.data(), shift_, spilled_, list,
                         present->data());
}

}  // namespace twicetold
