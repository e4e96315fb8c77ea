// SPDX-License-Identifier: Apache-2.0
//
// Which shingles of a text become anchors: of every `window` that follow each
// other, the one whose hash is least.
//
// Guarantee: two texts that share window + 2 words in a row have an anchor in
// common there, unless shingles repeat inside that run; of every window + 2
// words of a text one anchor at least is made. On other text it is 2 shingles
// in window + 1.
//
// Source: winnowing (Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms
// for document fingerprinting", SIGMOD 2003), the robust form: where shingles
// repeat, one chosen before stays chosen as long as it is in the window, so
// that a text of one word gives one anchor a window.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_MINIMIZERS_H_
#define TWICETOLD_PASSAGE_MINIMIZERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/hash.h"

namespace twicetold {

// Words of an anchor.
inline constexpr uint32_t kAnchorWords = 3;

// Three words in a row, as the top kWordKeyBits bits of their hashes. Keys of
// different words are equal with a chance of 2^-21 where one word differs:
// anchors are evidence to be verified. In return a key says its words, and
// with them its rarity.
inline constexpr int kWordKeyBits = 21;
inline constexpr uint64_t kShingleKeyMask =
    (uint64_t{1} << (kAnchorWords * kWordKeyBits)) - 1;

constexpr uint64_t AppendToKey(uint64_t key, uint64_t word) {
  return ((key << kWordKeyBits) | (word >> (64 - kWordKeyBits))) &
         kShingleKeyMask;
}

// The top bits of word 0, 1 or 2 of a key.
constexpr uint64_t WordOfKey(uint64_t key, uint32_t i) {
  return (key >> ((kAnchorWords - 1 - i) * kWordKeyBits)) &
         ((uint64_t{1} << kWordKeyBits) - 1);
}

struct Minimizer {
  uint64_t key = 0;
  uint32_t position = 0;  // of the first word
  friend bool operator==(const Minimizer&, const Minimizer&) = default;
};

// The greatest window that may be asked for; the least is 1, every shingle.
inline constexpr uint32_t kMostWindow = 16;

// The minimizers of `words` block by block, positions ascending from `first`.
// Texts with less than window + 2 words have none. Cost: linear; memory: 20
// KiB.
class MinimizerBlocks {
 public:
  // `words` have to outlive it.
  MinimizerBlocks(std::span<const uint64_t> words, uint32_t first,
                  uint32_t window);

  // Sets `*block` to the next ones, maybe none, valid until the next call;
  // false at the end.
  bool Next(std::span<const Minimizer>* block);

 private:
  // Windows that are looked at together.
  static constexpr size_t kBlock = 512;

  const std::span<const uint64_t> words_;
  const uint32_t first_;
  const uint32_t window_;
  size_t windows_ = 0;
  size_t begin_ = 0;   // of the next block
  uint64_t last_ = 0;  // value of the one that was chosen last
  bool any_ = false;
  std::array<uint64_t, kBlock + kMostWindow> keys_;
  std::array<uint64_t, kBlock + kMostWindow> values_;
  std::array<Minimizer, kBlock> chosen_;
};

// Appends all of them to `*minimizers`.
void AppendMinimizers(std::span<const uint64_t> words, uint32_t first,
                      uint32_t window, std::vector<Minimizer>* minimizers);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_MINIMIZERS_H_
