// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/sentence_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/report/sample_comparison.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;

// Each pair of sentences with its changes written out.
std::vector<std::string> Written(const Comparison& comparison) {
  std::vector<std::string> written;
  const auto text = [](const ComparedText& side, ByteRange range) {
    return std::string(
        side.text.utf8.substr(range.begin, range.end - range.begin));
  };
  for (const SentenceDiff& sentence :
       ReadableDiff(comparison, comparison.diffs[0])) {
    std::string line;
    for (const DiffPiece& piece : sentence.pieces) {
      const std::string a = text(comparison.a(), piece.a);
      const std::string b = text(comparison.b(), piece.b);
      if (!line.empty()) line += ' ';
      if (piece.same) line += b;
      if (!piece.same && !a.empty()) line += "[-" + a + "-]";
      if (!piece.same && !b.empty()) line += "{+" + b + "+}";
    }
    written.push_back(line);
  }
  return written;
}

std::vector<std::string> Written(const std::string& a, const std::string& b) {
  return Written(testing::CompareAll(a, b));
}

TEST(SentenceDiffTest, WhiteSpaceIsNoDifference) {
  const Comparison comparison = testing::CompareAll(
      "One day the old king\nwent out to hunt. He saw a deer in the wood.",
      "One day the old king went out\n to hunt.  He saw a deer in the wood.\n");
  const auto sentences = ReadableDiff(comparison, comparison.diffs[0]);
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_TRUE(sentences[0].same());
  EXPECT_TRUE(sentences[1].same());
  EXPECT_EQ(sentences[0].sameness(), 1);
}

TEST(SentenceDiffTest, PiecesOfOneChangeAreOne) {
  EXPECT_THAT(
      Written("He rode through the dark forest with all his companions.",
              "He rode through the bright meadows with all his companions."),
      ElementsAre("He rode through the [-dark forest-]{+bright meadows+} with "
                  "all his companions."));
}

TEST(SentenceDiffTest, SentencesWithoutPartnerStandAlone) {
  EXPECT_THAT(
      Written("He rode through the forest with his dogs. It began to rain "
              "heavily. They turned back to the castle.",
              "He rode through the forest with his dogs. They turned back to "
              "the castle."),
      ElementsAre("He rode through the forest with his dogs.",
                  "[-It began to rain heavily.-]",
                  "They turned back to the castle."));
}

// Whichever text comes first.
TEST(SentenceDiffTest, WhatWasLeftOutComesFirst) {
  const std::string a =
      "He rode through the forest with his dogs. It began to rain heavily. "
      "They turned back to the castle.";
  const std::string b =
      "He rode through the forest with his dogs. Suddenly somebody shouted out "
      "loud. "
      "They turned back to the castle.";
  EXPECT_THAT(Written(a, b)[1], "[-It began to rain heavily.-]");
  EXPECT_THAT(Written(b, a)[1], "[-Suddenly somebody shouted out loud.-]");
}

TEST(IslandsTest, BetweenExchangedWordsAreFolded) {
  EXPECT_THAT(
      Written("We watched a sharp rise of the prices during that year.",
              "We watched a steady fall of the wages during that year."),
      ElementsAre("We watched a [-sharp rise of the prices-]{+steady "
                  "fall of the wages+} during that year."));
}

TEST(IslandsTest, LongWordsAndThreeWordsStay) {
  EXPECT_THAT(
      Written("We watched sharp rises suddenly followed by crashes that year.",
              "We watched slow falls suddenly followed by profits that year."),
      ElementsAre("We watched [-sharp rises-]{+slow falls+} suddenly followed "
                  "by [-crashes-]{+profits+} that year."));
  EXPECT_THAT(
      Written("It was sharp for all of us during that very year.",
              "It was good for all of them during that very year."),
      ElementsAre("It was [-sharp-]{+good+} for all of [-us-]{+them+} during "
                  "that very year."));
}

// They would only be written twice.
TEST(IslandsTest, BetweenWordsLeftOutStay) {
  EXPECT_THAT(
      Written("The very old king of the great land went out to hunt.",
              "The king of the land went out to hunt."),
      ElementsAre("The [-very old-] king of the [-great-] land went out to "
                  "hunt."));
}

TEST(BulletsTest, StandWithTheSentenceBehindThem) {
  EXPECT_THAT(
      Written("* The king went out to hunt.\n* The queen stayed at home.\n",
              "* The king went out to fish.\n* The queen stayed at home.\n"),
      ElementsAre("The king went out to [-hunt-]{+fish+} .",
                  "* The queen stayed at home."));
}

TEST(BulletsTest, OfOneSideOnlyStayWhereTheyAre) {
  EXPECT_THAT(
      Written("The king went out to hunt.\n* The queen stayed at home.\n",
              "The king went out to hunt.\nThe queen stayed at home.\n"),
      ElementsAre("The king went out to hunt. [-*-]",
                  "The queen stayed at home."));
}

}  // namespace
}  // namespace twicetold
