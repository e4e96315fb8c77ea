// SPDX-License-Identifier: Apache-2.0
//
// Which words of a sentence are which of another: a longest common
// subsequence.
//
// Of the subsequences of most words, the one whose words stand together most
// (a run of n words gives n - 1 neighbours) and, after that, whose spelling is
// the same most often is taken: of two readings of equal length, the one that
// a person would mark.
//
// Above kMostWordPairs words of a times words of b, words that occur once on
// either side divide the sentences first (patience, as in Bram Cohen's diff);
// what is still above it is left without partners but for what is equal at its
// two ends.
//
// Cost: O(words of a x words of b) up to kMostWordPairs, O(n log n) and
// O(kMostWordPairs) for each part above.
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_WORD_PAIRS_H_
#define TWICETOLD_PASSAGE_WORD_PAIRS_H_

#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

inline constexpr uint64_t kMostWordPairs = uint64_t{1} << 18;

// A word as far as comparing goes: what it is, and how it is written.
struct WordKey {
  uint64_t folded = 0;
  uint64_t spelled = 0;
};

// Positions of equal words.
struct WordPair {
  uint32_t a = 0;
  uint32_t b = 0;
  friend bool operator==(const WordPair&, const WordPair&) = default;
};

// Ascending on both sides. `most_word_pairs` is for tests.
std::vector<WordPair> PairWords(std::span<const WordKey> a,
                                std::span<const WordKey> b,
                                uint64_t most_word_pairs = kMostWordPairs);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WORD_PAIRS_H_
