// SPDX-License-Identifier: Apache-2.0
//
// The reference: plain C++, no instruction set assumed.
#include <algorithm>
#include <array>

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/bucket_loops.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/kernels/shingle_polynomial.h"

namespace twicetold {
namespace {

// Stretches of a text that are rolled along side by side, since the steps of
// one wait for each other.
constexpr size_t kStreams = 4;

// `streams` are the values of the polynomial at the beginning of each stretch.
void RollAlong(const uint64_t* tokens, size_t length, size_t k,
               std::array<uint64_t, kStreams> values, uint64_t* shingles) {
  const uint64_t leaving_weight = PowerOfBase(k);
  for (size_t i = 0; i < length; ++i) {
    for (size_t s = 0; s < kStreams; ++s) {
      const size_t at = s * length + i;
      shingles[at] = Mix(values[s]);
      values[s] = values[s] * kShingleBase + tokens[at + k] -
                  tokens[at] * leaving_weight;
    }
  }
}

void CombineTokens(const uint64_t* tokens, size_t count, size_t k,
                   uint64_t* shingles) {
  // The token behind the last shingle does not exist, so that one is apart.
  const size_t length = (count - 1) / kStreams;
  std::array<uint64_t, kStreams> values;
  for (size_t s = 0; s < kStreams; ++s) {
    values[s] = length == 0 ? 0 : ShinglePolynomial(tokens + s * length, k);
  }
  RollAlong(tokens, length, k, values, shingles);
  const uint64_t leaving_weight = PowerOfBase(k);
  size_t i = kStreams * length;
  uint64_t value = ShinglePolynomial(tokens + i, k);
  shingles[i] = Mix(value);
  for (++i; i < count; ++i) {
    value = value * kShingleBase + tokens[i + k - 1] -
            tokens[i - 1] * leaving_weight;
    shingles[i] = Mix(value);
  }
}

void LowerSlots(std::span<const uint64_t> shingles, uint64_t round_seed,
                int round, std::span<uint32_t> slots) {
  const uint32_t tag = static_cast<uint32_t>(round) << kValueBits;
  for (uint64_t shingle : shingles) {
    const auto [slot, value] =
        OfferOf(shingle, round_seed, round, slots.size());
    slots[slot] = std::min(slots[slot], tag | value);
  }
}

uint32_t Greatest(std::span<const uint32_t> slots) {
  uint32_t greatest = 0;
  for (uint32_t slot : slots) greatest = std::max(greatest, slot);
  return greatest;
}

uint32_t BucketMinima(std::span<const uint64_t> shingles,
                      const SlotHashes& hashes, std::span<uint32_t> slots) {
  LowerSlots(shingles, hashes.round_seeds[0], 0, slots);
  // The second round counts only where the first has not been.
  const uint32_t greatest = Greatest(slots);
  if (greatest < kSecondRound) return greatest;
  LowerSlots(shingles, hashes.round_seeds[1], 1, slots);
  return Greatest(slots);
}

uint32_t TokenMinima(const uint64_t* tokens, size_t k, const SlotHashes& hashes,
                     std::span<uint32_t> slots, std::span<uint64_t> shingles) {
  CombineTokens(tokens, shingles.size(), k, shingles.data());
  return BucketMinima(shingles, hashes, slots);
}

void DirectMinima(std::span<const uint64_t> shingles, const SlotHashes& hashes,
                  std::span<uint32_t> slots) {
  constexpr size_t kPiece = 512;
  std::array<uint32_t, kPiece> bases;
  for (size_t begin = 0; begin < shingles.size(); begin += kPiece) {
    const size_t size = std::min(kPiece, shingles.size() - begin);
    for (size_t i = 0; i < size; ++i) {
      bases[i] = DirectBase(shingles[begin + i], hashes.direct_seed);
    }
    for (size_t slot = 0; slot < slots.size(); ++slot) {
      if (slots[slot] < kDirectRound) continue;
      const uint32_t multiplier = hashes.multipliers[slot];
      uint32_t least = ~uint32_t{0};
      for (size_t i = 0; i < size; ++i) {
        least = std::min(least, bases[i] * multiplier);
      }
      slots[slot] = std::min(slots[slot], DirectSlot(least));
    }
  }
}

size_t CountEqual(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  size_t equal = 0;
  for (size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

bool Has(const ShingleBucket& bucket, uint64_t key) {
  // All keys, since leaving early is harder to foresee.
  bool found = false;
  for (uint64_t other : bucket.keys) found |= other == key;
  return found;
}

size_t EnterNew(ShingleBucket* buckets, int shift, uint64_t first,
                std::span<uint64_t> list, std::vector<uint64_t>* spilled) {
  return EnterNewBy(Has, buckets, shift, first, list, spilled);
}

size_t CountPresent(const ShingleBucket* buckets, int shift,
                    std::span<const uint64_t> spilled,
                    std::span<const uint64_t> set) {
  return CountPresentBy(Has, buckets, shift, spilled, set);
}

void MarkPresent(const ShingleBucket* buckets, int shift,
                 std::span<const uint64_t> spilled,
                 std::span<const uint64_t> list, uint8_t* present) {
  MarkPresentBy(Has, buckets, shift, spilled, list, present);
}

}  // namespace

const SketchKernels& PortableSketchKernels() {
  static constexpr SketchKernels kTable = {
      .combine_tokens = CombineTokens,
      .bucket_minima = BucketMinima,
      .token_minima = TokenMinima,
      .direct_minima = DirectMinima,
      .equal_slots = CountEqual,
      .enter_new = EnterNew,
      .count_present = CountPresent,
      .mark_present = MarkPresent,
  };
  return kTable;
}

}  // namespace twicetold
