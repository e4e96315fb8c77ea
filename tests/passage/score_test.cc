// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/testing/synthetic.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

Passage WholeOf(const Words& a, const Words& b) {
  Passage passage;
  passage.a = {0, a.size()};
  passage.b = {0, b.size()};
  return passage;
}

TEST(ScoreTest, RarityIsTheLogarithmOfTheSmoothedFrequency) {
  const Words a = MakeWords("one two two three");
  const Words b = MakeWords("two four");
  const WordBits both = RarityAmong(a, &b);
  EXPECT_DOUBLE_EQ(both(HashToken("two")), std::log2(8.0 / 4));
  EXPECT_DOUBLE_EQ(both(HashToken("four")), std::log2(8.0 / 2));
  EXPECT_DOUBLE_EQ(both(HashToken("none")), std::log2(8.0));
  const WordBits alone = RarityAmong(a, nullptr);
  EXPECT_DOUBLE_EQ(alone(HashToken("two")), std::log2(6.0 / 3));
  EXPECT_DOUBLE_EQ(alone(HashToken("four")), std::log2(6.0));
}

// "two" twice on both sides, "one" once, in any order and case.
TEST(ScoreTest, WordsAreMatchedOneToOne) {
  const Words a = MakeWords("one two two three two");
  const Words b = MakeWords("TWO five two One six");
  Passage passage = WholeOf(a, b);
  PassageScorer().Score(
      a, b, [](uint64_t) { return 2.5; }, &passage);
  EXPECT_EQ(passage.common_words, 3u);
  EXPECT_DOUBLE_EQ(passage.score, 7.5);
  EXPECT_DOUBLE_EQ(passage.similarity(), 6.0 / 10);
  EXPECT_EQ(passage.kind, PassageKind::kReworded);
}

TEST(ScoreTest, OnlyWordsOfThePassageCount) {
  const Words a = MakeWords("one two three four");
  const Words b = MakeWords("four three two one");
  Passage passage;
  passage.a = {1, 3};
  passage.b = {0, 2};
  PassageScorer().Score(
      a, b, [](uint64_t) { return 1.0; }, &passage);
  EXPECT_EQ(passage.common_words, 1u);
}

PassageKind KindWith(int changed) {
  std::string a;
  std::string b;
  for (int i = 0; i < 100; ++i) {
    a += "a" + std::to_string(i) + " ";
    b += (i < changed ? "b" : "a") + std::to_string(i) + " ";
  }
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  Passage passage = WholeOf(words_a, words_b);
  PassageScorer().Score(
      words_a, words_b, [](uint64_t) { return 1.0; }, &passage);
  return passage.kind;
}

TEST(ScoreTest, TheKindFollowsFromTheWordsInCommon) {
  EXPECT_EQ(KindWith(0), PassageKind::kVerbatim);
  EXPECT_EQ(KindWith(5), PassageKind::kVerbatim);
  EXPECT_EQ(KindWith(6), PassageKind::kLight);
  EXPECT_EQ(KindWith(20), PassageKind::kLight);
  EXPECT_EQ(KindWith(21), PassageKind::kReworded);
}

PassageKind KindOfAll(const std::string& a, const std::string& b) {
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  Passage passage = WholeOf(words_a, words_b);
  PassageScorer().Score(
      words_a, words_b, [](uint64_t) { return 1.0; }, &passage);
  EXPECT_GE(passage.similarity(), .95);
  return passage.kind;
}

// Rows with the same numbers; what else they hold are words of a few.
std::string TableOfFewWords(uint64_t seed) {
  testing::Random random(seed);
  std::string table;
  for (int row = 0; row < 2000; ++row) {
    table += std::to_string(100'000 + row);
    for (int column = 0; column < 10; ++column) {
      table += " w" + std::to_string(random.Below(10));
    }
    table += "\n";
  }
  return table;
}

TEST(ScoreTest, TheSameWordsInAnotherOrderAreNotVerbatim) {
  EXPECT_EQ(KindOfAll(TableOfFewWords(1), TableOfFewWords(2)),
            PassageKind::kLight);
  EXPECT_EQ(KindOfAll(TableOfFewWords(1), TableOfFewWords(1)),
            PassageKind::kVerbatim);
  EXPECT_EQ(KindOfAll("one two three four five", "five four three two one"),
            PassageKind::kLight);
}

TEST(ScoreTest, ASummaryStaysOne) {
  const Words words = MakeWords("one two three");
  Passage passage = WholeOf(words, words);
  passage.kind = PassageKind::kSummary;
  PassageScorer().Score(
      words, words, [](uint64_t) { return 1.0; }, &passage);
  EXPECT_EQ(passage.kind, PassageKind::kSummary);
  EXPECT_EQ(passage.common_words, 3u);
}

}  // namespace
}  // namespace twicetold
