// SPDX-License-Identifier: Apache-2.0
//
// Which sentence of one side of a passage tells what a sentence of the other
// tells, in order.
//
// Pairings of 1 sentence with 1, 1 with 2 or 3, 2 with 2 (and their mirrors)
// and sentences without partner are chosen by dynamic programming so that what
// the pairs share is most: a pairing scores
//   2 x shared - kUnshared x (weight of a + weight of b)
// in bits (sentence_bags.h), less a price for every sentence that is joined to
// another, more at the end of a line and more still at an empty line, and a
// little more where both sides begin a line. A pairing that scores nothing is
// not made.
//
// Sentences that are the same word for word at both ends of the passage, and in
// long sentences anywhere (sentence_ends.h), are pairs in any case.
//
// Above kMostPairings sentences of a times sentences of b, the passage is
// first divided where a sentence of a and one of b share words that stand
// nowhere else (patience: heaviest chain of those), at every ~128 sentences;
// what is still above it after kMostDivisions rounds is cut at equal shares of
// both sides into pieces that are not, and each piece paired for itself. That
// loses partners that are not opposite each other, nothing else.
//
// Source: sentence alignment by dynamic programming is Gale and Church, "A
// program for aligning sentences in bilingual corpora" (1993); here by shared
// words in place of lengths.
//
// Cost: O(n log n) for n words to divide, plus O(sqrt(kMostPairings)) for each
// sentence. Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_SENTENCE_PAIRS_H_
#define TWICETOLD_PASSAGE_SENTENCE_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/sentence_bags.h"

namespace twicetold {

// Sentences that tell the same, side by side; one side may be empty.
struct SentencePair {
  WordRange a;
  WordRange b;
  friend bool operator==(const SentencePair&, const SentencePair&) = default;
};

inline constexpr uint64_t kMostPairings = uint64_t{1} << 18;
inline constexpr int kMostDivisions = 6;

// The pairs tile both sides. Of sentences without partner in the same place,
// each is a pair of its own, those of a first. `most_pairings` is for tests.
std::vector<SentencePair> PairSentences(const PassageText& a,
                                        const PassageText& b,
                                        uint64_t most_pairings = kMostPairings);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SENTENCE_PAIRS_H_
