// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sections.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/synthetic.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

using testing::MakeStemPair;
using testing::Random;
using testing::RandomWords;

// Made-up texts, put together from sections, in sentences of ten words.
class SectionsTest : public ::testing::Test {
 protected:
  std::string Section(size_t words) {
    std::string text;
    size_t n = 0;
    for (const std::string& word : RandomWords(&random_, words)) {
      text += word;
      text += ++n % 10 == 0 || n == words ? ". " : " ";
    }
    return text + "\n\n";
  }

  // The sides of what the whole of both texts is split into.
  static std::vector<std::pair<WordRange, WordRange>> Split(
      const std::string& a, const std::string& b, uint32_t min_words = 25,
      DraftSource source = DraftSource::kSeeds) {
    const Words words_a = MakeWords(a);
    const Words words_b = MakeWords(b);
    const StemPair pair = MakeStemPair(words_a, words_b);
    EvidenceCounter evidence(pair);
    std::vector<std::pair<WordRange, WordRange>> sides;
    for (const Draft& draft :
         SectionSplitter(pair, min_words, &evidence)
             .Split({{{0, words_a.size()}, {0, words_b.size()}, source, 1}})) {
      sides.emplace_back(draft.a, draft.b);
    }
    return sides;
  }

  using Sides = std::vector<std::pair<WordRange, WordRange>>;
  Random random_{7};
};

TEST_F(SectionsTest, OneSectionStaysAsItIs) {
  const std::string text = Section(80);
  EXPECT_EQ(Split(text, text), (Sides{{{0, 80}, {0, 80}}}));
}

TEST_F(SectionsTest, SectionsInAnotherOrderAreTakenApart) {
  const std::string x = Section(40);
  const std::string y = Section(30);
  EXPECT_EQ(Split(x + y, y + x),
            (Sides{{{0, 40}, {30, 70}}, {{40, 70}, {0, 30}}}));
  // With text between them that only one side has.
  const std::string z = Section(20);
  EXPECT_EQ(Split(x + z + y, y + x),
            (Sides{{{0, 40}, {30, 70}}, {{60, 90}, {0, 30}}}));
}

TEST_F(SectionsTest, SectionsMayBeginWithTheSameWords) {
  const std::string title = "the word of the chairman ";
  const std::string x = title + Section(40);
  const std::string y = title + Section(30);
  const std::string z = title + Section(50);
  EXPECT_EQ(Split(x + y + z, y + z + x).size(), 2);
  EXPECT_EQ(Split(x + y + z, z + y + x).size(), 3);
}

TEST_F(SectionsTest, AShortPhraseInAnotherOrderTakesNothingApart) {
  const std::string x = Section(40);
  const std::string y = Section(40);
  const std::string phrase = Section(8);
  const Sides split = Split(phrase + x + y, x + y + phrase);
  ASSERT_EQ(split.size(), 1);
  EXPECT_GE(split[0].first.size(), 80);
}

TEST_F(SectionsTest, LongSectionsWithForeignTextBetweenThemAreTakenApart) {
  const std::string x = Section(40);
  const std::string y = Section(40);
  EXPECT_EQ(Split(x + Section(50) + y, x + Section(60) + y),
            (Sides{{{0, 40}, {0, 40}}, {{90, 130}, {100, 140}}}));
}

TEST_F(SectionsTest, TextThatOneSideHasAloneTakesNothingApart) {
  const std::string x = Section(40);
  const std::string y = Section(40);
  EXPECT_EQ(Split(x + Section(50) + y, x + y), (Sides{{{0, 130}, {0, 80}}}));
}

TEST_F(SectionsTest, ALittleForeignTextTakesNothingApart) {
  const std::string x = Section(40);
  const std::string y = Section(40);
  EXPECT_EQ(Split(x + Section(20) + y, x + Section(20) + y),
            (Sides{{{0, 100}, {0, 100}}}));
}

TEST_F(SectionsTest, QuestionsWithOtherAnswersAreNoPassage) {
  std::string a;
  std::string b;
  for (int i = 0; i < 9; ++i) {
    const std::string question = Section(18);
    a += question + Section(20);
    b += question + Section(17);
  }
  EXPECT_EQ(Split(a, b), Sides());
  // Where shorter passages are wanted, each by itself.
  EXPECT_EQ(Split(a, b, 10).size(), 9);
  // Nor is there one if all of the alignment has its say.
  EXPECT_TRUE(AlignPair(MakeWords(a), MakeWords(b), {}).empty());
}

TEST_F(SectionsTest, RewordedTextStaysAsItIs) {
  std::string a;
  std::string b;
  for (int i = 0; i < 30; ++i) {
    const std::string shared =
        RandomWords(&random_, 1)[0] + " " + RandomWords(&random_, 1)[0] + " ";
    a += shared + RandomWords(&random_, 1)[0] + " ";
    b += shared + RandomWords(&random_, 1)[0] + " ";
  }
  EXPECT_EQ(Split(a, b).size(), 1);
}

TEST_F(SectionsTest, SummariesStayAsTheyAre) {
  const std::string x = Section(40);
  const std::string y = Section(30);
  EXPECT_EQ(Split(x + y, y + x, 25, DraftSource::kSummary),
            (Sides{{{0, 70}, {0, 70}}}));
}

}  // namespace
}  // namespace twicetold
