// SPDX-License-Identifier: Apache-2.0
//
// A table of shingles: makes lists distinct, and counts what two sets share.
//
// Buckets are cache lines of up to seven shingles, chosen by the top bits,
// which are well mixed; a bucket is compared with a shingle as a whole,
// without a branch. There is one for three shingles, so that few are full;
// what does not fit stands in a sorted list beside them. Since lines do not
// chain, shingles that were made to collide cost a binary search at most.
//
// A long list is made distinct part by part, by its top bits, each in a table
// that fits a cache. So what comes of it is nearly in the order of the buckets,
// and a table of it is built, and asked for another such set, nearly in order.
//
// Thread safety: const methods may be called from many threads.
#ifndef TWICETOLD_SKETCH_SHINGLE_TABLE_H_
#define TWICETOLD_SKETCH_SHINGLE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {

class ShingleTable {
 public:
  explicit ShingleTable(const SketchKernels& kernels = ChosenSketchKernels())
      : kernels_(&kernels) {}

  // Leaves each value of `*list` once, in an order that depends on the list
  // alone. What the table holds is lost. Cost: O(n) expected; 21 to 43 bytes of
  // memory a value, of a long list next to none, kept for the next one.
  void MakeDistinct(ShingleList* list);

  // Makes the table hold a set. Cost: O(n) expected; 21 to 43 bytes of memory
  // a value, of a large set 16 to 32, kept for the next one.
  void Build(std::span<const uint64_t> set);

  // The number of members of `set` that the table holds. Cost: O(size of
  // `set`) expected.
  size_t CountPresent(std::span<const uint64_t> set) const;

  // Sets present[i] to 1 where the table holds list[i], else to 0.
  void MarkPresent(std::span<const uint64_t> list,
                   std::vector<uint8_t>* present) const;

 private:
  void Clear(size_t count);
  void MakeLongDistinct(ShingleList* list);

  const SketchKernels* kernels_;
  std::vector<ShingleBucket> buckets_;  // at least 2^(64 - shift_)
  int shift_ = 63;
  std::vector<uint64_t> spilled_;  // ascending
};

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SHINGLE_TABLE_H_
