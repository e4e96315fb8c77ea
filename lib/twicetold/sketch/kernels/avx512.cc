// SPDX-License-Identifier: Apache-2.0
//
// Eight shingles at a time. Functions carry their instruction set themselves,
// so that nothing else of the program is compiled for it.
#include "twicetold/base/kernel_tier.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/kernels/shingle_polynomial.h"

#define TWICETOLD_AVX512                              \
  __attribute__((                                     \
      target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw," \
             "avx512vl,avx512dq,avx512vbmi,avx512vbmi2")))

// What g++ 12 says of its own header (its bug 105593).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

namespace twicetold {
namespace {

constexpr size_t kLanes = 8;         // of 64 bits
constexpr size_t kNarrowLanes = 16;  // of 32

// Longer shingles are rolled along, which costs the same for any length.
constexpr size_t kMostVectorTokens = 16;

TWICETOLD_AVX512 inline __mmask8 FirstLanes(size_t n) {
  return static_cast<__mmask8>(_bzhi_u32(0xff, static_cast<unsigned>(n)));
}

TWICETOLD_AVX512 inline __mmask16 FirstNarrowLanes(size_t n) {
  return static_cast<__mmask16>(_bzhi_u32(0xffff, static_cast<unsigned>(n)));
}

TWICETOLD_AVX512 inline __m512i Set64(uint64_t value) {
  return _mm512_set1_epi64(static_cast<int64_t>(value));
}

TWICETOLD_AVX512 inline __m512i Set32(uint32_t value) {
  return _mm512_set1_epi32(static_cast<int32_t>(value));
}

TWICETOLD_AVX512 inline __m512i MixLanes(__m512i x) {
  x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 30));
  x = _mm512_mullo_epi64(x, Set64(0xbf58476d1ce4e5b9u));
  x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 27));
  x = _mm512_mullo_epi64(x, Set64(0x94d049bb133111ebu));
  return _mm512_xor_si512(x, _mm512_srli_epi64(x, 31));
}

// `kVectors` vectors of shingles side by side, since the steps of one wait for
// each other.
template <size_t kVectors>
TWICETOLD_AVX512 inline void CombineVectors(const uint64_t* tokens, size_t k,
                                            uint64_t* shingles) {
  const __m512i base = Set64(kShingleBase);
  __m512i value[kVectors];
  for (size_t v = 0; v < kVectors; ++v) {
    value[v] = _mm512_loadu_si512(tokens + v * kLanes);
  }
  for (size_t j = 1; j < k; ++j) {
    for (size_t v = 0; v < kVectors; ++v) {
      value[v] = _mm512_add_epi64(_mm512_mullo_epi64(value[v], base),
                                  _mm512_loadu_si512(tokens + v * kLanes + j));
    }
  }
  for (size_t v = 0; v < kVectors; ++v) {
    _mm512_storeu_si512(shingles + v * kLanes, MixLanes(value[v]));
  }
}

TWICETOLD_AVX512 void CombineTokens(const uint64_t* tokens, size_t count,
                                    size_t k, uint64_t* shingles) {
  if (k > kMostVectorTokens) {
    return PortableSketchKernels().combine_tokens(tokens, count, k, shingles);
  }
  size_t i = 0;
  for (; i + 4 * kLanes <= count; i += 4 * kLanes) {
    CombineVectors<4>(tokens + i, k, shingles + i);
  }
  for (; i + kLanes <= count; i += kLanes) {
    CombineVectors<1>(tokens + i, k, shingles + i);
  }
  if (i == count) return;
  const __mmask8 rest = FirstLanes(count - i);
  __m512i value = _mm512_setzero_si512();
  for (size_t j = 0; j < k; ++j) {
    value = _mm512_add_epi64(_mm512_mullo_epi64(value, Set64(kShingleBase)),
                             _mm512_maskz_loadu_epi64(rest, tokens + i + j));
  }
  _mm512_mask_storeu_epi64(shingles + i, rest, MixLanes(value));
}

// The hash of a round, for eight shingles: the slot in the upper half of each
// lane, the tagged value in the lower one.
struct RoundLanes {
  __m512i seed;
  __m512i multiplier;
  __m512i slots;
  __m512i tag;
};

TWICETOLD_AVX512 inline RoundLanes LanesOf(const SlotHashes& hashes, int round,
                                           size_t slots) {
  return {.seed = Set64(hashes.round_seeds[round]),
          .multiplier = Set64(kRoundMultiplier[round]),
          .slots = Set64(slots),
          .tag = Set64(static_cast<uint64_t>(round) << kValueBits)};
}

TWICETOLD_AVX512 inline __m512i OffersOf(__m512i shingles,
                                         const RoundLanes& lanes) {
  const __m512i product = _mm512_mullo_epi64(
      _mm512_xor_si512(shingles, lanes.seed), lanes.multiplier);
  const __m512i high = _mm512_srli_epi64(product, 32);
  const __m512i slot = _mm512_mul_epu32(high, lanes.slots);
  const __m512i value = _mm512_or_si512(
      _mm512_and_si512(_mm512_xor_si512(product, high), Set64(kValueMask)),
      lanes.tag);
  return _mm512_mask_blend_epi32(0x5555, slot, value);
}

TWICETOLD_AVX512 inline void Lower(uint64_t offer, uint32_t* slots) {
  uint32_t* slot = slots + (offer >> 32);
  *slot = std::min(*slot, static_cast<uint32_t>(offer));
}

// All shingles, in the first round.
TWICETOLD_AVX512 void LowerSlots(std::span<const uint64_t> shingles,
                                 const RoundLanes& lanes, uint32_t* slots) {
  constexpr size_t kAtOnce = 4 * kLanes;
  alignas(64) uint64_t offers[kAtOnce];
  size_t i = 0;
  for (; i + kAtOnce <= shingles.size(); i += kAtOnce) {
    for (size_t j = 0; j < kAtOnce; j += kLanes) {
      _mm512_store_si512(
          offers + j,
          OffersOf(_mm512_loadu_si512(shingles.data() + i + j), lanes));
    }
    for (uint64_t offer : offers) Lower(offer, slots);
  }
  for (; i < shingles.size(); i += kLanes) {
    const size_t n = std::min(kLanes, shingles.size() - i);
    const __m512i some =
        _mm512_maskz_loadu_epi64(FirstLanes(n), shingles.data() + i);
    _mm512_store_si512(offers, OffersOf(some, lanes));
    for (size_t j = 0; j < n; ++j) Lower(offers[j], slots);
  }
}

// As LowerSlots, but only offers that `wanted` keeps, for when they are few.
template <typename Wanted>
TWICETOLD_AVX512 inline void LowerWanted(std::span<const uint64_t> shingles,
                                         const RoundLanes& lanes,
                                         const Wanted& wanted,
                                         uint32_t* slots) {
  constexpr size_t kAtOnce = 32 * kLanes;
  alignas(64) uint64_t offers[kAtOnce + kLanes];
  for (size_t i = 0; i < shingles.size(); i += kAtOnce) {
    const size_t end = std::min(shingles.size(), i + kAtOnce);
    size_t found = 0;
    for (size_t j = i; j < end; j += kLanes) {
      const __mmask8 here = FirstLanes(std::min(kLanes, end - j));
      const __m512i offered =
          OffersOf(_mm512_maskz_loadu_epi64(here, shingles.data() + j), lanes);
      const __mmask8 keep = wanted.Keep(here, offered);
      // Not to memory directly, which is slow on some machines.
      _mm512_storeu_si512(offers + found,
                          _mm512_maskz_compress_epi64(keep, offered));
      found += static_cast<size_t>(std::popcount(keep));
    }
    for (size_t j = 0; j < found; ++j) Lower(offers[j], slots);
  }
}

// Values below the greatest of all slots: no other lowers any.
struct BelowLimit {
  __m512i limit;  // in the lower halves
  TWICETOLD_AVX512 __mmask8 Keep(__mmask8 lanes, __m512i offers) const {
    return _mm512_mask_cmplt_epu64_mask(
        lanes, _mm512_and_si512(offers, Set64(0xffffffff)), limit);
  }
};

// Offers to slots that the first round has not reached, a bit for each.
constexpr size_t kMostMappedSlots = 512;
struct InMap {
  __m512i map;
  TWICETOLD_AVX512 __mmask8 Keep(__mmask8 lanes, __m512i offers) const {
    const __m512i word =
        _mm512_permutexvar_epi64(_mm512_srli_epi64(offers, 32 + 6), map);
    const __m512i bit =
        _mm512_and_si512(_mm512_srli_epi64(offers, 32), Set64(63));
    return _mm512_mask_test_epi64_mask(lanes, _mm512_srlv_epi64(word, bit),
                                       Set64(1));
  }
};

// The greatest slot. If there are few enough, `map` gets a bit for each that
// is at least `least`.
TWICETOLD_AVX512 uint32_t Survey(std::span<const uint32_t> slots,
                                 uint32_t least,
                                 std::array<uint64_t, kLanes>* map) {
  *map = {};
  __m512i greatest = _mm512_setzero_si512();
  for (size_t i = 0; i < slots.size(); i += kNarrowLanes) {
    const __mmask16 here =
        FirstNarrowLanes(std::min(kNarrowLanes, slots.size() - i));
    const __m512i some = _mm512_maskz_loadu_epi32(here, slots.data() + i);
    greatest = _mm512_max_epu32(greatest, some);
    if (slots.size() > kMostMappedSlots) continue;
    const uint64_t bits =
        _mm512_mask_cmpge_epu32_mask(here, some, Set32(least));
    (*map)[i / 64] |= bits << (i % 64);
  }
  return _mm512_reduce_max_epu32(greatest);
}

TWICETOLD_AVX512 void BucketMinima(std::span<const uint64_t> all,
                                   const SlotHashes& hashes,
                                   std::span<uint32_t> slots) {
  // Shingles between two looks at how low the slots are.
  constexpr size_t kPiece = 1024;
  // Below a quarter of all values, most offers are in vain.
  constexpr uint32_t kFewOffers = kSecondRound / 4;
  const RoundLanes first = LanesOf(hashes, 0, slots.size());
  const RoundLanes second = LanesOf(hashes, 1, slots.size());
  std::array<uint64_t, kLanes> map;
  uint32_t greatest = Survey(slots, kSecondRound, &map);
  for (size_t begin = 0; begin < all.size(); begin += kPiece) {
    const auto piece = all.subspan(begin, std::min(kPiece, all.size() - begin));
    if (greatest < kFewOffers) {
      LowerWanted(piece, first, BelowLimit{Set64(greatest)}, slots.data());
    } else {
      LowerSlots(piece, first, slots.data());
    }
    greatest = Survey(slots, kSecondRound, &map);
    if (greatest < kSecondRound) continue;
    if (slots.size() > kMostMappedSlots) {
      LowerSlots(piece, second, slots.data());
    } else {
      LowerWanted(piece, second, InMap{_mm512_loadu_si512(map.data())},
                  slots.data());
    }
  }
}

// Slots that neither round has reached, and what is least for each so far.
struct OpenSlots {
  size_t count = 0;
  alignas(64) uint32_t multipliers[4096 + kNarrowLanes];
  alignas(64) uint32_t least[4096 + kNarrowLanes];
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
  for (size_t i = 0; i < slots.size(); i += kNarrowLanes) {
    const __mmask16 is_open = IsOpen(slots, i);
    _mm512_storeu_si512(
        open->multipliers + open->count,
        _mm512_maskz_compress_epi32(
            is_open, _mm512_maskz_loadu_epi32(is_open, multipliers + i)));
    _mm512_storeu_si512(open->least + open->count, Set32(0xffffffff));
    open->count += static_cast<size_t>(std::popcount(is_open));
  }
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
    next += static_cast<size_t>(std::popcount(is_open));
  }
}

TWICETOLD_AVX512 void DirectMinima(std::span<const uint64_t> shingles,
                                   const SlotHashes& hashes,
                                   std::span<uint32_t> slots) {
  constexpr size_t kPiece = 1024;
  // What bringing the lanes of a vector together costs, in steps.
  constexpr size_t kReduction = 6;
  OpenSlots open;
  FindOpen(slots, hashes.multipliers.data(), &open);
  alignas(64) uint32_t bases[kPiece];
  for (size_t begin = 0; begin < shingles.size(); begin += kPiece) {
    const auto piece =
        shingles.subspan(begin, std::min(kPiece, shingles.size() - begin));
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

TWICETOLD_AVX512 size_t CountEqual(std::span<const uint32_t> a,
                                   std::span<const uint32_t> b) {
  size_t equal = 0;
  for (size_t i = 0; i < a.size(); i += kNarrowLanes) {
    const __mmask16 here =
        FirstNarrowLanes(std::min(kNarrowLanes, a.size() - i));
    equal += static_cast<size_t>(std::popcount(_mm512_mask_cmpeq_epi32_mask(
        here, _mm512_maskz_loadu_epi32(here, a.data() + i),
        _mm512_maskz_loadu_epi32(here, b.data() + i))));
  }
  return equal;
}

TWICETOLD_AVX512 inline bool Has(const ShingleBucket& bucket, uint64_t key) {
  constexpr __mmask8 kKeys = (1 << ShingleBucket::kMostKeys) - 1;
  return _mm512_mask_cmpeq_epi64_mask(kKeys, _mm512_load_si512(&bucket),
                                      Set64(key)) != 0;
}

TWICETOLD_AVX512 size_t EnterNew(ShingleBucket* buckets, int shift,
                                 std::span<uint64_t> list,
                                 std::vector<uint64_t>* spilled) {
  size_t kept = 0;
  for (uint64_t key : list) {
    ShingleBucket* bucket = buckets + (key >> shift);
    const bool is_new = !Has(*bucket, key);
    if (bucket->size == ShingleBucket::kMostKeys) [[unlikely]] {
      if (is_new) spilled->push_back(key);
      continue;
    }
    // If it is not new, it now stands there twice until the next is written.
    bucket->keys[bucket->size] = key;
    bucket->size += is_new ? 1 : 0;
    list[kept] = key;
    kept += is_new ? 1 : 0;
  }
  return kept;
}

TWICETOLD_AVX512 size_t CountPresent(const ShingleBucket* buckets, int shift,
                                     std::span<const uint64_t> spilled,
                                     std::span<const uint64_t> set) {
  size_t present = 0;
  for (uint64_t key : set) {
    const ShingleBucket& bucket = buckets[key >> shift];
    const bool found = Has(bucket, key);
    present += found ? 1 : 0;
    const bool is_full = bucket.size == ShingleBucket::kMostKeys;
    if (!found & is_full) [[unlikely]] {
      present +=
          std::binary_search(spilled.begin(), spilled.end(), key) ? 1 : 0;
    }
  }
  return present;
}

}  // namespace

const SketchKernels& Avx512SketchKernels() {
  static constexpr SketchKernels kTable = {
      .combine_tokens = CombineTokens,
      .bucket_minima = BucketMinima,
      .direct_minima = DirectMinima,
      .equal_slots = CountEqual,
      .enter_new = EnterNew,
      .count_present = CountPresent,
  };
  return kTable;
}

}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
