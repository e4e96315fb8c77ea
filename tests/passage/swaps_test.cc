// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/swaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/passage/two_interviews.h"
#include "twicetold/passage/edits.h"

namespace twicetold {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Swap> SwapsIn(const std::string& a, const Words& words_a,
                          const std::string& b, const Words& words_b,
                          const PassageDiff& diff) {
  const WordFrequency frequency_a(words_a);
  const WordFrequency frequency_b(words_b);
  return FindSwaps({a, words_a, frequency_a}, {b, words_b, frequency_b}, diff);
}

std::vector<Swap> SwapsOf(const std::string& a, const std::string& b) {
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  Passage passage;
  passage.a = {0, words_a.size()};
  passage.b = {0, words_b.size()};
  return SwapsIn(a, words_a, b, words_b,
                 DiffPassage(a, words_a, b, words_b, passage));
}

std::vector<std::string> Spell(const std::vector<Swap>& swaps) {
  std::vector<std::string> spelled;
  for (const Swap& swap : swaps) {
    spelled.push_back(swap.a + " -> " + swap.b + " (" +
                      std::to_string(swap.count) + ")");
  }
  return spelled;
}

TEST(SwapsTest, CountsByFoldedFormAndShowsTheUsualSpelling) {
  EXPECT_THAT(
      Spell(SwapsOf("We met Sharma today. Then SHARMA went home early. Later "
                    "Sharma came back again.",
                    "We met Reed today. Then Reed went home early. Later reed "
                    "came back again.")),
      ElementsAre("Sharma -> Reed (3)"));
}

TEST(SwapsTest, RanksByCountThenInformation) {
  EXPECT_THAT(
      Spell(SwapsOf("One one fine. One stone lies there, one kitten lies here, "
                    "one kitten lies on, rare one stays.",
                    "One one fine. One stone lies there, one puppy lies here, "
                    "one puppy lies on, fresh two stays.")),
      ElementsAre("kitten -> puppy (2)", "rare one -> fresh two (1)"));
  EXPECT_THAT(Spell(SwapsOf("go go go go x we say so and zebra is here",
                            "go go go y x we say so and lion is here")),
              ElementsAre("zebra -> lion (1)", "go -> y (1)"));
}

TEST(SwapsTest, FunctionWordsRankBehind) {
  const std::vector<Swap> swaps =
      SwapsOf("The man saw the dog, the cow, the cat by the lake at Corinth.",
              "The man saw a dog, a cow, a cat by the lake at Athens.");
  EXPECT_THAT(Spell(swaps),
              ElementsAre("Corinth -> Athens (1)", "the -> a (3)"));
  EXPECT_FALSE(swaps[0].function_words);
  EXPECT_TRUE(swaps[1].function_words);
}

TEST(SwapsTest, ShortPhrases) {
  EXPECT_THAT(Spell(SwapsOf("they met a major\n player there once",
                            "they met a leading figure there once")),
              ElementsAre("major player -> leading figure (1)"));
  EXPECT_THAT(Spell(SwapsOf("they met one two three four there once",
                            "they met five six seven eight there once")),
              IsEmpty());
}

TEST(SwapsTest, PhrasesAreTakenApartWhereAWordIsSwappedAlone) {
  EXPECT_THAT(Spell(SwapsOf("I asked Anya Sharma about it. Then Sharma left.",
                            "I asked Evelyn Reed about it. Then Reed left.")),
              ElementsAre("Sharma -> Reed (2)", "Anya -> Evelyn (1)"));
}

TEST(SwapsTest, NeitherFoldingNorPunctuationNorOneSidedEdits) {
  EXPECT_THAT(SwapsOf("The Cat, he said, sat down here",
                      "the cat – he sat down here now"),
              IsEmpty());
  EXPECT_THAT(SwapsOf("", ""), IsEmpty());
}

// Words that are opposite each other because "the" happens to stand beside
// them.
TEST(SwapsTest, SentencesThatAreNotAlikeHaveNone) {
  const std::string a =
      "Zinc pail rust the office door creaked. We met Sharma.";
  const std::string b = "Tall pine root the margin note spoke. We met Reed.";
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  PassageDiff diff;
  diff.sentences = {{{0, 7}, {0, 7}}, {{7, 10}, {7, 10}}};
  diff.edits = {{EditOp::kReplace, false, {0, 14}, {0, 14}},
                {EditOp::kEqual, false, {14, 19}, {14, 19}},
                {EditOp::kReplace, false, {19, 38}, {19, 36}},
                {EditOp::kEqual, false, {38, 47}, {36, 45}},
                {EditOp::kReplace, false, {47, 53}, {45, 49}},
                {EditOp::kEqual, false, {53, 54}, {49, 50}}};
  diff.edit_ends = {3, 6};
  EXPECT_THAT(Spell(SwapsIn(a, words_a, b, words_b, diff)),
              ElementsAre("Sharma -> Reed (1)"));
  // The same words where sentences are alike make a swap of both.
  const std::string told = "We met Sharma. Then Sharma ran.";
  const std::string again = "We met Reed. Nobody Reed saw.";
  const Words words_told = MakeWords(told);
  const Words words_again = MakeWords(again);
  PassageDiff twice;
  twice.sentences = {{{0, 3}, {0, 3}}, {{3, 6}, {3, 6}}};
  twice.edits = {{EditOp::kEqual, false, {0, 7}, {0, 7}},
                 {EditOp::kReplace, false, {7, 13}, {7, 11}},
                 {EditOp::kReplace, false, {15, 19}, {13, 19}},
                 {EditOp::kReplace, false, {20, 26}, {20, 24}}};
  twice.edit_ends = {2, 4};
  EXPECT_THAT(Spell(SwapsIn(told, words_told, again, words_again, twice)),
              ElementsAre("Sharma -> Reed (2)"));
  // Words of sentences that are.
  diff.sentences = {{{3, 4}, {3, 4}}, {{7, 10}, {7, 10}}};
  EXPECT_EQ(SwapsIn(a, words_a, b, words_b, diff).size(), 3u);
}

TEST(SwapsTest, SidesAreExchanged) {
  const std::string a =
      "Sharma said the goal is near. Sharma left at noon. We saw a fox run.";
  const std::string b =
      "Reed said a goal is far. Reed left at one. We saw the wolf run.";
  std::vector<Swap> back = SwapsOf(b, a);
  for (Swap& swap : back) std::swap(swap.a, swap.b);
  EXPECT_EQ(Spell(back), Spell(SwapsOf(a, b)));
}

TEST(SwapsTest, TheTwoInterviews) {
  const auto data = testing::LoadTwoInterviews();
  if (!data) GTEST_SKIP() << testing::NoTwoInterviews();
  const Words words = MakeWords(data->text);
  Passage passage;
  passage.a = testing::WordsIn(words, data->a);
  passage.b = testing::WordsIn(words, data->b);
  const PassageDiff diff =
      DiffPassage(data->text, words, data->text, words, passage);
  const auto swaps = Spell(SwapsIn(data->text, words, data->text, words, diff));
  ASSERT_FALSE(swaps.empty());
  EXPECT_EQ(swaps[0], "Sharma -> Reed (7)");
  EXPECT_THAT(swaps, Contains("commitment -> investment (1)"));
  EXPECT_THAT(swaps, Contains("crucial -> vital (1)"));
  EXPECT_THAT(swaps, Contains("Anya -> Evelyn (1)"));
}

}  // namespace
}  // namespace twicetold
