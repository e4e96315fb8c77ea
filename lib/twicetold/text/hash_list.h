// SPDX-License-Identifier: Apache-2.0
//
// A vector of hashes that kernels write to, in place.
//
// What the vector holds beforehand is room, not contents: a vector that goes
// from one text to the next is neither cleared nor copied to.
//
// Thread safety: a HashList is for one thread.
#ifndef TWICETOLD_TEXT_HASH_LIST_H_
#define TWICETOLD_TEXT_HASH_LIST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/text/token_growth.h"

namespace twicetold {

class HashList {
 public:
  explicit HashList(std::vector<uint64_t>* hashes) : hashes_(hashes) {}

  // Where the next hashes go; there is room for `count`, which is made as
  // `growth` tells.
  uint64_t* Room(size_t count, const TokenGrowth& growth) {
    if (hashes_->size() - size_ < count) {
      growth.Reserve(size_ + count, hashes_);
      hashes_->resize(size_ + count);
    }
    return hashes_->data() + size_;
  }
  // Adds the first `count` of those written there.
  void Take(size_t count) { size_ += count; }

  void Add(uint64_t hash, const TokenGrowth& growth) {
    *Room(1, growth) = hash;
    Take(1);
  }

  // Leaves in the vector what was added.
  void Finish() { hashes_->resize(size_); }

 private:
  std::vector<uint64_t>* hashes_;
  size_t size_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_HASH_LIST_H_
