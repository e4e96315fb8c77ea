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

std::vector<Swap> SwapsOf(const std::string& a, const std::string& b) {
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  Passage passage;
  passage.a = {0, words_a.size()};
  passage.b = {0, words_b.size()};
  return FindSwaps(a, words_a, b, words_b,
                   DiffPassage(a, words_a, b, words_b, passage).edits);
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
  const auto swaps =
      Spell(FindSwaps(data->text, words, data->text, words, diff.edits));
  ASSERT_FALSE(swaps.empty());
  EXPECT_EQ(swaps[0], "Sharma -> Reed (7)");
  EXPECT_THAT(swaps, Contains("commitment -> investment (1)"));
  EXPECT_THAT(swaps, Contains("crucial -> vital (1)"));
  EXPECT_THAT(swaps, Contains("Anya -> Evelyn (1)"));
}

}  // namespace
}  // namespace twicetold
