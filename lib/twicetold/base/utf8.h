// SPDX-License-Identifier: Apache-2.0
//
// UTF-8, one character at a time, and how much of a text is valid.
//
// Valid is what table 3-7 of the Unicode Standard lists: no overlong forms, no
// surrogates, nothing above U+10FFFF. A byte that belongs to no valid sequence
// is a bad byte and stands alone: after E2 82 41 (a sequence cut short) come
// two bad bytes and the letter A.
//
// It stands in base/ because both corpus/ (which encoding is it?) and text/
// (where are the words?) need it.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_BASE_UTF8_H_
#define TWICETOLD_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace twicetold {

inline constexpr char32_t kReplacementCharacter = 0xfffd;
inline constexpr size_t kMaxUtf8Bytes = 4;  // of one character

// A character at the head of some bytes; `length` is 0 where the first byte is
// a bad byte, otherwise 1 to 4.
struct Utf8Char {
  char32_t code_point = 0;
  uint32_t length = 0;
};

// The character at the head of `available` bytes at `bytes`, of which there
// must be at least one.
inline Utf8Char DecodeUtf8(const char* bytes, size_t available) {
  const auto byte = [bytes](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  const auto continues = [&byte](size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const auto six_bits = [&byte](size_t i) { return byte(i) & 0x3f; };
  const uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xc2) return {};  // continuation bytes; C0, C1: overlong only
  if (lead < 0xe0) {
    if (available < 2 || !continues(1)) return {};
    return {(lead & 0x1f) << 6 | six_bits(1), 2};
  }
  if (lead < 0xf0) {
    if (available < 3 || !continues(1) || !continues(2)) return {};
    const uint32_t c = (lead & 0x0f) << 12 | six_bits(1) << 6 | six_bits(2);
    if (c < 0x800 || (c >= 0xd800 && c <= 0xdfff)) return {};
    return {c, 3};
  }
  if (lead > 0xf4 || available < 4 || !continues(1) || !continues(2) ||
      !continues(3)) {
    return {};
  }
  const uint32_t c =
      (lead & 0x07) << 18 | six_bits(1) << 12 | six_bits(2) << 6 | six_bits(3);
  if (c < 0x10000 || c > 0x10ffff) return {};
  return {c, 4};
}

// Writes `c`, which must be a character (no surrogate, at most U+10FFFF), to
// `out`, which must have room for kMaxUtf8Bytes. Returns how many it took.
inline size_t EncodeUtf8(char32_t c, char* out) {
  const auto put = [out](size_t i, uint32_t byte) {
    out[i] = static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (c < 0x80) {
    put(0, c);
    return 1;
  }
  if (c < 0x800) {
    put(0, 0xc0 | c >> 6);
    put(1, 0x80 | (c & 0x3f));
    return 2;
  }
  if (c < 0x10000) {
    put(0, 0xe0 | c >> 12);
    put(1, 0x80 | (c >> 6 & 0x3f));
    put(2, 0x80 | (c & 0x3f));
    return 3;
  }
  put(0, 0xf0 | c >> 18);
  put(1, 0x80 | (c >> 12 & 0x3f));
  put(2, 0x80 | (c >> 6 & 0x3f));
  put(3, 0x80 | (c & 0x3f));
  return 4;
}

// How many bytes EncodeUtf8 takes for `c`.
constexpr size_t Utf8Length(char32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

// What of a text is not ASCII.
struct Utf8Counts {
  uint64_t sequences = 0;  // valid, of two bytes or more
  uint64_t bad_bytes = 0;
};

// Cost: one pass; long runs of ASCII take a tenth of a cycle a byte.
Utf8Counts CountUtf8(std::string_view text);

}  // namespace twicetold

#endif  // TWICETOLD_BASE_UTF8_H_
