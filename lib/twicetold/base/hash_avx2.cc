// SPDX-License-Identifier: Apache-2.0
//
// XXH3 with vectors of 256 bits. Functions, not the file, carry the instruction
// set: those of xxHash are all of this file alone, and what it includes comes
// before.
#include "twicetold/base/hash_kernels.h"
#include "twicetold/base/kernel_tier.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), \
                                 apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#define XXH_INLINE_ALL
#define XXH_VECTOR XXH_AVX2
#include <xxhash.h>

namespace twicetold {

void DigestAvx2(const void* bytes, size_t size, uint64_t* high, uint64_t* low) {
  const XXH128_hash_t hash = XXH3_128bits(bytes, size);
  *high = hash.high64;
  *low = hash.low64;
}

}  // namespace twicetold

#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif  // TWICETOLD_X86_KERNELS
