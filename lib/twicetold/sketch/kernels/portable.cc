// SPDX-License-Identifier: Apache-2.0
//
// The reference: plain C++, no instruction set assumed.
#include <algorithm>

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

// A slot holds the round in its two top bits and a value of 30 bits below;
// direct minima are the third round.
constexpr int kRounds = 2;
constexpr int kValueBits = 30;
constexpr uint64_t kValueMask = (uint64_t{1} << kValueBits) - 1;

// Odd multipliers, one a round: the golden ratio and the square root of 3
// less 1, as fractions of 2^64.
constexpr uint64_t kMultiplier[kRounds] = {0x9e3779b97f4a7c15u,
                                           0xbb67ae8584caa73bu};

// The slot comes from the upper 32 bits, the value from the lower ones. The
// input is mixed already, so one multiplication by an odd number suffices.
uint64_t RoundHash(uint64_t shingle, uint64_t round_seed, int round) {
  const uint64_t product = (shingle ^ round_seed) * kMultiplier[round];
  return product ^ (product >> 32);
}

uint64_t SeedOf(uint64_t seed, uint64_t use) {
  return Mix(seed + (use + 1) * kMultiplier[0]);
}

void BucketMinima(std::span<const uint64_t> shingles, uint64_t seed,
                  std::span<uint32_t> slots) {
  for (int round = 0; round < kRounds; ++round) {
    const uint64_t round_seed = SeedOf(seed, static_cast<uint64_t>(round));
    const uint32_t tag = static_cast<uint32_t>(round) << kValueBits;
    for (uint64_t shingle : shingles) {
      const uint64_t hash = RoundHash(shingle, round_seed, round);
      const size_t slot = ((hash >> 32) * slots.size()) >> 32;
      const uint32_t value = tag | static_cast<uint32_t>(hash & kValueMask);
      slots[slot] = std::min(slots[slot], value);
    }
  }
}

void FillEmptySlots(std::span<const uint64_t> shingles, uint64_t seed,
                    std::span<uint32_t> slots) {
  constexpr uint32_t kTag = static_cast<uint32_t>(kRounds) << kValueBits;
  for (size_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot] != kEmptySlot) continue;
    const uint64_t slot_seed = SeedOf(seed, kRounds + slot);
    uint64_t least = ~uint64_t{0};
    for (uint64_t shingle : shingles) {
      least = std::min(least, Mix(shingle ^ slot_seed) & kValueMask);
    }
    slots[slot] = kTag | static_cast<uint32_t>(least);
  }
}

size_t CountEqual(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  size_t equal = 0;
  for (size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

}  // namespace

const SketchKernels& PortableSketchKernels() {
  static constexpr SketchKernels kTable = {
      .bucket_minima = BucketMinima,
      .fill_empty_slots = FillEmptySlots,
      .equal_slots = CountEqual,
  };
  return kTable;
}

}  // namespace twicetold
