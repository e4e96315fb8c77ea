// SPDX-License-Identifier: Apache-2.0
//
// What a passage scores: the words (folded) that its sides have in common,
// matched one to one in any order, and what they tell in bits. To be called
// verbatim they have to stand in the same order for the most part.
//
// Cost: O(words of both sides). Thread safety: a scorer is for one thread;
// WordBits is called from there.
#ifndef TWICETOLD_PASSAGE_SCORE_H_
#define TWICETOLD_PASSAGE_SCORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// The rarity of a word, by its hash, in bits.
using WordBits = std::function<double(uint64_t hash)>;

// -log2 of the smoothed frequency of a word among all words of `a` and `b`, or
// of `a` alone where b is null. Counts are exact.
WordBits RarityAmong(const Words& a, const Words* b);

// Keeps its memory between calls.
class PassageScorer {
 public:
  // Sets `score`, `common_words`, and `kind` where it is not kSummary.
  void Score(const Words& a, const Words& b, const WordBits& bits,
             Passage* passage);

 private:
  // How often a word is left.
  struct Slot {
    uint64_t word = 0;
    uint32_t all = 0;  // 0: free
    uint32_t left = 0;
  };

  void Load(std::span<const uint64_t> words);
  Slot& Find(uint64_t word);

  size_t mask_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SCORE_H_
