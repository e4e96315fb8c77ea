// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/passage/two_interviews.h"
#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using Range = std::pair<uint32_t, uint32_t>;

std::vector<SentencePair> PairTexts(const std::string& a, const std::string& b,
                                    uint64_t most = kMostPairings) {
  const Words words_a = MakeWords(a);
  const Words words_b = MakeWords(b);
  return PairSentences({a, words_a, {0, words_a.size()}},
                       {b, words_b, {0, words_b.size()}}, most);
}

void ExpectTiles(const std::vector<SentencePair>& pairs, WordRange a,
                 WordRange b) {
  for (const SentencePair& pair : pairs) {
    ASSERT_EQ(pair.a.begin, a.begin);
    ASSERT_EQ(pair.b.begin, b.begin);
    ASSERT_FALSE(pair.a.empty() && pair.b.empty());
    a.begin = pair.a.end;
    b.begin = pair.b.end;
  }
  EXPECT_TRUE(a.empty());
  EXPECT_TRUE(b.empty());
}

TEST(SentencePairsTest, OneWithOne) {
  EXPECT_EQ(
      PairTexts("The cat sat on the mat. A dog barked at night.",
                "A cat was sitting on mats. Some dog has barked by night."),
      (std::vector<SentencePair>{{{0, 6}, {0, 6}}, {{6, 11}, {6, 12}}}));
}

TEST(SentencePairsTest, WithoutPartner) {
  const std::string first = "Herons wade through shallow marshes.";
  const std::string second = "Nobody mentioned taxes yesterday evening.";
  const std::string third = "Trains leave punctually every morning.";
  EXPECT_EQ(PairTexts(first + " " + second + " " + third, first + " " + third),
            (std::vector<SentencePair>{
                {{0, 5}, {0, 5}}, {{5, 10}, {5, 5}}, {{10, 15}, {5, 10}}}));
  EXPECT_EQ(PairTexts(first, third),
            (std::vector<SentencePair>{{{0, 5}, {0, 0}}, {{5, 5}, {0, 5}}}));
}

TEST(SentencePairsTest, OneThatWasDivided) {
  const std::string one =
      "Herons wade through shallow marshes while trains leave punctually "
      "every single morning.";
  const std::string two =
      "Herons wade through shallow marshes. Trains leave punctually every "
      "single morning.";
  EXPECT_EQ(PairTexts(one, two),
            (std::vector<SentencePair>{{{0, 12}, {0, 11}}}));
  EXPECT_EQ(PairTexts(two, one),
            (std::vector<SentencePair>{{{0, 11}, {0, 12}}}));
}

TEST(SentencePairsTest, NothingOnOneSide) {
  EXPECT_EQ(PairTexts("", "One two three four."),
            (std::vector<SentencePair>{{{0, 0}, {0, 4}}}));
  EXPECT_TRUE(PairTexts("", "").empty());
}

// Text of sentences of 10 words, and which sentence of a became which of b.
struct Planted {
  std::string a;
  std::string b;
  std::set<std::pair<uint32_t, uint32_t>> pairs;
};

void AddSentence(const testing::Words& words, std::string* text) {
  *text += 'A';
  *text += testing::Join(words);
  *text += ". ";
}

Planted Plant(size_t sentences, double replaced) {
  testing::Random random(7);
  Planted planted;
  uint32_t in_b = 0;
  for (uint32_t i = 0; i < sentences; ++i) {
    testing::Words words = testing::RandomWords(&random, 10);
    AddSentence(words, &planted.a);
    const size_t chance = random.Below(20);
    if (chance == 0) continue;  // left out
    if (chance == 1) {          // another one before it
      AddSentence(testing::RandomWords(&random, 10), &planted.b);
      ++in_b;
    }
    AddSentence(testing::ReplaceWords(&random, words, replaced), &planted.b);
    planted.pairs.insert({i, in_b++});
  }
  return planted;
}

double Recall(const Planted& planted, uint64_t most) {
  size_t found = 0;
  for (const SentencePair& pair : PairTexts(planted.a, planted.b, most)) {
    if (pair.a.size() != 10 || pair.b.size() != 10) continue;
    found += planted.pairs.count({pair.a.begin / 10, pair.b.begin / 10});
  }
  return static_cast<double>(found) / static_cast<double>(planted.pairs.size());
}

TEST(SentencePairsTest, DividingLosesNextToNothing) {
  const Planted planted = Plant(1000, .4);
  const double whole = Recall(planted, uint64_t{1} << 30);
  EXPECT_GT(whole, .97);
  EXPECT_GT(Recall(planted, 4096), whole - .01);
}

TEST(SentencePairsTest, FarMoreSentencesThanOneTableHolds) {
  const Planted planted = Plant(30000, .2);
  EXPECT_GT(Recall(planted, kMostPairings), .98);
}

// Nothing divides these but even cuts.
TEST(SentencePairsTest, TheSameSentenceOverAndOver) {
  std::string a;
  for (int i = 0; i < 6000; ++i) a += "We are what we are. ";
  const Words words = MakeWords(a);
  const WordRange all = {0, words.size()};
  const WordRange part = {0, 5 * 100};
  for (const auto& [x, y] : {std::pair(all, all), {all, part}, {part, all}}) {
    const auto pairs = PairSentences({a, words, x}, {a, words, y});
    ExpectTiles(pairs, x, y);
    const auto paired = std::count_if(
        pairs.begin(), pairs.end(),
        [](const SentencePair& p) { return !p.a.empty() && !p.b.empty(); });
    EXPECT_GE(static_cast<uint32_t>(paired), std::min(x.size(), y.size()) / 10);
  }
}

// Which paragraph of the truth the word belongs to, -1 for a heading between.
std::map<uint32_t, int> ParagraphOf(const Words& words,
                                    const std::vector<ByteRange>& paragraphs) {
  std::map<uint32_t, int> paragraph_of;
  for (size_t p = 0; p < paragraphs.size(); ++p) {
    const WordRange range = testing::WordsIn(words, paragraphs[p]);
    for (uint32_t i = range.begin; i < range.end; ++i) {
      paragraph_of[i] = static_cast<int>(p);
    }
  }
  return paragraph_of;
}

TEST(SentencePairsTest, TheParagraphsOfTheTwoInterviewsStandOppositeEachOther) {
  const auto data = testing::LoadTwoInterviews();
  if (!data) GTEST_SKIP() << testing::NoTwoInterviews();
  ASSERT_EQ(data->paragraphs.size(), 20u);
  const Words words = MakeWords(data->text);
  std::vector<ByteRange> of_a;
  std::vector<ByteRange> of_b;
  for (const auto& [a, b] : data->paragraphs) {
    of_a.push_back(a);
    of_b.push_back(b);
  }
  const auto in_a = ParagraphOf(words, of_a);
  const auto in_b = ParagraphOf(words, of_b);
  const WordRange a = testing::WordsIn(words, data->a);
  const WordRange b = testing::WordsIn(words, data->b);
  const auto pairs =
      PairSentences({data->text, words, a}, {data->text, words, b});
  ExpectTiles(pairs, a, b);
  std::set<int> met;
  const auto paragraphs = [](const std::map<uint32_t, int>& of, WordRange r) {
    std::set<int> all;
    for (uint32_t i = r.begin; i < r.end; ++i) {
      const auto at = of.find(i);
      all.insert(at == of.end() ? -1 : at->second);
    }
    return all;
  };
  for (const SentencePair& pair : pairs) {
    if (pair.a.empty() || pair.b.empty()) continue;
    const std::set<int> of_pair = paragraphs(in_a, pair.a);
    EXPECT_EQ(of_pair, paragraphs(in_b, pair.b))
        << "words " << pair.a.begin << " and " << pair.b.begin;
    met.insert(of_pair.begin(), of_pair.end());
  }
  for (int p = 0; p < 20; ++p) EXPECT_TRUE(met.count(p)) << p;
}

}  // namespace
}  // namespace twicetold
