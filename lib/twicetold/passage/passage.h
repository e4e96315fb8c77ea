// SPDX-License-Identifier: Apache-2.0
//
// A passage: a stretch of one text that was told again in another, or
// elsewhere in the same text.
//
// Positions count words (twicetold/passage/words.h). The sides are a and b;
// within one document a stands before b, and they do not overlap.
//
// Thread safety: plain values.
#ifndef TWICETOLD_PASSAGE_PASSAGE_H_
#define TWICETOLD_PASSAGE_PASSAGE_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace twicetold {

// A half-open range of words of one document.
struct WordRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  friend bool operator==(const WordRange&, const WordRange&) = default;
};

// How many words two ranges share.
inline uint32_t SharedWords(WordRange x, WordRange y) {
  const uint32_t begin = std::max(x.begin, y.begin);
  const uint32_t end = std::min(x.end, y.end);
  return end > begin ? end - begin : 0;
}

// How the text was used again. A kind is a label; nothing is left out for it.
enum class PassageKind {
  kVerbatim,  // the same words in the same order, but for a few
  kLight,     // most words are the same
  kReworded,  // told again in other words
  kSummary,   // one side tells in short what the other does at length
  kRepeated,  // the same words many times in one document
  // The same words in many documents, or text that was to be ignored.
  kBoilerplate,
  // Verbatim or light, and quoted on one side at least (quotation.h).
  kQuotation,
};

// "verbatim", "light", "reworded", "summary", "repeated", "boilerplate",
// "quotation".
std::string_view PassageKindName(PassageKind kind);

// Of a passage of two places: whether it is text that was to be ignored
// (ignored_text.h), the only reason why one is boilerplate.
inline bool IsIgnored(PassageKind kind) {
  return kind == PassageKind::kBoilerplate;
}

struct Passage {
  WordRange a;
  WordRange b;
  PassageKind kind = PassageKind::kReworded;
  // Information in the words of the passage that both sides have: the sum of
  // their rarity, in bits. Compares within one run only.
  double score = 0;
  // Words (folded) of a and b matched one to one inside the passage, in any
  // order.
  uint32_t common_words = 0;

  // 2 x common / (words of a + words of b), in [0, 1].
  double similarity() const {
    const double words = static_cast<double>(a.size()) + b.size();
    return words == 0 ? 0 : 2.0 * common_words / words;
  }
  friend bool operator==(const Passage&, const Passage&) = default;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_PASSAGE_H_
