// SPDX-License-Identifier: Apache-2.0
//
// How rare a word is among all words of a run: -log2 of its smoothed
// frequency, in bits.
//
// Words are counted in a table of fixed size without their keys, so that the
// count costs no memory that grows with the vocabulary. Error: a word is
// counted together with those that share its cell, so rarity is never too high
// but for rounding, and too low by a bit or two for the rarest words of a
// large vocabulary. Cells are taken from the top bits of a word's hash.
//
// Thread safety: adding is for one thread; a const table is for all.
#ifndef TWICETOLD_PASSAGE_RARITY_H_
#define TWICETOLD_PASSAGE_RARITY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

inline constexpr int kRarityCellBits = 18;

class WordCounts {
 public:
  // Takes its memory, 1 MiB, with the first word.
  void Add(std::span<const uint64_t> words);
  void Add(const WordCounts& other);

  // Words counted.
  uint64_t total() const { return total_; }
  // Words counted in the cell of `word`.
  uint64_t CountOf(uint64_t word) const {
    return counts_.empty() ? 0 : counts_[word >> (64 - kRarityCellBits)];
  }

 private:
  friend class Rarity;
  std::vector<uint32_t> counts_;
  uint64_t total_ = 0;
};

class Rarity {
 public:
  // Parts of a bit in which rarity is given as a whole number.
  static constexpr uint32_t kPartsOfBit = 8;

  Rarity() = default;
  explicit Rarity(const WordCounts& counts);

  // -log2 of (count + 1) / (total + 2), in parts, at most 255.
  uint8_t PartsOfCell(size_t cell) const {
    return parts_.empty() ? 0 : parts_[cell];
  }
  double BitsOf(uint64_t word) const {
    return PartsOfCell(word >> (64 - kRarityCellBits)) /
           static_cast<double>(kPartsOfBit);
  }
  // log2 of the number of words counted; 0 without any.
  double bits_of_total() const { return bits_of_total_; }

 private:
  std::vector<uint8_t> parts_;  // of each cell
  double bits_of_total_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_RARITY_H_
