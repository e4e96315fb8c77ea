// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets of documents, one after the other, in memory that is kept
// from one to the next.
//
// Thread safety: one a thread.
#ifndef TWICETOLD_SKETCH_SHINGLE_SET_MAKER_H_
#define TWICETOLD_SKETCH_SHINGLE_SET_MAKER_H_

#include <cstdint>
#include <span>

#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/shingle_table.h"

namespace twicetold {

class ShingleSetMaker {
 public:
  // Of `shingle_size` >= 1 tokens.
  explicit ShingleSetMaker(int shingle_size) : shingle_size_(shingle_size) {}

  // The set of the shingles of `tokens`, valid until the next one is made.
  // Cost: O(tokens) expected.
  const ShingleSet& Make(std::span<const uint64_t> tokens) {
    MakeIn(tokens, &shingles_);
    return shingles_;
  }

  // The same in place of what `*set` holds, whose memory is kept.
  void MakeIn(std::span<const uint64_t> tokens, ShingleSet* set) {
    MakeShingles(tokens, shingle_size_, set);
    table_.MakeDistinct(set);
  }

 private:
  int shingle_size_;
  ShingleList shingles_;
  ShingleTable table_;
};

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SHINGLE_SET_MAKER_H_
