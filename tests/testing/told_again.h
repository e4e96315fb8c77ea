// SPDX-License-Identifier: Apache-2.0
//
// Pairs of made-up texts of which the one tells parts of the other again: word
// for word, reworded, with its sentences or sections in another order, between
// text of its own. In many ways of writing.
//
// Guarantee: pure functions of their arguments, the same on every machine.
#ifndef TWICETOLD_TESTS_TESTING_TOLD_AGAIN_H_
#define TWICETOLD_TESTS_TESTING_TOLD_AGAIN_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold::testing {

enum class Writing {
  kProse,      // sentences, commas, quotation marks, capitals
  kCrlf,       // the same in lines that end with CRLF
  kNoMarks,    // words and spaces, and nothing else
  kNoSpaces,   // Han without spaces, with and without full stops
  kBadBytes,   // prose with bytes in it that are no UTF-8
  kTwoInOne,   // Katakana with characters that are two words each
  kLatin1,     // prose with accents, which Windows-1252 has, too
  kLinesOnly,  // a line a sentence, without marks
};
inline constexpr std::array kAllWritings = {
    Writing::kProse,    Writing::kCrlf,     Writing::kNoMarks,
    Writing::kNoSpaces, Writing::kBadBytes, Writing::kTwoInOne,
    Writing::kLatin1,   Writing::kLinesOnly};

std::string_view NameOf(Writing writing);

struct TextPair {
  std::string a;
  std::string b;
};

// Some 200 to 1,500 words a side.
TextPair ToldAgain(uint64_t seed, Writing writing);

// The same words on both sides, in other sentences and lines.
TextPair OtherMarks(uint64_t seed);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_TOLD_AGAIN_H_
