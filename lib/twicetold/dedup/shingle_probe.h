// SPDX-License-Identifier: Apache-2.0
//
// Sets of shingles without an order: made distinct by a small hash table, and
// compared by looking the shingles of one up in a table of the other. Where a
// document is compared with many, its table is made once; nothing is sorted.
//
// Guarantee: the counts are those of CompareSets (match/verify.h) on sorted
// sets.
// Cost: a few nanoseconds a shingle while the table is in the cache.
// Thread safety: one object a thread; they keep their memory between uses.
#ifndef TWICETOLD_DEDUP_SHINGLE_PROBE_H_
#define TWICETOLD_DEDUP_SHINGLE_PROBE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

// A table of 64-bit hashes. Shingles are mixed, so their low bits choose the
// slot; 0 marks a free one and is kept apart.
class ProbeTable {
 public:
  void Reset(size_t expected) {
    slots_.assign(std::bit_ceil(2 * expected + 2), 0);
    mask_ = slots_.size() - 1;
    has_zero_ = false;
  }

  // False if it was there before.
  bool Insert(uint64_t shingle) {
    if (shingle == 0) {
      const bool is_new = !has_zero_;
      has_zero_ = true;
      return is_new;
    }
    size_t i = static_cast<size_t>(shingle) & mask_;
    while (slots_[i] != 0) {
      if (slots_[i] == shingle) return false;
      i = (i + 1) & mask_;
    }
    slots_[i] = shingle;
    return true;
  }

  bool Contains(uint64_t shingle) const {
    if (shingle == 0) return has_zero_;
    size_t i = static_cast<size_t>(shingle) & mask_;
    while (slots_[i] != shingle) {
      if (slots_[i] == 0) return false;
      i = (i + 1) & mask_;
    }
    return true;
  }

 private:
  std::vector<uint64_t> slots_;
  size_t mask_ = 0;
  bool has_zero_ = false;
};

// Leaves the first of equal shingles, in their order.
inline void KeepDistinct(ProbeTable* table, std::vector<uint64_t>* shingles) {
  table->Reset(shingles->size());
  size_t kept = 0;
  for (const uint64_t shingle : *shingles) {
    (*shingles)[kept] = shingle;
    kept += table->Insert(shingle) ? 1 : 0;
  }
  shingles->resize(kept);
}

// How many of the distinct `shingles` are in the table.
inline uint32_t CountShared(const ProbeTable& table,
                            std::span<const uint64_t> shingles) {
  uint32_t shared = 0;
  for (const uint64_t shingle : shingles) {
    shared += table.Contains(shingle) ? 1 : 0;
  }
  return shared;
}

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SHINGLE_PROBE_H_
