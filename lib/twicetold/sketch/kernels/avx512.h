// SPDX-License-Identifier: Apache-2.0
//
// What the files of the AVX-512 kernels share.
//
// Thread safety: pure functions.
#ifndef TWICETOLD_SKETCH_KERNELS_AVX512_H_
#define TWICETOLD_SKETCH_KERNELS_AVX512_H_

#include "twicetold/base/kernel_tier.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "twicetold/sketch/kernels/kernels.h"

#define TWICETOLD_AVX512                              \
  __attribute__((                                     \
      target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw," \
             "avx512vl,avx512dq,avx512vbmi,avx512vbmi2")))

// What g++ 12 says of its own header (its bug 105593).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

namespace twicetold::avx512 {

inline constexpr size_t kLanes = 8;         // of 64 bits
inline constexpr size_t kNarrowLanes = 16;  // of 32

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

// Of the table of kernels.
void DirectMinima(std::span<const uint64_t> shingles, const SlotHashes& hashes,
                  std::span<uint32_t> slots);

}  // namespace twicetold::avx512

#endif  // TWICETOLD_X86_KERNELS

#endif  // TWICETOLD_SKETCH_KERNELS_AVX512_H_
