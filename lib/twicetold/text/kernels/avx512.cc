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

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/base/mask_bits.h"
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
#include "twicetold/text/kernels/avx512_keys.h"

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
    _mm512_storeu_si512(stretches->bounds + count,
                        _mm512_add_epi16(first, base));
    const size_t edge_count = CountBits(edges);
    // Of text in words, no more than half of the bytes are edges.
    if (edge_count > 32) [[unlikely]] {
      const __m512i second =
          _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));
      _mm512_storeu_si512(stretches->bounds + count + 32,
                          _mm512_add_epi16(second, base));
    }
    base = _mm512_add_epi16(base, step);
    count += edge_count;
  }
  stretches->bound_count = count;
  stretches->open_is_high = stretch_edges.open_is_high();
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
