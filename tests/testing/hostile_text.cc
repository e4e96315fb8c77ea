// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/hostile_text.h"

#include <string_view>

#include "tests/testing/synthetic.h"

namespace twicetold::testing {
namespace {

constexpr std::string_view kParagraph =
    "The harbour office opens at seven and closes when the last ferry has "
    "left the outer pier. Skippers report their cargo at the second window, "
    "where a clerk enters it in the ledger. Fees are due before noon. Nobody "
    "may moor a vessel at the stone quay unless the harbour master has agreed "
    "in writing. Complaints about noise, lost nets or damaged buoys belong in "
    "the green box beside the stairs. ";

std::string Times(std::string_view piece, size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

// One word in eight is rare, as names are, the more of them the more text.
std::string Sentence(Random* random, size_t words, size_t names) {
  std::string sentence;
  for (std::string& word : RandomWords(random, words)) {
    if (random->Below(8) == 0) word = WordFor(20'000 + random->Below(names));
    if (sentence.empty()) word[0] = static_cast<char>(word[0] - 'a' + 'A');
    sentence += sentence.empty() ? "" : " ";
    sentence += word;
  }
  return sentence + ".";
}

// With a line end after every fifth.
std::string JoinSentences(const std::vector<std::string>& sentences) {
  std::string text;
  for (size_t i = 0; i < sentences.size(); ++i) {
    text += sentences[i];
    text += i % 5 == 4 ? '\n' : ' ';
  }
  return text;
}

std::string Amount(Random* random) {
  const size_t cents = random->Below(100);
  return std::to_string(random->Below(1000)) + (cents < 10 ? ".0" : ".") +
         std::to_string(cents);
}

}  // namespace

std::string ParagraphOverAndOver(size_t times) {
  return Times(std::string(kParagraph) + "\n\n", times);
}

ShuffledTexts ShuffledSentences(size_t sentences, size_t words, uint64_t seed) {
  Random random(seed);
  std::vector<std::string> all;
  for (size_t i = 0; i < sentences; ++i) {
    all.push_back(Sentence(&random, words, 4 * sentences + 1));
  }
  ShuffledTexts texts;
  texts.a = JoinSentences(all);
  random.Shuffle(&all);
  texts.b = JoinSentences(all);
  return texts;
}

std::string OneWordOverAndOver(size_t times) { return Times("echo ", times); }

std::string TableOfNumbers(size_t rows, uint64_t seed) {
  Random random(seed);
  std::string text;
  for (size_t i = 0; i < rows; ++i) {
    text += std::to_string(seed * 1'000'000 + i) + "\t2024-" +
            std::to_string(1 + random.Below(12)) + "-" +
            std::to_string(1 + random.Below(28));
    for (int column = 0; column < 6; ++column) {
      text += '\t';
      text += Amount(&random);
    }
    text += "\n";
  }
  return text;
}

std::string TwoSentencesInTurn(size_t times) {
  return Times(
      "The tide gauge below the bridge was read again at six this morning. "
      "Its keeper wrote the level down and went home for some breakfast. ",
      times);
}

}  // namespace twicetold::testing
