// SPDX-License-Identifier: Apache-2.0
//
// Ideographs in UTF-8, three bytes each.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_KERNELS_HAN_H_
#define TWICETOLD_TEXT_KERNELS_HAN_H_

#include <cstddef>
#include <cstdint>

#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/kernels/run_edges.h"

namespace twicetold {

// The three bytes of a character of three, the first one uppermost. Numbers
// ascend as characters do.
constexpr uint32_t ThreeBytes(char32_t c) {
  return 0xe08080u | (c & 0xf000) << 4 | (c & 0xfc0) << 2 | (c & 0x3f);
}

inline constexpr uint32_t kFirstHanBytes = ThreeBytes(kFirstHan);
inline constexpr uint32_t kLastHanBytes = ThreeBytes(kLastHan);

// TextKernels::count_han.
TWICETOLD_ALWAYS_INLINE size_t CountHanOneByOne(const char* text, size_t size) {
  const auto byte = [text](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  size_t at = 0;
  for (; at + 3 <= size; at += 3) {
    const uint32_t bytes = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    if (bytes - kFirstHanBytes > kLastHanBytes - kFirstHanBytes ||
        (bytes & 0xc0c0) != 0x8080) {
      break;
    }
  }
  return at / 3;
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_HAN_H_
