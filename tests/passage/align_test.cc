// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/align.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/passage/prose.h"
#include "tests/passage/two_interviews.h"

namespace twicetold {
namespace {

using testing::Exchanged;
using testing::Prose;
using testing::Random;
using testing::Reworded;
using testing::TextOf;

std::vector<Passage> Within(const std::string& text) {
  return AlignWithin(MakeWords(text), PassageOptions());
}

std::vector<Passage> Between(const std::string& a, const std::string& b) {
  return AlignPair(MakeWords(a), MakeWords(b), PassageOptions());
}

// A paragraph `n` times, with `sentences` of other text behind each.
std::string Repeated(Random* random, size_t n, size_t sentences) {
  const std::string paragraph = TextOf(Prose(random, 6));
  std::string text;
  for (size_t i = 0; i < n; ++i) {
    text += paragraph + "\n";
    if (sentences > 0) text += TextOf(Prose(random, sentences)) + "\n";
  }
  return text;
}

TEST(AlignTest, ARewordedPassageIsFoundWithItsBorders) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    const auto told = Prose(&random, 20);
    const std::string before = TextOf(Prose(&random, 40));
    const std::string again = TextOf(Reworded(&random, told, .3));
    const auto passages =
        Between(before + "\n" + again + "\n" + TextOf(Prose(&random, 40)),
                TextOf(Prose(&random, 30)) + "\n" + TextOf(told));
    ASSERT_EQ(passages.size(), 1u) << seed;
    const WordRange truth = {MakeWords(before).size(),
                             MakeWords(before + "\n" + again).size()};
    const uint32_t shared = SharedWords(passages[0].a, truth);
    EXPECT_GE(shared, .85 * truth.size()) << seed;
    EXPECT_GE(shared, .9 * passages[0].a.size()) << seed;
  }
}

// Three sentences copied, of which the first or the last has other words.
TEST(AlignTest, EditedEndsOfACopyAreInThePassage) {
  int exact = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    testing::Sentences told;
    for (int i = 0; i < 3; ++i) {
      told.push_back(testing::RandomWords(&random, 28));
    }
    testing::Sentences again = told;
    testing::Words& edited = seed % 2 == 0 ? again.front() : again.back();
    for (size_t n = 1 + seed / 2 % 2; n > 0; --n) {
      edited[random.Below(edited.size())] = "edited" + std::to_string(n);
    }
    const std::string before_a = TextOf(Prose(&random, 30)) + "\n\n";
    const std::string before_b = TextOf(Prose(&random, 20)) + "\n\n";
    const auto passages =
        Between(before_a + TextOf(told) + "\n\n" + TextOf(Prose(&random, 20)),
                before_b + TextOf(again) + "\n\n" + TextOf(Prose(&random, 30)));
    ASSERT_EQ(passages.size(), 1u) << seed;
    const uint32_t begin_a = MakeWords(before_a).size();
    const uint32_t begin_b = MakeWords(before_b).size();
    // Of the sentence a few words that were edited themselves may be lost, and
    // other text may happen to have the same word next to it.
    const WordRange a = passages[0].a;
    const WordRange b = passages[0].b;
    EXPECT_LE(a.begin, begin_a + 3) << seed;
    EXPECT_LE(b.begin, begin_b + 3) << seed;
    EXPECT_GE(a.end + 3, begin_a + 84) << seed;
    EXPECT_GE(b.end + 3, begin_b + 84) << seed;
    EXPECT_LE(std::max(a.size(), b.size()), 86u) << seed;
    exact += a == WordRange{begin_a, begin_a + 84} ? 1 : 0;
  }
  EXPECT_GE(exact, 36);
}

TEST(AlignTest, SwappedSidesGiveSwappedPassages) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const auto one = Prose(&random, 12);
    const auto other = Prose(&random, 8);
    const std::string a = TextOf(Prose(&random, random.Below(30))) + "\n" +
                          TextOf(one) + "\n" + TextOf(Prose(&random, 20)) +
                          "\n" + TextOf(other);
    const std::string b = TextOf(Reworded(&random, other, .1)) + "\n" +
                          TextOf(Prose(&random, random.Below(60))) + "\n" +
                          TextOf(Reworded(&random, one, .4)) + "\n" +
                          TextOf(other);
    auto swapped = Between(b, a);
    for (Passage& passage : swapped) std::swap(passage.a, passage.b);
    auto passages = Between(a, b);
    ASSERT_FALSE(passages.empty());
    ASSERT_EQ(passages.size(), swapped.size()) << seed;
    for (const Passage& passage : passages) {
      EXPECT_EQ(std::count(swapped.begin(), swapped.end(), passage), 1) << seed;
    }
  }
}

// Texts so small that no word is rare.
TEST(AlignTest, OneSentenceCopiedBetweenTwoOrThree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    const std::string copied =
        TextOf({testing::RandomWords(&random, 25 + random.Below(15))});
    const auto with_other = [&](size_t before, size_t behind) {
      return TextOf(Prose(&random, before)) + " " + copied + " " +
             TextOf(Prose(&random, behind));
    };
    for (size_t others = 0; others < 9; ++others) {
      const std::string a = with_other(others % 3, others / 3);
      const std::string b = with_other(others / 3, others % 3);
      const auto passages = Between(a, b);
      ASSERT_EQ(passages.size(), 1u) << a << "\n" << b;
      EXPECT_GE(passages[0].similarity(), .8);
      const auto within = Within(a + "\n\n" + b);
      ASSERT_EQ(within.size(), 1u) << a << "\n" << b;
      EXPECT_GE(within[0].similarity(), .8);
    }
  }
}

TEST(AlignTest, SmallTextsThatShareALittleHaveNoPassage) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    const std::string shared = testing::Join(testing::RandomWords(&random, 15));
    const std::string a = TextOf(Prose(&random, 2)) + " " + shared;
    const std::string b = TextOf(Prose(&random, 2)) + " " + shared;
    EXPECT_TRUE(Between(a, b).empty()) << a << "\n" << b;
  }
}

TEST(AlignTest, UnrelatedTextsHaveNoPassage) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    EXPECT_TRUE(
        Between(TextOf(Prose(&random, 80)), TextOf(Prose(&random, 80))).empty())
        << seed;
  }
}

// Many cells ask for more mass than words have that are met in every tenth.
TEST(AlignTest, AnEqualSentenceOfOrdinaryWordsIsFoundInLongTexts) {
  constexpr size_t kSentences = 4000;
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Random random(seed);
    testing::Words words;
    for (uint64_t i = 0; i < 30; ++i) {
      words.push_back(testing::WordFor(i % 4 == 0 ? 100 + i : 5 + i));
    }
    random.Shuffle(&words);
    std::string told = testing::Join(words);
    told[0] = static_cast<char>(told[0] - 'a' + 'A');
    const std::string before = TextOf(Prose(&random, kSentences));
    const auto passages =
        Between(before + " " + told + ". " + TextOf(Prose(&random, kSentences)),
                told + ". " + TextOf(Prose(&random, kSentences)));
    ASSERT_EQ(passages.size(), 1u) << seed;
    const uint32_t begin = MakeWords(before).size();
    EXPECT_EQ(passages[0].a, (WordRange{begin, begin + 30})) << seed;
    EXPECT_EQ(passages[0].b, (WordRange{0, 30})) << seed;
  }
}

// The runs between two occurrences of a common word are too short for a run
// of their own here and there; what was told twice is one passage all the same.
TEST(AlignTest, OneWordExchangedThroughoutLeavesOnePassage) {
  for (const uint64_t word : {0, 1, 2, 5, 10}) {
    Random random(word + 1);
    const auto told = Prose(&random, 400);
    const auto passages =
        Between(TextOf(told), TextOf(Exchanged(told, testing::WordFor(word))));
    ASSERT_EQ(passages.size(), 1u) << word;
    const uint32_t size = MakeWords(TextOf(told)).size();
    EXPECT_GE(passages[0].a.size(), .99 * size) << word;
    EXPECT_GE(passages[0].b.size(), .99 * size) << word;
  }
}

TEST(AlignWithinTest, ACopyRightBehindIsOnePassage) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    const auto told = Prose(&random, 20);
    const std::string first = TextOf(told);
    const auto passages = Within(TextOf(Prose(&random, 40)) + "\n" + first +
                                 "\n" + TextOf(Reworded(&random, told, .3)) +
                                 "\n" + TextOf(Prose(&random, 40)));
    ASSERT_EQ(passages.size(), 1u) << seed;
    EXPECT_LE(passages[0].a.end, passages[0].b.begin) << seed;
    EXPECT_GE(passages[0].a.size(), .85 * MakeWords(first).size()) << seed;
  }
}

// Few times every pair of places is looked at, many times the first only.
TEST(AlignWithinTest, NTimesTheSameAreNMinusOnePassages) {
  for (const size_t n : {2, 3, 10, 16, 17, 18, 50, 81, 300}) {
    for (const size_t sentences : {0, 5}) {
      Random random(n);
      const auto passages = Within(Repeated(&random, n, sentences));
      EXPECT_EQ(passages.size(), n - 1) << sentences;
      for (const Passage& passage : passages) {
        EXPECT_EQ(passage.a.begin, 0u);
        EXPECT_LE(passage.a.end, passage.b.begin);
      }
    }
  }
}

// A test of time by its bound on output: all pairs would be 12 million.
TEST(AlignWithinTest, FiveThousandTimesTheSame) {
  Random random(1);
  EXPECT_EQ(Within(Repeated(&random, 5000, 0)).size(), 4999u);
}

TEST(AlignWithinTest, SidesNeverOverlap) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    const auto told = Prose(&random, 6);
    std::string text;
    for (size_t i = 0; i < 8; ++i) {
      text += TextOf(Reworded(&random, told, .05 * random.Below(8))) + "\n";
      text += TextOf(Prose(&random, random.Below(4))) + "\n";
    }
    for (const Passage& passage : Within(text)) {
      EXPECT_LE(passage.a.end, passage.b.begin) << seed;
    }
  }
}

TEST(AlignWithinTest, TheTwoInterviewsAreOnePassage) {
  const auto data = testing::LoadTwoInterviews();
  if (!data) GTEST_SKIP() << testing::NoTwoInterviews();
  const Words words = MakeWords(data->text);
  const auto passages = AlignWithin(words, PassageOptions());
  ASSERT_FALSE(passages.empty());
  for (const auto& [found, bytes] :
       {std::pair(passages[0].a, data->a), std::pair(passages[0].b, data->b)}) {
    const WordRange truth = testing::WordsIn(words, bytes);
    EXPECT_GE(SharedWords(found, truth), .97 * truth.size());
    EXPECT_GE(SharedWords(found, truth), .97 * found.size());
  }
  for (size_t i = 1; i < passages.size(); ++i) {
    EXPECT_LT(passages[i].score, passages[0].score / 5);
  }
}

}  // namespace
}  // namespace twicetold
