// SPDX-License-Identifier: Apache-2.0
//
// The sentences of both sides of a passage as bags of stems, on a scale that
// both share: what pairing sentences needs to know of them.
//
// Where sentences end is told by sentence_ends.h. A stem weighs
// log2((C + 1) / c) where c of the C sentences of both sides have it: names
// that are in every sentence say little, whatever they are elsewhere. Weights
// are whole numbers, so that sums do not depend on their order.
//
// Cost: O(n log n) in the words of the passage.
// Thread safety: free functions; SentenceBags is plain data.
#ifndef TWICETOLD_PASSAGE_SENTENCE_BAGS_H_
#define TWICETOLD_PASSAGE_SENTENCE_BAGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/sentence_ends.h"

namespace twicetold {

// Of a weight: one bit.
inline constexpr int64_t kBit = 64;

struct Sentence {
  WordRange words;
  uint32_t lines_before = 0;  // line ends before it; 2 is an empty line
};

// A stem of the passage, numbered over both sides, in one sentence.
struct BagStem {
  uint32_t stem = 0;
  uint32_t count = 0;
};

// One side. Bag i is stems[begins[i]] up to stems[begins[i + 1]], ascending.
struct SentenceBags {
  std::vector<Sentence> sentences;
  std::vector<BagStem> stems;
  std::vector<size_t> begins;
  // Weight of the sentences before i, one entry a sentence and one at the end.
  std::vector<int64_t> weight_before;

  uint32_t size() const { return static_cast<uint32_t>(sentences.size()); }
  std::span<const BagStem> BagOf(size_t i) const {
    return std::span(stems).subspan(begins[i], begins[i + 1] - begins[i]);
  }
};

struct PassageBags {
  SentenceBags a;
  SentenceBags b;
  std::vector<int64_t> weights;  // of the stems, each at least 1
};

PassageBags MakeBags(const PassageText& a, const PassageText& b,
                     const SentenceEnds& ends);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SENTENCE_BAGS_H_
