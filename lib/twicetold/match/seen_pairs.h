// SPDX-License-Identifier: Apache-2.0
//
// Which pairs of documents were looked at before, so that a pair that shares
// many buckets is compared once: a table of one place a pair, in which a later
// pair takes the place of an earlier one.
//
// Guarantee: a pair that is said to be seen was seen; one that was seen may be
// forgotten. So it saves work, and must not decide anything.
// Cost: 8 bytes a place. Thread safety: may be used from many threads.
#ifndef TWICETOLD_MATCH_SEEN_PAIRS_H_
#define TWICETOLD_MATCH_SEEN_PAIRS_H_

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "twicetold/base/hash.h"

namespace twicetold {

class SeenPairs {
 public:
  // For about `pairs`, in at most `memory` bytes, but two places at least.
  SeenPairs(uint64_t pairs, uint64_t memory)
      : mask_(std::bit_floor(std::max<uint64_t>(
                  2, std::min(pairs, memory / sizeof(uint64_t)))) -
              1),
        places_(new std::atomic<uint64_t>[mask_ + 1]()) {}

  // Whether the pair was seen, in either order; from now on it was. a != b.
  bool SeeAgain(uint32_t a, uint32_t b) {
    const uint64_t pair = Packed(a, b);
    std::atomic<uint64_t>& place = places_[Mix(pair) & mask_];
    if (place.load(std::memory_order_relaxed) == pair) return true;
    place.store(pair, std::memory_order_relaxed);
    return false;
  }

  // Says that the pair will be asked for soon.
  void Prefetch(uint32_t a, uint32_t b) const {
    __builtin_prefetch(&places_[Mix(Packed(a, b)) & mask_]);
  }

 private:
  // Never 0, as the greater one is not.
  static uint64_t Packed(uint32_t a, uint32_t b) {
    return uint64_t{std::min(a, b)} << 32 | std::max(a, b);
  }

  const uint64_t mask_;  // of a power of two places
  const std::unique_ptr<std::atomic<uint64_t>[]> places_;
};

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_SEEN_PAIRS_H_
