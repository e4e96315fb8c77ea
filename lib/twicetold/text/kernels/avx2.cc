// SPDX-License-Identifier: Apache-2.0
//
// 32 bytes at a time by comparisons; keys four at a time, with multiplications
// of 64 bits put together from three of 32.
#include "twicetold/text/kernels/kernels.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>

#include <cstring>

#include "twicetold/text/kernels/edge_table.h"
#include "twicetold/text/kernels/han.h"
#include "twicetold/text/kernels/short_key.h"
#include "twicetold/text/kernels/stretch_edges.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), \
                                 apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif

namespace twicetold {
namespace {

inline __m256i Load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

inline __m256i Set(int c) { return _mm256_set1_epi8(static_cast<char>(c)); }

// The bytes of ASCII in `x` from `first` to `last`. Numbers have signs here:
// adding moves `last` to the greatest, 0x7f.
inline __m256i InRange(__m256i x, int first, int last) {
  return _mm256_cmpgt_epi8(_mm256_add_epi8(x, Set(0x7f - last)),
                           Set(0x7f - last + first - 1));
}

inline uint64_t Mask(__m256i x) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(x));
}

struct HalfBlock {
  uint64_t word;
  uint64_t apostrophe;
  uint64_t high;
};

inline HalfBlock ClassifyHalf(__m256i x, char* folded) {
  const __m256i upper = InRange(x, 'A', 'Z');
  const __m256i fold = _mm256_or_si256(x, _mm256_and_si256(upper, Set(0x20)));
  const __m256i word =
      _mm256_or_si256(InRange(fold, 'a', 'z'), InRange(x, '0', '9'));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(folded), fold);
  return {Mask(word), Mask(_mm256_cmpeq_epi8(x, Set('\''))), Mask(x)};
}

inline void ClassifyBlock(const char* text, char* folded, BlockMasks* masks) {
  const HalfBlock a = ClassifyHalf(Load(text), folded);
  const HalfBlock b = ClassifyHalf(Load(text + 32), folded + 32);
  masks->word = a.word | b.word << 32;
  masks->apostrophe = a.apostrophe | b.apostrophe << 32;
  masks->high = a.high | b.high << 32;
}

void Classify(const char* text, size_t size, size_t blocks, char* folded,
              BlockMasks* masks) {
  const size_t whole = size / kBlockBytes;
  for (size_t i = 0; i < whole; ++i) {
    ClassifyBlock(text + i * kBlockBytes, folded + i * kBlockBytes, &masks[i]);
  }
  for (size_t i = whole; i < blocks; ++i) {
    char rest[kBlockBytes] = {};
    if (i == whole) {
      std::memcpy(rest, text + i * kBlockBytes, size % kBlockBytes);
    }
    ClassifyBlock(rest, folded + i * kBlockBytes, &masks[i]);
  }
}

inline size_t CountBits(uint64_t x) {
  return static_cast<size_t>(_mm_popcnt_u64(x));
}

void FindStretches(const BlockMasks* masks, size_t blocks,
                   Stretches* stretches) {
  StretchEdges stretch_edges;
  size_t count = 0;
  stretches->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = stretch_edges.Take(masks[i], masks[i + 1]);
    if (stretch_edges.MayHaveHigh(masks[i])) {
      AddHighStretches(stretch_edges.HighEnds(masks[i]), edges, count,
                       CountBits, stretches);
    }
    __m128i base = _mm_set1_epi16(static_cast<int16_t>(i * kBlockBytes));
    uint16_t* out = stretches->bounds + count;
    for (unsigned k = 0; k < 8; ++k) {
      const uint64_t byte = edges >> 8 * k & 0xff;
      const __m128i offsets = _mm_load_si128(
          reinterpret_cast<const __m128i*>(kBitOffsets[byte].offset));
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out),
                       _mm_add_epi16(offsets, base));
      base = _mm_add_epi16(base, _mm_set1_epi16(8));
      out += CountBits(byte);
    }
    count += CountBits(edges);
  }
  stretches->bound_count = count;
  stretches->open_is_high = stretch_edges.open_is_high();
}

inline __m256i SetNumber(uint64_t x) {
  return _mm256_set1_epi64x(static_cast<int64_t>(x));
}

// Four products modulo 2^64 of three of 32 bits each.
inline __m256i Multiply(__m256i x, uint64_t factor) {
  const __m256i low = SetNumber(factor & 0xffffffffu);
  const __m256i high = SetNumber(factor >> 32);
  const __m256i cross =
      _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), low),
                       _mm256_mul_epu32(x, high));
  return _mm256_add_epi64(_mm256_mul_epu32(x, low),
                          _mm256_slli_epi64(cross, 32));
}

template <int kShift>
inline __m256i XorShift(__m256i x) {
  return _mm256_xor_si256(x, _mm256_srli_epi64(x, kShift));
}

// HashShortKey, four times.
inline __m256i HashShortKeys(__m256i low, __m256i high) {
  const __m256i pi = SetNumber(0x243f6a8885a308d3u);
  __m256i h = Multiply(_mm256_xor_si256(low, pi), 0x9e3779b97f4a7c15u);
  h = _mm256_xor_si256(XorShift<32>(h), high);
  h = Multiply(XorShift<30>(h), 0xbf58476d1ce4e5b9u);
  h = Multiply(XorShift<27>(h), 0x94d049bb133111ebu);
  return XorShift<31>(h);
}

inline __m128i LoadKey(const char* folded, uint16_t begin, uint32_t size) {
  const auto load = reinterpret_cast<const __m128i*>(folded + begin);
  const auto mask = reinterpret_cast<const __m128i*>(&kKeyMasks[size]);
  return _mm_and_si128(_mm_loadu_si128(load), _mm_loadu_si128(mask));
}

// Four keys; `sizes` are at most kShortKey.
inline void HashFour(const char* folded, const uint16_t* bounds,
                     const uint32_t* sizes, uint64_t* hashes) {
  const __m128i first = LoadKey(folded, bounds[0], sizes[0]);
  const __m128i second = LoadKey(folded, bounds[2], sizes[1]);
  const __m256i even = _mm256_inserti128_si256(
      _mm256_castsi128_si256(first), LoadKey(folded, bounds[4], sizes[2]), 1);
  const __m256i odd = _mm256_inserti128_si256(
      _mm256_castsi128_si256(second), LoadKey(folded, bounds[6], sizes[3]), 1);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(hashes),
                      HashShortKeys(_mm256_unpacklo_epi64(even, odd),
                                    _mm256_unpackhi_epi64(even, odd)));
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  const __m256i most = _mm256_set1_epi32(kShortKey);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256i pairs = Load(reinterpret_cast<const char*>(bounds + 2 * i));
    const __m256i sizes = _mm256_srli_epi32(
        _mm256_sub_epi32(pairs, _mm256_slli_epi32(pairs, 16)), 16);
    uint32_t short_sizes[8];
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(short_sizes),
                        _mm256_min_epu32(sizes, most));
    HashFour(folded, bounds + 2 * i, short_sizes, hashes + i);
    HashFour(folded, bounds + 2 * i + 8, short_sizes + 4, hashes + i + 4);
    const __m256i is_long = _mm256_cmpgt_epi32(sizes, most);
    for (auto rest = static_cast<unsigned>(
             _mm256_movemask_ps(_mm256_castsi256_ps(is_long)));
         rest != 0; rest = _blsr_u32(rest)) {
      const size_t at = i + _tzcnt_u32(rest);
      HashKeysOneByOne(folded, bounds + 2 * at, 1, hashes + at);
    }
  }
  HashKeysOneByOne(folded, bounds + 2 * i, count - i, hashes + i);
}

size_t FoldNoWord(const char* /*text*/, size_t /*size*/, char* /*out*/) {
  return 0;
}

TakenHan TakeHan(const char* text, size_t size, char* out, uint16_t offset,
                 uint16_t* bounds) {
  return TakeHanOneByOne(text, size, out, offset, bounds);
}

}  // namespace

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const TextKernels& Avx2TextKernels() {
  static constexpr TextKernels kTable = {.classify = Classify,
                                         .find_stretches = FindStretches,
                                         .hash_keys = HashKeys,
                                         .fold_word = FoldNoWord,
                                         .take_han = TakeHan};
  return kTable;
}

}  // namespace twicetold

#else

namespace twicetold {
const TextKernels& Avx2TextKernels() { return PortableTextKernels(); }
}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
