// SPDX-License-Identifier: Apache-2.0
//
// Ideographs in UTF-8, three bytes each.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_KERNELS_HAN_H_
#define TWICETOLD_TEXT_KERNELS_HAN_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "twicetold/base/always_inline.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/kernels.h"

namespace twicetold {

// The three bytes of a character of three, the first one uppermost. Numbers
// ascend as characters do.
constexpr uint32_t ThreeBytes(char32_t c) {
  return 0xe08080u | (c & 0xf000) << 4 | (c & 0xfc0) << 2 | (c & 0x3f);
}

inline constexpr uint32_t kFirstHanBytes = ThreeBytes(kFirstHan);
inline constexpr uint32_t kLastHanBytes = ThreeBytes(kLastHan);

// Leaves out the ideograph that ends what was taken.
TWICETOLD_ALWAYS_INLINE TakenHan WithoutLast(TakenHan taken, uint16_t offset,
                                             const uint16_t* bounds) {
  if (taken.keys > 0 && bounds[2 * taken.keys - 1] == offset + taken.bytes) {
    --taken.keys;
    taken.bytes -= 3;
  }
  return taken;
}

// TextKernels::take_han.
TWICETOLD_ALWAYS_INLINE TakenHan TakeHanOneByOne(const char* text, size_t size,
                                                 char* out, uint16_t offset,
                                                 uint16_t* bounds) {
  const auto byte = [text](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  TakenHan taken;
  for (; taken.bytes + 3 <= size; taken.bytes += 3) {
    const size_t at = taken.bytes;
    const uint32_t bytes = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    if ((bytes & 0xc0c0) != 0x8080) break;
    if (bytes - kFirstHanBytes > kLastHanBytes - kFirstHanBytes) {
      bool other = false;
      for (size_t i = 0; i < std::size(unicode_tables::kPunctuation); ++i) {
        const uint32_t first = ThreeBytes(unicode_tables::kPunctuationFirst[i]);
        other |= bytes - first < 64 &&
                 unicode_tables::kPunctuation[i][bytes - first] != 0;
      }
      if (!other) break;
      continue;
    }
    std::memcpy(out + at, text + at, 3);
    bounds[2 * taken.keys] = static_cast<uint16_t>(offset + at);
    bounds[2 * taken.keys + 1] = static_cast<uint16_t>(offset + at + 3);
    ++taken.keys;
  }
  return WithoutLast(taken, offset, bounds);
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_HAN_H_
