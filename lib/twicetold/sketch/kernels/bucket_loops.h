// SPDX-License-Identifier: Apache-2.0
//
// The loops over shingle tables that all kernels share. Kernels differ in how
// they see whether a bucket has a key: `has(bucket, key)`.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_SKETCH_KERNELS_BUCKET_LOOPS_H_
#define TWICETOLD_SKETCH_KERNELS_BUCKET_LOOPS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/always_inline.h"
#include "twicetold/sketch/kernels/kernels.h"

namespace twicetold {

// SketchKernels::enter_new.
template <typename HasKey>
TWICETOLD_ALWAYS_INLINE size_t EnterNewBy(HasKey has, ShingleBucket* buckets,
                                          int shift, uint64_t first,
                                          std::span<uint64_t> list,
                                          std::vector<uint64_t>* spilled) {
  size_t kept = 0;
  for (uint64_t key : list) {
    ShingleBucket* bucket = buckets + ((key >> shift) - first);
    const bool is_new = !has(*bucket, key);
    if (bucket->size == ShingleBucket::kMostKeys) [[unlikely]] {
      if (is_new) spilled->push_back(key);
      continue;
    }
    // If it is not new, it now stands there twice until the next is written.
    bucket->keys[bucket->size] = key;
    bucket->size += is_new ? 1 : 0;
    list[kept] = key;
    kept += is_new ? 1 : 0;
  }
  return kept;
}

// SketchKernels::count_present.
template <typename HasKey>
TWICETOLD_ALWAYS_INLINE size_t CountPresentBy(HasKey has,
                                              const ShingleBucket* buckets,
                                              int shift,
                                              std::span<const uint64_t> spilled,
                                              std::span<const uint64_t> set) {
  size_t present = 0;
  for (uint64_t key : set) {
    const ShingleBucket& bucket = buckets[key >> shift];
    const bool found = has(bucket, key);
    present += found ? 1 : 0;
    // No branch for either, but one for both, which is rare.
    const bool is_full = bucket.size == ShingleBucket::kMostKeys;
    if (!found & is_full) [[unlikely]] {
      present +=
          std::binary_search(spilled.begin(), spilled.end(), key) ? 1 : 0;
    }
  }
  return present;
}

// SketchKernels::mark_present.
template <typename HasKey>
TWICETOLD_ALWAYS_INLINE void MarkPresentBy(HasKey has,
                                           const ShingleBucket* buckets,
                                           int shift,
                                           std::span<const uint64_t> spilled,
                                           std::span<const uint64_t> list,
                                           uint8_t* present) {
  // Numbers in the order of a text stand anywhere: they are asked for ahead.
  constexpr size_t kAhead = 32;
  for (size_t i = 0; i < list.size(); ++i) {
    __builtin_prefetch(buckets +
                       (list[std::min(i + kAhead, list.size() - 1)] >> shift));
    const ShingleBucket& bucket = buckets[list[i] >> shift];
    const bool found = has(bucket, list[i]);
    present[i] = found ? 1 : 0;
    const bool is_full = bucket.size == ShingleBucket::kMostKeys;
    if (!found & is_full) [[unlikely]] {
      present[i] =
          std::binary_search(spilled.begin(), spilled.end(), list[i]) ? 1 : 0;
    }
  }
}

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_KERNELS_BUCKET_LOOPS_H_
