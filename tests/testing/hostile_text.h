// SPDX-License-Identifier: Apache-2.0
//
// Texts that make a search for recycled text work hard: what repeats so often
// that the pairs of places are many more than the places, and what shares much
// but nothing in a row. What is right to find in each is said here; the tests
// hold small ones to it, bench/passage_growth_bench large ones.
//
// Guarantee: pure functions of their arguments, the same on every machine.
#ifndef TWICETOLD_TESTS_TESTING_HOSTILE_TEXT_H_
#define TWICETOLD_TESTS_TESTING_HOSTILE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace twicetold::testing {

// One paragraph of 71 words in 5 sentences, `times` times, an empty line
// between any two. One text in `times` places.
std::string ParagraphOverAndOver(size_t times);
inline constexpr uint32_t kParagraphWords = 71;

// Two texts of the same sentences, all different, of `words` words each, in
// an order of its own on either side. A sentence that is long enough is a
// passage; nothing that is longer is.
struct ShuffledTexts {
  std::string a;
  std::string b;
};
ShuffledTexts ShuffledSentences(size_t sentences, size_t words, uint64_t seed);

// One word with a space behind it, `times` times. Repeated text, and one only.
std::string OneWordOverAndOver(size_t times);

// Lines of a running number, which begins with the seed, a day, and six amounts
// drawn at random from 0.00 to 999.99. Nothing stands in it twice, nor in
// that of another seed.
std::string TableOfNumbers(size_t rows, uint64_t seed);

// Two sentences of 13 and 12 words, in turn, `times` times each. Repeated text.
std::string TwoSentencesInTurn(size_t times);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_HOSTILE_TEXT_H_
