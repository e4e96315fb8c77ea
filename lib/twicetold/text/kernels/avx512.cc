// SPDX-License-Identifier: Apache-2.0
//
// 64 bytes at a time: one instruction looks all of them up in a table of the
// 128 characters of ASCII, another packs the offsets of edges; keys are hashed
// eight at a time.
#include "twicetold/text/kernels/kernels.h"

#if TWICETOLD_X86_KERNELS

// The undefined registers in some headers of g++ 12 make it complain.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

#include <immintrin.h>

#include <cstdint>
#include <iterator>

#include "twicetold/base/hash.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/han.h"
#include "twicetold/text/kernels/stretch_edges.h"
#include "twicetold/text/token_key.h"

#if defined(__clang__)
#pragma clang attribute push(                                                \
        __attribute__((target(                                               \
                "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2," \
                "avx2,bmi,bmi2,popcnt"))),                                   \
            apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target(                                                           \
        "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi," \
        "bmi2,popcnt")
#endif

// Below the pragma on purpose.
#include "twicetold/text/kernels/avx512_high.h"

namespace twicetold {
namespace {

struct alignas(64) Offsets {
  uint8_t offset[kBlockBytes] = {};
  constexpr Offsets() {
    for (uint8_t i = 0; i < kBlockBytes; ++i) offset[i] = i;
  }
};
constexpr Offsets kOffsets;

// The block at offset `at` of `size` bytes; NULs follow them.
inline __m512i LoadPart(const char* text, size_t size, size_t at) {
  if (size >= at + kBlockBytes) return Load(text + at);
  const size_t rest = size > at ? size - at : 0;
  return _mm512_maskz_loadu_epi8(
      _bzhi_u64(~uint64_t{0}, static_cast<unsigned>(rest)), text + at);
}

void Classify(const char* text, size_t size, size_t blocks, char* folded,
              BlockMasks* masks) {
  const __m512i table_low = Load(kFoldTable.fold);
  const __m512i table_high = Load(kFoldTable.fold + 64);
  const __m512i apostrophe = Set('\'');
  const size_t whole = size / kBlockBytes;
  for (size_t i = 0; i < blocks; ++i) {
    const size_t at = i * kBlockBytes;
    const __m512i bytes =
        i < whole ? Load(text + at) : LoadPart(text, size, at);
    const __m512i fold = _mm512_permutex2var_epi8(table_low, bytes, table_high);
    const __mmask64 high = _mm512_movepi8_mask(bytes);
    const __mmask64 ascii = _knot_mask64(high);
    _mm512_storeu_si512(folded + at, fold);
    masks[i].word = _mm512_mask_cmpgt_epu8_mask(ascii, fold, apostrophe);
    masks[i].apostrophe = _mm512_mask_cmpeq_epu8_mask(ascii, fold, apostrophe);
    masks[i].high = high;
    if (high != 0) {
      const __m512i before =
          i == 0 ? _mm512_setzero_si512() : Load(text + at - kBlockBytes);
      const __m512i after = LoadPart(text, size, at + kBlockBytes);
      FoldHigh(text + at, {before, bytes, after}, folded + at, &masks[i]);
    }
  }
}

inline size_t CountBits(uint64_t x) {
  return static_cast<size_t>(_mm_popcnt_u64(x));
}

void FindStretches(const BlockMasks* masks, size_t blocks,
                   Stretches* stretches) {
  const __m512i offsets = Load(kOffsets.offset);
  const __m512i step = _mm512_set1_epi16(kBlockBytes);
  __m512i base = _mm512_setzero_si512();
  StretchEdges stretch_edges;
  size_t count = 0;
  stretches->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = stretch_edges.Take(masks[i], masks[i + 1]);
    if (stretch_edges.MayHaveHigh(masks[i])) {
      AddHighStretches(stretch_edges.HighEnds(masks[i]), edges, count,
                       CountBits, stretches);
    }
    const __m512i packed = _mm512_maskz_compress_epi8(edges, offsets);
    const __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
    const __m512i second =
        _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));
    _mm512_storeu_si512(stretches->bounds + count,
                        _mm512_add_epi16(first, base));
    _mm512_storeu_si512(stretches->bounds + count + 32,
                        _mm512_add_epi16(second, base));
    base = _mm512_add_epi16(base, step);
    count += CountBits(edges);
  }
  stretches->bound_count = count;
  stretches->open_is_high = stretch_edges.open_is_high();
}

inline __m512i Multiply(__m512i x, uint64_t factor) {
  return _mm512_mullo_epi64(x, _mm512_set1_epi64(static_cast<int64_t>(factor)));
}

template <int kShift>
inline __m512i XorShift(__m512i x) {
  return _mm512_xor_si512(x, _mm512_srli_epi64(x, kShift));
}

// (x & ~mask) ^ y in one instruction.
inline __m512i ClearAndXor(__m512i x, __m512i mask, __m512i y) {
  return _mm512_ternarylogic_epi64(x, mask, y, 0x9a);
}

// HashShortKey, eight times; bits of `low_rest` and `high_rest` are not part of
// the keys.
inline __m512i HashShortKeys(__m512i low, __m512i low_rest, __m512i high,
                             __m512i high_rest) {
  const __m512i pi =
      _mm512_set1_epi64(static_cast<int64_t>(0x243f6a8885a308d3u));
  __m512i h = Multiply(ClearAndXor(low, low_rest, pi), 0x9e3779b97f4a7c15u);
  h = ClearAndXor(high, high_rest, XorShift<32>(h));
  h = Multiply(XorShift<30>(h), 0xbf58476d1ce4e5b9u);
  h = Multiply(XorShift<27>(h), 0x94d049bb133111ebu);
  return XorShift<31>(h);
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

// Eight keys, whose bounds are in `pairs` as well; says which of them are
// longer than kShortKey, and hashes those wrong.
inline __mmask8 HashEight(const char* folded, const uint16_t* bounds,
                          __m256i pairs, uint64_t* hashes) {
  const __m512i even = LoadFour(folded, bounds);
  const __m512i odd = LoadFour(folded, bounds + 2);
  const __m256i begins = _mm256_slli_epi32(pairs, 16);
  const __m256i sizes = _mm256_srli_epi32(_mm256_sub_epi32(pairs, begins), 16);
  const __m256i bits = _mm256_slli_epi32(sizes, 3);
  const __m256i high_bits = _mm256_subs_epu16(bits, _mm256_set1_epi32(64));
  _mm512_storeu_si512(
      hashes,
      HashShortKeys(_mm512_unpacklo_epi64(even, odd), BitsFrom(bits),
                    _mm512_unpackhi_epi64(even, odd), BitsFrom(high_bits)));
  return _mm256_cmpgt_epu32_mask(sizes, _mm256_set1_epi32(kShortKey));
}

// Keys a group at a time, so that a call for a long one does not come between
// those of eight short ones.
constexpr size_t kGroup = 64;

void HashLongKeys(const char* folded, const uint16_t* bounds, uint64_t which,
                  uint64_t* hashes) {
  for (; which != 0; which = _blsr_u64(which)) {
    const uint64_t i = _tzcnt_u64(which);
    const size_t size = static_cast<size_t>(bounds[2 * i + 1] - bounds[2 * i]);
    hashes[i] = HashBytes({folded + bounds[2 * i], size});
  }
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  for (; count >= kGroup; count -= kGroup) {
    uint64_t is_long = 0;
    for (size_t i = 0; i < kGroup; i += 8) {
      const __m256i pairs =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bounds + 2 * i));
      is_long |= uint64_t{HashEight(folded, bounds + 2 * i, pairs, hashes + i)}
                 << i;
    }
    if (is_long != 0) HashLongKeys(folded, bounds, is_long, hashes);
    bounds += 2 * kGroup;
    hashes += kGroup;
  }
  // The last group; empty keys at the head of `folded` fill it up.
  uint64_t is_long = 0;
  uint16_t last[16];
  for (size_t i = 0; i < count; i += 8) {
    const __mmask8 inside = static_cast<__mmask8>(
        _bzhi_u32(0xff, static_cast<unsigned>(count - i)));
    const __m256i pairs = _mm256_maskz_loadu_epi32(inside, bounds + 2 * i);
    const uint16_t* eight = bounds + 2 * i;
    if (inside != 0xff) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(last), pairs);
      eight = last;
    }
    is_long |= uint64_t{HashEight(folded, eight, pairs, hashes + i)} << i;
  }
  if (is_long != 0) HashLongKeys(folded, bounds, is_long, hashes);
}

}  // namespace

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const TextKernels& Avx512TextKernels() {
  static constexpr TextKernels kTable = {.classify = Classify,
                                         .find_stretches = FindStretches,
                                         .hash_keys = HashKeys,
                                         .fold_word = FoldWord,
                                         .take_han = TakeHan};
  return kTable;
}

}  // namespace twicetold

#else

namespace twicetold {
const TextKernels& Avx512TextKernels() { return PortableTextKernels(); }
}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
