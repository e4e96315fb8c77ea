// SPDX-License-Identifier: Apache-2.0
//
// The hashes behind the slots of a sketch, one shingle at a time: what every
// kernel computes, whatever number of shingles it takes at once.
//
// A slot holds the round in its two top bits and a value of 30 bits below.
// Rounds 0 and 1 are bucketed minima; direct minima are round 2.
//
// Shingles come well mixed (sketch/shingle.h), so that
//   * a round needs one multiplication of 64 bits: the upper half of the
//     product is scaled to a slot, its two halves together give the value;
//   * a direct value needs one of 32 bits: a multiplication of 64 bits reduces
//     the shingle to 32 (once for all slots), and each slot multiplies these
//     by an odd number of its own. Being made odd as well, they take every
//     slot to each of its 2^31 values with the same chance.
//
// Thread safety: pure functions.
#ifndef TWICETOLD_SKETCH_KERNELS_SLOT_HASH_H_
#define TWICETOLD_SKETCH_KERNELS_SLOT_HASH_H_

#include <cstddef>
#include <cstdint>

namespace twicetold {

inline constexpr int kMinSketchSize = 16;
inline constexpr int kMaxSketchSize = 4096;

inline constexpr int kRounds = 2;
inline constexpr int kValueBits = 30;
inline constexpr uint32_t kValueMask = (uint32_t{1} << kValueBits) - 1;

// The least content of a slot that only the second round reached, and of one
// that neither did.
inline constexpr uint32_t kSecondRound = uint32_t{1} << kValueBits;
inline constexpr uint32_t kDirectRound = uint32_t{2} << kValueBits;

// Odd: the golden ratio, and the square root of 3 less 1, as fractions of
// 2^64; and 2^64 / pi.
inline constexpr uint64_t kRoundMultiplier[kRounds] = {0x9e3779b97f4a7c15u,
                                                       0xbb67ae8584caa73bu};
inline constexpr uint64_t kDirectMultiplier = 0x517cc1b727220a95u;

// A slot, and the value that a shingle offers it, without the round.
struct SlotOffer {
  size_t slot;
  uint32_t value;
};

inline SlotOffer OfferOf(uint64_t shingle, uint64_t round_seed, int round,
                         size_t slots) {
  const uint64_t product = (shingle ^ round_seed) * kRoundMultiplier[round];
  const uint64_t high = product >> 32;
  return {.slot = static_cast<size_t>((high * slots) >> 32),
          .value = static_cast<uint32_t>(product ^ high) & kValueMask};
}

// What direct values are multiples of.
inline uint32_t DirectBase(uint64_t shingle, uint64_t direct_seed) {
  const uint64_t product = (shingle ^ direct_seed) * kDirectMultiplier;
  return static_cast<uint32_t>(product >> 32) | 1;
}

// What a slot holds if `product` is the least product of the slot's multiplier
// and the bases of all shingles.
inline uint32_t DirectSlot(uint32_t product) {
  return kDirectRound | (product >> (32 - kValueBits));
}

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_KERNELS_SLOT_HASH_H_
