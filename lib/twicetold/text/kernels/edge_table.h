// SPDX-License-Identifier: Apache-2.0
//
// The offsets of the bits of a byte, from a table: where there is no
// instruction to pack them, this has no branch to be foreseen wrongly.
//
// Thread safety: constant data.
#ifndef TWICETOLD_TEXT_KERNELS_EDGE_TABLE_H_
#define TWICETOLD_TEXT_KERNELS_EDGE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace twicetold {

struct alignas(16) BitOffsets {
  uint16_t offset[8] = {};  // of as many bits as are set, lowest first
};

constexpr std::array<BitOffsets, 256> MakeBitOffsets() {
  std::array<BitOffsets, 256> table = {};
  for (size_t byte = 0; byte < table.size(); ++byte) {
    size_t count = 0;
    for (uint16_t bit = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1) != 0) table[byte].offset[count++] = bit;
    }
  }
  return table;
}

inline constexpr std::array<BitOffsets, 256> kBitOffsets = MakeBitOffsets();

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_EDGE_TABLE_H_
