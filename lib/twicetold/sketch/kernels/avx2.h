// SPDX-License-Identifier: Apache-2.0
//
// What the files of the AVX2 kernels share. Functions carry their instruction
// set themselves, so that nothing else of the program is compiled for it.
//
// Thread safety: pure functions.
#ifndef TWICETOLD_SKETCH_KERNELS_AVX2_H_
#define TWICETOLD_SKETCH_KERNELS_AVX2_H_

#include "twicetold/base/kernel_tier.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "twicetold/sketch/kernels/kernels.h"

#define TWICETOLD_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace twicetold::avx2 {

inline constexpr size_t kLanes = 4;        // of 64 bits
inline constexpr size_t kNarrowLanes = 8;  // of 32

TWICETOLD_AVX2 inline __m256i Load(const void* at) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(at));
}

TWICETOLD_AVX2 inline void Store(void* at, __m256i value) {
  _mm256_storeu_si256(static_cast<__m256i*>(at), value);
}

TWICETOLD_AVX2 inline __m256i Set64(uint64_t value) {
  return _mm256_set1_epi64x(static_cast<int64_t>(value));
}

TWICETOLD_AVX2 inline __m256i Set32(uint32_t value) {
  return _mm256_set1_epi32(static_cast<int32_t>(value));
}

// Of the table of kernels.
void DirectMinima(std::span<const uint64_t> shingles, const SlotHashes& hashes,
                  std::span<uint32_t> slots);

}  // namespace twicetold::avx2

#endif  // TWICETOLD_X86_KERNELS

#endif  // TWICETOLD_SKETCH_KERNELS_AVX2_H_
