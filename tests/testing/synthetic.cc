// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/synthetic.h"

#include <algorithm>
#include <cmath>

namespace twicetold::testing {

std::string WordFor(uint64_t number) {
  constexpr char kConsonants[] = "bcdfghjklmnprstv";
  constexpr char kVowels[] = "aeio";
  std::string word;
  do {
    word += kConsonants[number % 16];
    word += kVowels[number / 16 % 4];
    number /= 64;
  } while (number > 0);
  return word;
}

Words RandomWords(Random* random, size_t count) {
  constexpr double kVocabulary = 20'000;
  Words words;
  words.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    // The inverse of a logarithmic distribution function.
    const double rank = std::pow(kVocabulary, random->Unit());
    words.push_back(WordFor(static_cast<uint64_t>(rank)));
  }
  return words;
}

Words ReplaceWords(Random* random, Words words, double chance) {
  for (std::string& word : words) {
    if (random->Unit() >= chance) continue;
    word = WordFor(random->Bits());
    word += 'x';  // other words end in a vowel
  }
  return words;
}

std::string Join(const Words& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

Words Split(const std::string& text) {
  Words words;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

SetPair RandomSets(Random* random, size_t size, size_t shared) {
  SetPair sets;
  for (size_t i = 0; i < shared; ++i) sets.a.push_back(random->Bits());
  sets.b = sets.a;
  while (sets.a.size() < size) sets.a.push_back(random->Bits());
  while (sets.b.size() < size) sets.b.push_back(random->Bits());
  return sets;
}

void Collection::Add(std::string text) {
  std::string name(7, '0');
  size_t number = texts_.size();
  for (size_t i = name.size(); i-- > 0; number /= 10) {
    name[i] = static_cast<char>('0' + number % 10);
  }
  Add(std::move(name), std::move(text));
}

void Collection::Add(std::string name, std::string text) {
  texts_.emplace_back(std::move(name), std::move(text));
  corpus_.reset();
}

const Corpus& Collection::corpus() {
  if (!corpus_) {
    views_.clear();
    for (const auto& [name, text] : texts_) views_.push_back({name, text});
    corpus_ = std::make_unique<MemoryCorpus>(views_);
  }
  return *corpus_;
}

Collection Collection::Shuffled(Random* random) const {
  Collection shuffled;
  shuffled.texts_ = texts_;
  random->Shuffle(&shuffled.texts_);
  return shuffled;
}

Collection Families(Random* random, const FamilyOptions& options) {
  Collection collection;
  const auto length = [&] {
    return options.least_words +
           random->Below(options.most_words - options.least_words + 1);
  };
  for (size_t family = 0; family < options.families; ++family) {
    const Words words = RandomWords(random, length());
    collection.Add(Join(words));
    for (size_t copy = 0; copy < options.copies; ++copy) {
      const double chance = random->Unit() * options.most_replaced;
      collection.Add(Join(ReplaceWords(random, words, chance)));
    }
  }
  for (size_t i = 0; i < options.loners; ++i) {
    collection.Add(Join(RandomWords(random, length())));
  }
  return collection;
}

}  // namespace twicetold::testing
