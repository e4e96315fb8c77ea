// SPDX-License-Identifier: Apache-2.0
//
// Direct minima: sixteen slots or sixteen shingles at a time.
#include "twicetold/sketch/kernels/avx512.h"

#if TWICETOLD_X86_KERNELS

#include <algorithm>
#include <bit>

#include "twicetold/base/mask_bits.h"

namespace twicetold::avx512 {
namespace {

// Slots that neither round has reached, and what is least for each so far.
struct OpenSlots {
  size_t count = 0;
  alignas(64) uint32_t multipliers[kMaxSketchSize + kNarrowLanes];
  alignas(64) uint32_t least[kMaxSketchSize + kNarrowLanes];
};

// Many slots: `kVectors` vectors of them at a time, one shingle after another.
template <size_t kVectors>
TWICETOLD_AVX512 inline void LowerBySlots(std::span<const uint32_t> bases,
                                          const uint32_t* multipliers,
                                          uint32_t* least) {
  __m512i multiplier[kVectors];
  __m512i lowest[kVectors];
  for (size_t v = 0; v < kVectors; ++v) {
    multiplier[v] = _mm512_load_si512(multipliers + v * kNarrowLanes);
    lowest[v] = _mm512_load_si512(least + v * kNarrowLanes);
  }
  for (uint32_t base : bases) {
    for (size_t v = 0; v < kVectors; ++v) {
      lowest[v] = _mm512_min_epu32(
          lowest[v], _mm512_mullo_epi32(Set32(base), multiplier[v]));
    }
  }
  for (size_t v = 0; v < kVectors; ++v) {
    _mm512_store_si512(least + v * kNarrowLanes, lowest[v]);
  }
}

TWICETOLD_AVX512 void LowerBySlots(std::span<const uint32_t> bases,
                                   OpenSlots* open) {
  const auto run = [&]<size_t kVectors>(size_t at) {
    LowerBySlots<kVectors>(bases, open->multipliers + at, open->least + at);
  };
  size_t at = 0;
  for (; at + 3 * kNarrowLanes < open->count; at += 4 * kNarrowLanes) {
    run.template operator()<4>(at);
  }
  if (at >= open->count) return;
  switch ((open->count - at - 1) / kNarrowLanes) {
    case 0:
      return run.template operator()<1>(at);
    case 1:
      return run.template operator()<2>(at);
    default:
      return run.template operator()<3>(at);
  }
}

// Few slots: one after another, a vector of shingles at a time.
TWICETOLD_AVX512 void LowerByShingles(std::span<const uint32_t> bases,
                                      OpenSlots* open) {
  for (size_t slot = 0; slot < open->count; ++slot) {
    const __m512i multiplier = Set32(open->multipliers[slot]);
    __m512i lowest = Set32(open->least[slot]);
    for (size_t i = 0; i < bases.size(); i += kNarrowLanes) {
      const __mmask16 here =
          FirstNarrowLanes(std::min(kNarrowLanes, bases.size() - i));
      const __m512i some = _mm512_maskz_loadu_epi32(here, bases.data() + i);
      lowest = _mm512_mask_min_epu32(lowest, here, lowest,
                                     _mm512_mullo_epi32(some, multiplier));
    }
    open->least[slot] = _mm512_reduce_min_epu32(lowest);
  }
}

TWICETOLD_AVX512 void MakeBases(std::span<const uint64_t> shingles,
                                uint64_t direct_seed, uint32_t* bases) {
  for (size_t i = 0; i < shingles.size(); i += kLanes) {
    const __mmask8 here = FirstLanes(std::min(kLanes, shingles.size() - i));
    const __m512i some = _mm512_maskz_loadu_epi64(here, shingles.data() + i);
    const __m512i product = _mm512_mullo_epi64(
        _mm512_xor_si512(some, Set64(direct_seed)), Set64(kDirectMultiplier));
    const __m512i base =
        _mm512_or_si512(_mm512_srli_epi64(product, 32), Set64(1));
    _mm256_mask_storeu_epi32(bases + i, here, _mm512_cvtepi64_epi32(base));
  }
}

TWICETOLD_AVX512 inline __mmask16 IsOpen(std::span<const uint32_t> slots,
                                         size_t i) {
  const __mmask16 here =
      FirstNarrowLanes(std::min(kNarrowLanes, slots.size() - i));
  return _mm512_mask_cmpge_epu32_mask(
      here, _mm512_maskz_loadu_epi32(here, slots.data() + i),
      Set32(kDirectRound));
}

TWICETOLD_AVX512 void FindOpen(std::span<const uint32_t> slots,
                               const uint32_t* multipliers, OpenSlots* open) {
  // Counted in a register, not in what the stores could change.
  size_t count = 0;
  for (size_t i = 0; i < slots.size(); i += kNarrowLanes) {
    const __mmask16 is_open = IsOpen(slots, i);
    _mm512_storeu_si512(
        open->multipliers + count,
        _mm512_maskz_compress_epi32(
            is_open, _mm512_maskz_loadu_epi32(is_open, multipliers + i)));
    count += static_cast<size_t>(std::popcount(MaskBits(is_open)));
  }
  for (size_t i = 0; i < count; i += kNarrowLanes) {
    _mm512_store_si512(open->least + i, Set32(0xffffffff));
  }
  open->count = count;
}

TWICETOLD_AVX512 void FillOpen(const OpenSlots& open,
                               std::span<uint32_t> slots) {
  size_t next = 0;
  for (size_t i = 0; i < slots.size(); i += kNarrowLanes) {
    const __mmask16 is_open = IsOpen(slots, i);
    const __m512i least = _mm512_maskz_expand_epi32(
        is_open, _mm512_loadu_si512(open.least + next));
    const __m512i filled = _mm512_or_si512(
        _mm512_srli_epi32(least, 32 - kValueBits), Set32(kDirectRound));
    const __m512i before = _mm512_maskz_loadu_epi32(is_open, slots.data() + i);
    _mm512_mask_storeu_epi32(slots.data() + i, is_open,
                             _mm512_min_epu32(before, filled));
    next += static_cast<size_t>(std::popcount(MaskBits(is_open)));
  }
}

}  // namespace

TWICETOLD_AVX512 void DirectMinima(std::span<const uint64_t> shingles,
                                   const SlotHashes& hashes,
                                   std::span<uint32_t> slots) {
  // What bringing the lanes of a vector together costs, in steps.
  constexpr size_t kReduction = 6;
  OpenSlots open;
  FindOpen(slots, hashes.multipliers.data(), &open);
  alignas(64) uint32_t bases[kPieceShingles];
  for (size_t begin = 0; begin < shingles.size(); begin += kPieceShingles) {
    const auto piece = shingles.subspan(
        begin, std::min(kPieceShingles, shingles.size() - begin));
    MakeBases(piece, hashes.direct_seed, bases);
    const size_t by_slots =
        (open.count + kNarrowLanes - 1) / kNarrowLanes * piece.size();
    const size_t by_shingles =
        open.count * (piece.size() / kNarrowLanes + kReduction);
    if (by_slots <= by_shingles) {
      LowerBySlots({bases, piece.size()}, &open);
    } else {
      LowerByShingles({bases, piece.size()}, &open);
    }
  }
  FillOpen(open, slots);
}

}  // namespace twicetold::avx512

#endif  // TWICETOLD_X86_KERNELS
