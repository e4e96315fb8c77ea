// SPDX-License-Identifier: Apache-2.0
//
// The bits of an AVX-512 mask of less than 32 lanes, as a number.
//
// Where g++ 12 runs out of registers it puts such a mask into memory by as many
// bytes as it has lanes for (kmovb), and counts in four (popcnt): what lay
// there before is counted, too. Seen in a build for ThreadSanitizer. So the
// bits are asked for in a register, where they are extended by zeros.
//
// Thread safety: a pure function.
#ifndef TWICETOLD_BASE_MASK_BITS_H_
#define TWICETOLD_BASE_MASK_BITS_H_

#include <cstdint>

#include "twicetold/base/always_inline.h"

namespace twicetold {

// `Mask`: __mmask8 or __mmask16.
template <typename Mask>
TWICETOLD_ALWAYS_INLINE uint32_t MaskBits(Mask mask) {
  static_assert(sizeof(Mask) <= 2);
#if defined(__GNUC__) && !defined(__clang__)
  asm("" : "+r"(mask));
#endif
  return mask;
}

}  // namespace twicetold

#endif  // TWICETOLD_BASE_MASK_BITS_H_
