// SPDX-License-Identifier: Apache-2.0
#include "bench/web_text.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

constexpr double kVocabulary = 200'000;
// The spread of lengths: the logarithm's standard deviation.
constexpr double kLengthSpread = 1;
constexpr double kLeastWords = 5;
constexpr double kMostWords = 50'000;
// How often a word is one of those that usually follow the one before, and how
// many these are.
constexpr double kFollows = .5;
constexpr double kFollowers = 60;
constexpr uint32_t kOwnWords = uint32_t{1} << 31;

// In [1, n], r about as often as 1/r.
uint32_t Zipf(double n, SmallRandom* random) {
  return static_cast<uint32_t>(std::exp(random->Unit() * std::log(n)));
}

// Box and Muller.
double Normal(SmallRandom* random) {
  const double radius = std::sqrt(-2 * std::log(1 - random->Unit()));
  return radius * std::cos(2 * std::numbers::pi * random->Unit());
}

// Syllables, more for rarer words.
void AppendWord(uint32_t rank, std::string* text) {
  static constexpr char kConsonants[] = "bcdfghjklmnprstvwz";
  static constexpr char kVowels[] = "aeiou";
  uint32_t rest = rank;
  do {
    *text += kConsonants[rest % 18];
    rest /= 18;
    *text += kVowels[rest % 5];
    rest /= 5;
  } while (rest > 0);
}

}  // namespace

WordRanks WebText::Words(size_t count, SmallRandom* random) const {
  WordRanks words;
  words.reserve(count);
  uint32_t before = 0;
  for (size_t i = 0; i < count; ++i) {
    if (random->Unit() < kFollows) {
      const uint64_t follower = Zipf(kFollowers, random);
      SmallRandom choice(Mix(uint64_t{before} << 32 | follower));
      before = Zipf(kVocabulary, &choice);
    } else {
      before = Zipf(kVocabulary, random);
    }
    words.push_back(before);
  }
  return words;
}

WordRanks WebText::Document(uint64_t seed) const {
  SmallRandom random(seed);
  const double length =
      median_words_ * std::exp(kLengthSpread * Normal(&random));
  return Words(static_cast<size_t>(std::clamp(length, kLeastWords, kMostWords)),
               &random);
}

uint32_t WebText::OwnWord(SmallRandom* random) {
  return kOwnWords | static_cast<uint32_t>(random->Next());
}

std::string WebText::TextOf(const WordRanks& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t begin = text.size();
    AppendWord(words[i], &text);
    // Sentences of seven to twenty words, told by the words themselves.
    const bool starts = i == 0 || words[i - 1] % 13 == 0;
    if (starts) text[begin] = static_cast<char>(text[begin] - 'a' + 'A');
    if (words[i] % 13 == 0) text += '.';
    text += i % 11 == 10 ? '\n' : ' ';
  }
  return text;
}

}  // namespace twicetold
