// SPDX-License-Identifier: Apache-2.0
//
// Direct minima: eight slots or eight shingles at a time.
#include "twicetold/sketch/kernels/avx2.h"

#if TWICETOLD_X86_KERNELS

#include <algorithm>
#include <array>
#include <bit>

namespace twicetold::avx2 {
namespace {

// Slots that neither round has reached, and what is least for each so far.
struct OpenSlots {
  size_t count = 0;
  alignas(32) uint32_t multipliers[kMaxSketchSize + kNarrowLanes];
  alignas(32) uint32_t least[kMaxSketchSize + kNarrowLanes];
};

// Many slots: `kVectors` vectors of them at a time, one shingle after another.
template <size_t kVectors>
TWICETOLD_AVX2 inline void LowerBySlots(std::span<const uint32_t> bases,
                                        const uint32_t* multipliers,
                                        uint32_t* least) {
  __m256i multiplier[kVectors];
  __m256i lowest[kVectors];
  for (size_t v = 0; v < kVectors; ++v) {
    multiplier[v] = Load(multipliers + v * kNarrowLanes);
    lowest[v] = Load(least + v * kNarrowLanes);
  }
  for (uint32_t base : bases) {
    for (size_t v = 0; v < kVectors; ++v) {
      lowest[v] = _mm256_min_epu32(
          lowest[v], _mm256_mullo_epi32(Set32(base), multiplier[v]));
    }
  }
  for (size_t v = 0; v < kVectors; ++v) {
    Store(least + v * kNarrowLanes, lowest[v]);
  }
}

TWICETOLD_AVX2 void LowerBySlots(std::span<const uint32_t> bases,
                                 OpenSlots* open) {
  size_t at = 0;
  for (; at + 3 * kNarrowLanes < open->count; at += 4 * kNarrowLanes) {
    LowerBySlots<4>(bases, open->multipliers + at, open->least + at);
  }
  for (; at < open->count; at += kNarrowLanes) {
    LowerBySlots<1>(bases, open->multipliers + at, open->least + at);
  }
}

// Few slots: one after another, a vector of shingles at a time. The last
// vector is filled up with shingles that are there already.
TWICETOLD_AVX2 void LowerByShingles(std::span<const uint32_t> padded,
                                    OpenSlots* open) {
  for (size_t slot = 0; slot < open->count; ++slot) {
    const __m256i multiplier = Set32(open->multipliers[slot]);
    __m256i lowest = Set32(open->least[slot]);
    for (size_t i = 0; i < padded.size(); i += kNarrowLanes) {
      lowest = _mm256_min_epu32(
          lowest, _mm256_mullo_epi32(Load(padded.data() + i), multiplier));
    }
    __m128i half = _mm_min_epu32(_mm256_castsi256_si128(lowest),
                                 _mm256_extracti128_si256(lowest, 1));
    half = _mm_min_epu32(half, _mm_shuffle_epi32(half, 0x4e));
    half = _mm_min_epu32(half, _mm_shuffle_epi32(half, 0xb1));
    open->least[slot] = static_cast<uint32_t>(_mm_cvtsi128_si32(half));
  }
}

// For each set of eight lanes: which of them are in it, lowest first, and how
// many of these are below each lane.
struct LaneSet {
  std::array<uint8_t, kNarrowLanes> members = {};
  std::array<uint8_t, kNarrowLanes> below = {};
};

constexpr std::array<LaneSet, 256> MakeLaneSets() {
  std::array<LaneSet, 256> sets = {};
  for (size_t set = 0; set < sets.size(); ++set) {
    uint8_t count = 0;
    for (uint8_t lane = 0; lane < kNarrowLanes; ++lane) {
      sets[set].below[lane] = count;
      if ((set >> lane & 1) != 0) sets[set].members[count++] = lane;
    }
  }
  return sets;
}
constexpr std::array<LaneSet, 256> kLaneSets = MakeLaneSets();

TWICETOLD_AVX2 inline __m256i Pick(
    __m256i lanes, const std::array<uint8_t, kNarrowLanes>& which) {
  const __m128i bytes =
      _mm_loadl_epi64(reinterpret_cast<const __m128i*>(which.data()));
  return _mm256_permutevar8x32_epi32(lanes, _mm256_cvtepu8_epi32(bytes));
}

// Slots that are open have the upper bit.
static_assert(kDirectRound == uint32_t{1} << 31);
TWICETOLD_AVX2 inline uint32_t OpenLanes(__m256i slots) {
  return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(slots)));
}

TWICETOLD_AVX2 void FindOpen(std::span<const uint32_t> slots,
                             const uint32_t* multipliers, OpenSlots* open) {
  size_t count = 0;
  size_t i = 0;
  for (; i + kNarrowLanes <= slots.size(); i += kNarrowLanes) {
    const uint32_t is_open = OpenLanes(Load(slots.data() + i));
    Store(open->multipliers + count,
          Pick(Load(multipliers + i), kLaneSets[is_open].members));
    count += static_cast<size_t>(std::popcount(is_open));
  }
  for (; i < slots.size(); ++i) {
    open->multipliers[count] = multipliers[i];
    count += slots[i] >> 31;
  }
  std::fill_n(open->least, count, ~uint32_t{0});
  // What fills up the last vector.
  std::fill_n(open->multipliers + count, kNarrowLanes, 1);
  std::fill_n(open->least + count, kNarrowLanes, 0);
  open->count = count;
}

TWICETOLD_AVX2 void FillOpen(const OpenSlots& open, std::span<uint32_t> slots) {
  size_t next = 0;
  size_t i = 0;
  for (; i + kNarrowLanes <= slots.size(); i += kNarrowLanes) {
    const __m256i before = Load(slots.data() + i);
    const uint32_t is_open = OpenLanes(before);
    const __m256i least =
        Pick(Load(open.least + next), kLaneSets[is_open].below);
    const __m256i filled = _mm256_or_si256(
        _mm256_srli_epi32(least, 32 - kValueBits), Set32(kDirectRound));
    // Slots that are not open are less than any that is filled.
    Store(slots.data() + i, _mm256_min_epu32(before, filled));
    next += static_cast<size_t>(std::popcount(is_open));
  }
  for (; i < slots.size(); ++i) {
    const uint32_t is_open = slots[i] >> 31;
    slots[i] = std::min(slots[i], DirectSlot(open.least[next]));
    next += is_open;
  }
}

}  // namespace

TWICETOLD_AVX2 void DirectMinima(std::span<const uint64_t> shingles,
                                 const SlotHashes& hashes,
                                 std::span<uint32_t> slots) {
  // What bringing the lanes of a vector together costs, in steps.
  constexpr size_t kReduction = 6;
  OpenSlots open;
  FindOpen(slots, hashes.multipliers.data(), &open);
  alignas(32) uint32_t bases[kPieceShingles];
  for (size_t begin = 0; begin < shingles.size(); begin += kPieceShingles) {
    const size_t size = std::min(kPieceShingles, shingles.size() - begin);
    for (size_t i = 0; i < size; ++i) {
      bases[i] = DirectBase(shingles[begin + i], hashes.direct_seed);
    }
    const size_t vectors = (size + kNarrowLanes - 1) / kNarrowLanes;
    std::fill(bases + size, bases + vectors * kNarrowLanes, bases[0]);
    const size_t by_slots =
        (open.count + kNarrowLanes - 1) / kNarrowLanes * size;
    if (by_slots <= open.count * (vectors + kReduction)) {
      LowerBySlots({bases, size}, &open);
    } else {
      LowerByShingles({bases, vectors * kNarrowLanes}, &open);
    }
  }
  FillOpen(open, slots);
}

}  // namespace twicetold::avx2

#endif  // TWICETOLD_X86_KERNELS
