// SPDX-License-Identifier: Apache-2.0
//
// XXH3 with vectors of 256 bits. The whole file is compiled for AVX2, as its
// build says: nothing may be included here whose functions the linker could
// take for those of other files.
#include "twicetold/base/hash_kernels.h"

#ifdef __AVX2__

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace twicetold {

void DigestAvx2(const void* bytes, size_t size, uint64_t* high, uint64_t* low) {
  const XXH128_hash_t hash = XXH3_128bits(bytes, size);
  *high = hash.high64;
  *low = hash.low64;
}

}  // namespace twicetold

#endif  // __AVX2__
