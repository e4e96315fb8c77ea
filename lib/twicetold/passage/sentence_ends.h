// SPDX-License-Identifier: Apache-2.0
//
// Where the sentences of a passage end, on both sides at once.
//
// They are the cells of Words, clipped to the passage. But where a long
// sentence was cut, or short ones were joined, a cell ends at some word that
// depends on what stands before, on the other side at another one. Such ends
// are moved: in stretches of equal words (equal_runs.h) sentences end on both
// sides before the same word, and where a stretch begins or ends, a sentence
// that is cut anyway ends with one of the other side. So sides that are the
// same have the same sentences, and a word that was added to one of them moves
// no end behind it.
//
// Cost: O(n log n) for n words where a sentence was cut or joined, else O(n).
// Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_SENTENCE_ENDS_H_
#define TWICETOLD_PASSAGE_SENTENCE_ENDS_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// One side of a passage: a range of the words of a text.
struct PassageText {
  std::string_view utf8;
  const Words& words;
  WordRange range;
};

struct SentenceEnds {
  // Of each sentence, counted from the first word of the passage.
  std::vector<uint32_t> a;
  std::vector<uint32_t> b;
  // Sentences, by number, that are the same word for word and opposite each
  // other: ascending on both sides.
  std::vector<std::pair<uint32_t, uint32_t>> same;
};

SentenceEnds FindSentenceEnds(const PassageText& a, const PassageText& b);

// The ends of the cells of one side, clipped to the passage and counted from
// its first word.
std::vector<uint32_t> CellEnds(const PassageText& text);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SENTENCE_ENDS_H_
