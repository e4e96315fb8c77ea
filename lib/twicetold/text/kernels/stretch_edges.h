// SPDX-License-Identifier: Apache-2.0
//
// From masks of blocks to the edges of stretches, in plain arithmetic on 64
// bits that all kernels share.
//
// Two idioms (both in H. Warren, "Hacker's Delight", chapter 2): edges are
// where a mask differs from itself shifted by one; and adding a bit to the
// stretch of ones that it stands in carries to the zero that ends the stretch,
// so that one addition tells which stretches hold one of many bits.
//
// Thread safety: a StretchEdges is for one thread.
#ifndef TWICETOLD_TEXT_KERNELS_STRETCH_EDGES_H_
#define TWICETOLD_TEXT_KERNELS_STRETCH_EDGES_H_

#include <cstdint>

#include "twicetold/base/always_inline.h"
#include "twicetold/text/kernels/kernels.h"

namespace twicetold {

// Takes the blocks of a piece in order.
class StretchEdges {
 public:
  // The bytes of `block` at which a stretch begins or has just ended; `next` is
  // the block after it.
  TWICETOLD_ALWAYS_INLINE uint64_t Take(const BlockMasks& block,
                                        const BlockMasks& next) {
    const uint64_t part = block.word | block.high;
    const uint64_t after = part >> 1 | (next.word | next.high) << 63;
    const uint64_t before = part << 1 | last_part_;
    const uint64_t stretch = part | (block.apostrophe & before & after);
    last_part_ = part >> 63;
    const uint64_t edges = stretch ^ (stretch << 1 | last_stretch_);
    last_stretch_ = stretch >> 63;
    stretch_ = stretch;
    return edges;
  }

  // Whether high_ends() can be other than 0 for the block taken last.
  TWICETOLD_ALWAYS_INLINE bool MayHaveHigh(const BlockMasks& block) const {
    return (block.high | open_is_high_) != 0;
  }

  // Those edges of the block taken last that end a stretch which is not ASCII
  // alone. To be called once for each block with MayHaveHigh().
  TWICETOLD_ALWAYS_INLINE uint64_t HighEnds(const BlockMasks& block) {
    uint64_t sum = stretch_ + block.high;
    uint64_t carry = sum < stretch_ ? 1 : 0;
    sum += open_is_high_;
    carry |= sum < open_is_high_ ? 1 : 0;
    open_is_high_ = carry;
    return sum & ~stretch_;
  }

  bool open_is_high() const { return open_is_high_ != 0; }

 private:
  uint64_t stretch_ = 0;
  uint64_t last_part_ = 0;  // 1 if the block before ends with a part of a word
  uint64_t last_stretch_ = 0;  // 1 if it ends inside a stretch,
  uint64_t open_is_high_ = 0;  // and 1 if that is not ASCII alone
};

// Adds to `stretches` the numbers of those stretches that end at the bits of
// `ends`. `edges` are all edges of the same block, and `bound_count` is their
// number in the blocks before it.
template <typename Popcount>
TWICETOLD_ALWAYS_INLINE void AddHighStretches(uint64_t ends, uint64_t edges,
                                              size_t bound_count,
                                              Popcount popcount,
                                              Stretches* stretches) {
  for (; ends != 0; ends &= ends - 1) {
    const uint64_t below = (ends & (~ends + 1)) - 1;
    const size_t before = bound_count + popcount(edges & below);
    stretches->high[stretches->high_count++] =
        static_cast<uint16_t>(before / 2);
  }
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_STRETCH_EDGES_H_
