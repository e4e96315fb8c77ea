// SPDX-License-Identifier: Apache-2.0
//
// Keys one at a time, for kernels without wide multiplications.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_KERNELS_SHORT_KEY_H_
#define TWICETOLD_TEXT_KERNELS_SHORT_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "twicetold/base/always_inline.h"
#include "twicetold/base/hash.h"
#include "twicetold/text/token_key.h"

namespace twicetold {

struct LowHigh {
  uint64_t low = 0;
  uint64_t high = 0;
};

// Entry n keeps the first n bytes of 16.
constexpr std::array<LowHigh, kShortKey + 1> MakeKeyMasks() {
  std::array<LowHigh, kShortKey + 1> masks = {};
  for (size_t n = 0; n <= kShortKey; ++n) {
    masks[n].low = n >= 8 ? ~uint64_t{0} : (uint64_t{1} << n * 8) - 1;
    masks[n].high = n == 16 ? ~uint64_t{0}
                    : n > 8 ? (uint64_t{1} << (n - 8) * 8) - 1
                            : 0;
  }
  return masks;
}

inline constexpr std::array<LowHigh, kShortKey + 1> kKeyMasks = MakeKeyMasks();

// TextKernels::hash_keys.
TWICETOLD_ALWAYS_INLINE void HashKeysOneByOne(const char* folded,
                                              const uint16_t* bounds,
                                              size_t count, uint64_t* hashes) {
  for (size_t i = 0; i < count; ++i) {
    const char* key = folded + bounds[2 * i];
    const size_t size = static_cast<size_t>(bounds[2 * i + 1] - bounds[2 * i]);
    if (size > kShortKey) [[unlikely]] {
      hashes[i] = HashBytes({key, size});
      continue;
    }
    LowHigh bytes;
    std::memcpy(&bytes, key, sizeof(bytes));
    const LowHigh& mask = kKeyMasks[size];
    hashes[i] = HashShortKey(bytes.low & mask.low, bytes.high & mask.high);
  }
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_SHORT_KEY_H_
