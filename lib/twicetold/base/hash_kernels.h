// SPDX-License-Identifier: Apache-2.0
//
// The 128 bits of XXH3 in two ways. Used by hash.cc alone, and by its test.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_BASE_HASH_KERNELS_H_
#define TWICETOLD_BASE_HASH_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace twicetold {

void DigestPortable(const void* bytes, size_t size, uint64_t* high,
                    uint64_t* low);

// Only where KernelTier::kAvx2 can be run.
void DigestAvx2(const void* bytes, size_t size, uint64_t* high, uint64_t* low);

}  // namespace twicetold

#endif  // TWICETOLD_BASE_HASH_KERNELS_H_
