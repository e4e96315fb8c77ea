// SPDX-License-Identifier: Apache-2.0
//
// The key of a token, built and hashed piece by piece.
//
// The hash of a key of n bytes, by which HashToken in tokenize.h is defined:
//   n <= 16: HashShortKey of the bytes, padded with zeros to 16. No key holds
//            a NUL, so keys that differ differ when padded. One round of xor,
//            multiply, xorshift for each half and one to finish, without a
//            branch, so that a vector unit can do the same. Keys of up to 8
//            bytes never collide with each other: every step is a bijection.
//   n  > 16: blocks of kKeyBlock bytes (the last one shorter), the XXH3 of
//            each seeded with the hash of the one before it, the first with 0.
//            A key of any length takes little memory this way.
//
// Canonical order: marks of a run are sorted by combining class, equal ones
// left as they stand (The Unicode Standard, section 3.11). A run of more than
// kMaxMarks is cut there and each part sorted by itself, as the Stream-Safe
// Text Format (UAX #15, section 13) does at 30: spellings that differ only in
// the order of more marks than that are told apart.
//
// Thread safety: a KeyBuilder is for one thread.
#ifndef TWICETOLD_TEXT_TOKEN_KEY_H_
#define TWICETOLD_TEXT_TOKEN_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/base/utf8.h"
#include "twicetold/text/char_info.h"

namespace twicetold {

inline constexpr size_t kShortKey = 16;
inline constexpr size_t kKeyBlock = 4096;
inline constexpr size_t kMaxMarks = 1024;
inline constexpr size_t kMaxStem = 8;

// `low` holds the first eight bytes of the key, `high` the others, little
// endian. The constants are the first 64 bits of the fractions of pi and of
// the golden ratio (the latter odd); the second round is Mix.
constexpr uint64_t HashShortKey(uint64_t low, uint64_t high) {
  uint64_t h = (low ^ 0x243f6a8885a308d3u) * 0x9e3779b97f4a7c15u;
  h ^= h >> 32;
  return Mix(h ^ high);
}

class KeyBuilder {
 public:
  // Adds a character of ASCII.
  void AppendAscii(char c) {
    if (!marks_.empty()) FlushMarks();
    block_[size_++] = c;
    if (size_ > kKeyBlock) [[unlikely]] {
      HashBlock();
    }
  }

  void Append(FoldedChar c) {
    if (c.combining_class() != 0) {
      marks_.push_back(c.bits());
      if (marks_.size() == kMaxMarks) FlushMarks();
      return;
    }
    if (!marks_.empty()) FlushMarks();
    Write(c.code_point());
  }

  // The hash of what was added since the last call. Empties the key.
  uint64_t Finish();

  // The hash of the first `letters` (at most kMaxStem) characters that are no
  // marks, by the rule of HashToken, of what was added since Finish().
  uint64_t HashStem(size_t letters);

 private:
  void Write(char32_t c) {
    size_ += EncodeUtf8(c, block_.data() + size_);
    if (size_ > kKeyBlock) [[unlikely]] {
      HashBlock();
    }
  }
  void FlushMarks();
  void HashBlock();

  // A block, and room for the character that goes beyond it. What lies beyond
  // `size_` is zero as far as kShortKey, unless there were full blocks.
  std::array<char, kKeyBlock + kMaxUtf8Bytes> block_ = {};
  size_t size_ = 0;
  bool has_full_blocks_ = false;
  uint64_t seed_ = 0;  // the hash of the full blocks before this one
  // The first bytes of a key with full blocks.
  std::array<char, 64> head_ = {};
  std::vector<uint32_t> marks_;  // FoldedChar bits, not yet in the block
};

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_TOKEN_KEY_H_
