// SPDX-License-Identifier: Apache-2.0
//
// Hashes of keys with AVX-512, eight at a time. Part of avx512.cc and of
// nothing else, which sets the instructions it is compiled for.
//
// The bytes of eight keys are brought into two registers, the first eight bytes
// of each and the second eight. Where the keys are close together, as words
// are, one permutation of the 128 bytes from the first key on does that; else
// each key is loaded by itself.
#ifndef TWICETOLD_TEXT_KERNELS_AVX512_KEYS_H_
#define TWICETOLD_TEXT_KERNELS_AVX512_KEYS_H_

#include <immintrin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "twicetold/base/always_inline.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/mask_bits.h"
#include "twicetold/text/kernels/avx512_high.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/token_key.h"

namespace twicetold {
namespace {

constexpr size_t kLanes = 8;

inline __m512i Multiply(__m512i x, uint64_t factor) {
  return _mm512_mullo_epi64(x, _mm512_set1_epi64(static_cast<int64_t>(factor)));
}

template <int kShift>
inline __m512i XorShift(__m512i x) {
  return _mm512_xor_si512(x, _mm512_srli_epi64(x, kShift));
}

// 16 bytes of each of eight keys, NULs behind the shorter ones; longer ones are
// cut.
struct EightKeys {
  __m512i low;
  __m512i high;
};

// HashShortKey of 8 kVectors keys. Several vectors go side by side, step by
// step, so that those operations stand close to each other which do not wait
// for one another.
template <size_t kVectors>
TWICETOLD_ALWAYS_INLINE void HashShortKeys(const EightKeys* keys,
                                           uint64_t* hashes) {
  const __m512i pi =
      _mm512_set1_epi64(static_cast<int64_t>(0x243f6a8885a308d3u));
  __m512i h[kVectors];
  const auto each = [](const auto& step) {
    for (size_t v = 0; v < kVectors; ++v) step(v);
  };
  each([&](size_t v) {
    h[v] = Multiply(_mm512_xor_si512(keys[v].low, pi), 0x9e3779b97f4a7c15u);
  });
  each([&](size_t v) {
    h[v] = _mm512_xor_si512(XorShift<32>(h[v]), keys[v].high);
  });
  each([&](size_t v) {
    h[v] = Multiply(XorShift<30>(h[v]), 0xbf58476d1ce4e5b9u);
  });
  each([&](size_t v) {
    h[v] = Multiply(XorShift<27>(h[v]), 0x94d049bb133111ebu);
  });
  each([&](size_t v) {
    _mm512_storeu_si512(hashes + kLanes * v, XorShift<31>(h[v]));
  });
}

// Of eight keys with bounds of 16 bits in `pairs`: sizes, in the upper halves.
inline __m256i SizesOf(__m256i pairs) {
  return _mm256_sub_epi32(pairs, _mm256_slli_epi32(pairs, 16));
}

// Which of those are longer than kShortKey.
inline __mmask8 FindLong(__m256i sizes) {
  return _mm256_cmpgt_epu32_mask(
      sizes, _mm256_set1_epi32(((kShortKey + 1) << 16) - 1));
}

// For each byte of eight numbers of 64 bits: which it is of its own, and the
// places of the low and of the upper half's low byte of the number's pair of
// bounds.
struct alignas(64) BytesOfEight {
  uint8_t number[kBlockBytes] = {};
  uint8_t begin[kBlockBytes] = {};
  uint8_t size[kBlockBytes] = {};
  constexpr BytesOfEight() {
    for (uint8_t i = 0; i < kBlockBytes; ++i) {
      number[i] = i % 8;
      begin[i] = static_cast<uint8_t>(i / 8 * 4);
      size[i] = static_cast<uint8_t>(i / 8 * 4 + 2);
    }
  }
};
constexpr BytesOfEight kBytesOfEight;

// Of eight keys, where each begins after the first one, whose bounds are
// `first_pair`: in the lower halves. The upper ones hold anything.
inline __m256i BeginsOf(__m256i pairs, uint32_t first_pair) {
  return _mm256_sub_epi32(pairs,
                          _mm256_set1_epi32(static_cast<int32_t>(first_pair)));
}

// Whether all these are within the bytes that PickEight looks at. Keys need not
// be in order.
inline bool AreClose(__m256i begins) {
  constexpr __mmask16 kLowerHalves = 0x5555;
  return _mm256_mask_cmpgt_epu16_mask(
             kLowerHalves, begins,
             _mm256_set1_epi16(2 * kBlockBytes - kShortKey)) == 0;
}

// `text` is where the first key begins.
inline EightKeys PickEight(const char* text, __m256i begins, __m256i sizes) {
  const __m512i number = Load(kBytesOfEight.number);
  const __m512i later = _mm512_add_epi8(number, Set(8));
  const __m512i size = _mm512_permutexvar_epi8(Load(kBytesOfEight.size),
                                               _mm512_castsi256_si512(sizes));
  const __m512i at = _mm512_permutexvar_epi8(Load(kBytesOfEight.begin),
                                             _mm512_castsi256_si512(begins));
  const __m512i near = Load(text);
  const __m512i far = Load(text + kBlockBytes);
  return {.low = _mm512_maskz_permutex2var_epi8(
              _mm512_cmplt_epu8_mask(number, size), near,
              _mm512_add_epi8(at, number), far),
          .high = _mm512_maskz_permutex2var_epi8(
              _mm512_cmplt_epu8_mask(later, size), near,
              _mm512_add_epi8(at, later), far)};
}

inline __m128i LoadKey(const char* key) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(key));
}

// 16 bytes each of four keys, of which the first is the one at `bounds` and the
// next ones are every second.
inline __m512i LoadFour(const char* folded, const uint16_t* bounds) {
  const __m256i a = _mm256_inserti128_si256(
      _mm256_castsi128_si256(LoadKey(folded + bounds[0])),
      LoadKey(folded + bounds[4]), 1);
  const __m256i b = _mm256_inserti128_si256(
      _mm256_castsi128_si256(LoadKey(folded + bounds[8])),
      LoadKey(folded + bounds[12]), 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(a), b, 1);
}

// All but the low `bits` bits of each number; none from 64 on.
inline __m512i BitsFrom(__m256i bits) {
  return _mm512_sllv_epi64(_mm512_set1_epi64(-1), _mm512_cvtepu32_epi64(bits));
}

// The same for keys that are anywhere.
inline EightKeys LoadEight(const char* folded, const uint16_t* bounds,
                           __m256i sizes) {
  const __m512i even = LoadFour(folded, bounds);
  const __m512i odd = LoadFour(folded, bounds + 2);
  const __m256i bits = _mm256_slli_epi32(_mm256_srli_epi32(sizes, 16), 3);
  const __m256i high_bits = _mm256_subs_epu16(bits, _mm256_set1_epi32(64));
  return {.low = _mm512_andnot_si512(BitsFrom(bits),
                                     _mm512_unpacklo_epi64(even, odd)),
          .high = _mm512_andnot_si512(BitsFrom(high_bits),
                                      _mm512_unpackhi_epi64(even, odd))};
}

inline __m256i LoadPairs(const uint16_t* bounds) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bounds));
}

inline uint32_t LoadPair(const uint16_t* bounds) {
  uint32_t pair;
  std::memcpy(&pair, bounds, sizeof(pair));
  return pair;
}

// Hashes 8 kVectors keys, and those longer than kShortKey wrong. Gives the
// greatest of SizesOf.
template <size_t kVectors>
TWICETOLD_ALWAYS_INLINE __m256i HashVectors(const char* folded,
                                            const uint16_t* bounds,
                                            uint64_t* hashes) {
  const auto at = [&](size_t v) { return bounds + 2 * kLanes * v; };
  __m256i begins[kVectors];
  __m256i sizes[kVectors];
  __m256i farthest = _mm256_setzero_si256();
  __m256i longest = _mm256_setzero_si256();
  for (size_t v = 0; v < kVectors; ++v) {
    const __m256i pairs = LoadPairs(at(v));
    begins[v] = BeginsOf(pairs, LoadPair(at(v)));
    farthest = _mm256_max_epu16(farthest, begins[v]);
    sizes[v] = SizesOf(pairs);
    longest = _mm256_max_epu32(longest, sizes[v]);
  }
  EightKeys keys[kVectors];
  if (AreClose(farthest)) [[likely]] {
    for (size_t v = 0; v < kVectors; ++v) {
      keys[v] = PickEight(folded + at(v)[0], begins[v], sizes[v]);
    }
  } else {
    for (size_t v = 0; v < kVectors; ++v) {
      keys[v] = LoadEight(folded, at(v), sizes[v]);
    }
  }
  HashShortKeys<kVectors>(keys, hashes);
  return longest;
}

// The same for fewer than eight keys.
TWICETOLD_ALWAYS_INLINE __m256i HashFew(const char* folded,
                                        const uint16_t* bounds, size_t count,
                                        uint64_t* hashes) {
  // The first of them, again and again, fills up eight.
  const uint32_t first = LoadPair(bounds);
  const auto inside =
      static_cast<__mmask8>(_bzhi_u32(0xff, static_cast<unsigned>(count)));
  const __m256i pairs = _mm256_mask_loadu_epi32(
      _mm256_set1_epi32(static_cast<int32_t>(first)), inside, bounds);
  const __m256i begins = BeginsOf(pairs, first);
  const __m256i sizes = SizesOf(pairs);
  EightKeys keys;
  if (AreClose(begins)) {
    keys = PickEight(folded + bounds[0], begins, sizes);
  } else {
    uint16_t all[2 * kLanes];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(all), pairs);
    keys = LoadEight(folded, all, sizes);
  }
  HashShortKeys<1>(&keys, hashes);
  return sizes;
}

// A bit for each of up to 64 keys.
inline uint64_t FindLong(const uint16_t* bounds, size_t count) {
  uint64_t is_long = 0;
  for (size_t i = 0; i < count; i += kLanes) {
    const auto inside = static_cast<__mmask8>(
        _bzhi_u32(0xff, static_cast<unsigned>(std::min(kLanes, count - i))));
    const __m256i pairs = _mm256_maskz_loadu_epi32(inside, bounds + 2 * i);
    is_long |= uint64_t{MaskBits(FindLong(SizesOf(pairs)))} << i;
  }
  return is_long;
}

[[gnu::noinline]] void HashLongKeys(const char* folded, const uint16_t* bounds,
                                    size_t count, uint64_t* hashes) {
  for (uint64_t rest = FindLong(bounds, count); rest != 0;
       rest = _blsr_u64(rest)) {
    const uint64_t key = _tzcnt_u64(rest);
    const size_t begin = bounds[2 * key];
    hashes[key] = HashBytes({folded + begin, bounds[2 * key + 1] - begin});
  }
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  constexpr size_t kVectors = 4;
  // So that the call for long keys does not come between short ones.
  constexpr size_t kGroup = 64;
  while (count > 0) {
    const size_t group = std::min(count, kGroup);
    __m256i longest = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + kVectors * kLanes <= group; i += kVectors * kLanes) {
      longest = _mm256_max_epu32(
          longest, HashVectors<kVectors>(folded, bounds + 2 * i, hashes + i));
    }
    for (; i + kLanes <= group; i += kLanes) {
      longest = _mm256_max_epu32(
          longest, HashVectors<1>(folded, bounds + 2 * i, hashes + i));
    }
    if (i < group) {
      longest = _mm256_max_epu32(
          longest, HashFew(folded, bounds + 2 * i, group - i, hashes + i));
    }
    if (FindLong(longest) != 0) [[unlikely]] {
      HashLongKeys(folded, bounds, group, hashes);
    }
    bounds += 2 * group;
    hashes += group;
    count -= group;
  }
}

}  // namespace
}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_AVX512_KEYS_H_
