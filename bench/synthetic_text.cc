// SPDX-License-Identifier: Apache-2.0
#include "bench/synthetic_text.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

constexpr size_t kVocabulary = 20'000;
constexpr size_t kLine = 80;

// Letters as often as in English, in steps of a hundredth.
constexpr std::string_view kLetters =
    "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrr"
    "ddddlllluuucccmmmffwwyyggppbbvk";

// How long the words of a dictionary are. Frequent words are shorter.
size_t LengthOf(size_t rank, SmallRandom* random) {
  const size_t base = rank < 30 ? 1 : rank < 300 ? 3 : 4;
  return base + random->Below(rank < 30 ? 3 : rank < 300 ? 4 : 9);
}

std::vector<std::string> MakeVocabulary() {
  SmallRandom random(/*seed=*/7);
  std::vector<std::string> words(kVocabulary);
  for (size_t rank = 0; rank < kVocabulary; ++rank) {
    for (size_t n = LengthOf(rank, &random); n > 0; --n) {
      words[rank] += kLetters[random.Below(kLetters.size())];
    }
  }
  return words;
}

// A word by Zipf's law: rank r with a weight of about 1 / (r + 1).
const std::string& RandomWord(SmallRandom* random) {
  static const std::vector<std::string> vocabulary = MakeVocabulary();
  const double rank =
      std::exp(random->Unit() * std::log(static_cast<double>(kVocabulary)));
  return vocabulary[std::min(kVocabulary, static_cast<size_t>(rank)) - 1];
}

std::string WordOfSentence(bool first, SmallRandom* random) {
  const uint64_t chance = random->Below(100);
  if (chance < 2) return std::to_string(random->Below(2'100));
  std::string word = RandomWord(random);
  if (first || chance < 5) word[0] = static_cast<char>(word[0] - 'a' + 'A');
  if (chance >= 98) word += "'s";
  return word;
}

std::string_view MarkAfter(size_t place, size_t length, SmallRandom* random) {
  if (place + 1 == length) return random->Below(8) == 0 ? "?" : ".";
  return random->Below(12) == 0 ? "," : "";
}

}  // namespace

uint64_t SmallRandom::Next() { return Mix(state_ += 0x9e3779b97f4a7c15u); }

std::string SyntheticText(size_t bytes, uint64_t seed) {
  SmallRandom random(Mix(seed));
  std::string text;
  size_t line_start = 0;
  while (text.size() < bytes) {
    const size_t length = 8 + random.Below(24);
    for (size_t i = 0; i < length && text.size() < bytes; ++i) {
      text += WordOfSentence(i == 0, &random);
      text += MarkAfter(i, length, &random);
      const bool full = text.size() - line_start >= kLine;
      text += full ? '\n' : ' ';
      if (full) line_start = text.size();
    }
  }
  text.resize(bytes);
  return text;
}

std::string WordsOfText(size_t words, uint64_t seed) {
  SmallRandom random(Mix(seed));
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    if (i > 0) text += ' ';
    text += RandomWord(&random);
  }
  return text;
}

}  // namespace twicetold
