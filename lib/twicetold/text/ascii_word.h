// SPDX-License-Identifier: Apache-2.0
//
// Short words of ASCII, eight bytes at a time: where a run of letters and
// digits ends, and the run in lower case, ready to be hashed.
//
// The arithmetic on all bytes of a number at once is folklore (see "SIMD
// within a register"): with the top bit of every byte clear, adding 0x80 - x
// sets the top bit of just those bytes that are x or more, and nothing
// carries into the next byte.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_ASCII_WORD_H_
#define TWICETOLD_TEXT_ASCII_WORD_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace twicetold {

// A run of ASCII letters and digits at the head of some bytes, folded and
// padded with zeros. A length of kMaxAsciiWord means that or more.
struct AsciiWord {
  uint64_t low = 0;   // the first eight bytes, little endian
  uint64_t high = 0;  // the eight after them
  size_t length = 0;
};

inline constexpr size_t kMaxAsciiWord = 16;

namespace ascii_word_internal {

constexpr uint64_t Repeat(uint64_t byte) { return byte * 0x0101010101010101u; }

// The top bit of every byte of `x` that is in [first, last]; the top bits of
// `x` must be clear.
constexpr uint64_t InRange(uint64_t x, uint64_t first, uint64_t last) {
  return (x + Repeat(0x80 - first)) & ~(x + Repeat(0x7f - last)) & Repeat(0x80);
}

struct Part {
  uint64_t folded = 0;
  size_t length = 0;  // 8 if all are letters or digits
};

constexpr Part FoldEight(uint64_t x) {
  const uint64_t low_bits = x & Repeat(0x7f);
  const uint64_t upper = InRange(low_bits, 'A', 'Z');
  const uint64_t folded = x | upper >> 2;  // 0x80 >> 2: upper to lower case
  const uint64_t folded_low_bits = low_bits | upper >> 2;
  const uint64_t word =
      (InRange(folded_low_bits, 'a', 'z') | InRange(low_bits, '0', '9')) & ~x;
  const uint64_t other = ~word & Repeat(0x80);
  if (other == 0) return {folded, 8};
  const auto length = static_cast<size_t>(std::countr_zero(other)) / 8;
  return {folded & ((uint64_t{1} << length * 8) - 1), length};
}

}  // namespace ascii_word_internal

// The run at the head of `available` bytes at `bytes`. Reads no byte beyond
// them.
inline AsciiWord ReadAsciiWord(const char* bytes, size_t available) {
  using ascii_word_internal::FoldEight;
  using ascii_word_internal::Part;
  uint64_t low_high[2] = {};
  if (available >= sizeof(low_high)) [[likely]] {
    std::memcpy(low_high, bytes, sizeof(low_high));
  } else {
    std::memcpy(low_high, bytes, available);
  }
  const Part low = FoldEight(low_high[0]);
  if (low.length < 8) return {low.folded, 0, low.length};
  const Part high = FoldEight(low_high[1]);
  return {low.folded, high.folded, 8 + high.length};
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_ASCII_WORD_H_
