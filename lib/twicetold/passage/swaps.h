// SPDX-License-Identifier: Apache-2.0
//
// What was said for what: the words of side a that stand for others in side b,
// counted over the edits of a passage.
//
// A swap is a replace, other than by folding, of one to kMostSwapWords words
// by one to kMostSwapWords words, in a pair of sentences of which the edits
// keep kMinKeptWords of the words. In other pairs, words stand opposite each
// other by chance; a swap there counts if it is met in a pair of the first
// kind. A replace of several words by as many is taken apart where a pair of
// them is swapped alone elsewhere: with Sharma -> Reed, "Anya Sharma -> Evelyn
// Reed" counts for that and Anya -> Evelyn.
//
// Words are counted by their folded form and shown as they are written most
// often, with single spaces; of spellings that are equally frequent, the first
// in byte order.
//
// Rank: most frequent first, then by information (the mean rarity of the words
// in their own documents, in bits), then in the order of the text. Swaps of
// function words only (the -> a) come behind all others. No list of them is
// kept, so that any language is served: taken for one is a word that is
// frequent in its document, short, and has neither capital nor digit.
//
// Cost: O(n) in the edits, O(s log s) in the distinct swaps. Exchanging the
// sides exchanges them in every swap.
// Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_SWAPS_H_
#define TWICETOLD_PASSAGE_SWAPS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/passage/edits.h"
#include "twicetold/passage/word_frequency.h"
#include "twicetold/passage/words.h"

namespace twicetold {

inline constexpr uint32_t kMostSwapWords = 3;
// 2 x kept / (words of a + words of b).
inline constexpr double kMinKeptWords = .3;

struct Swap {
  std::string a;
  std::string b;
  uint32_t count = 0;
  double information = 0;       // of a word of them, in bits
  bool function_words = false;  // on both sides, and nothing else
  friend bool operator==(const Swap&, const Swap&) = default;
};

// A document in which a passage stands.
struct SwapText {
  std::string_view utf8;
  const Words& words;              // of `utf8`
  const WordFrequency& frequency;  // of `words`
};

std::vector<Swap> FindSwaps(const SwapText& a, const SwapText& b,
                            const PassageDiff& diff);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SWAPS_H_
