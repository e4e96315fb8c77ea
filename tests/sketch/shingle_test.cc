// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/testing/brute_force.h"
#include "twicetold/match/verify.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using testing::ShinglesOf;
using testing::Words;
using testing::WordShingle;

ShingleList ListOf(const Words& words, int size) {
  std::vector<uint64_t> tokens;
  TokenHashes(testing::Join(words), &tokens);
  ShingleList list;
  MakeShingles(tokens, size, &list);
  return list;
}

ShingleSet SetOf(const Words& words, int size) {
  ShingleSet set = ListOf(words, size);
  MakeShingleSet(&set);
  std::sort(set.begin(), set.end());
  return set;
}

// All texts over an alphabet of `letters` words, up to `longest` words.
std::vector<Words> AllTexts(size_t letters, size_t longest) {
  std::vector<Words> texts = {{}};
  for (size_t from = 0, length = 0; length < longest; ++length) {
    const size_t to = texts.size();
    for (; from < to; ++from) {
      for (size_t letter = 0; letter < letters; ++letter) {
        Words longer = texts[from];
        longer.push_back(testing::WordFor(letter));
        texts.push_back(longer);
      }
    }
  }
  return texts;
}

TEST(ShingleTest, KnownAnswersOfBroder) {
  const Words a = testing::Split("a rose is a rose is a rose");
  const Words b = testing::Split("a rose is a flower which is a rose");
  const double jaccard[] = {.6, .5, 3. / 7};
  for (int k = 1; k <= 3; ++k) {
    const Overlap overlap = CompareSets(SetOf(a, k), SetOf(b, k));
    EXPECT_DOUBLE_EQ(overlap.jaccard(), jaccard[k - 1]);
    EXPECT_EQ(overlap.containment_of_a_in_b(), 1);
    EXPECT_DOUBLE_EQ(overlap.containment_of_b_in_a(), jaccard[k - 1]);
  }
}

// One number for each sequence of words, over all small texts: the positions
// that hold equal hashes are those that hold equal words.
TEST(ShingleTest, EqualHashesMeanEqualWords) {
  for (size_t k = 1; k <= 5; ++k) {
    std::map<uint64_t, WordShingle> words_of;
    std::map<WordShingle, uint64_t> hash_of;
    for (const auto& [letters, longest] : {std::pair(2, 9), std::pair(3, 6)}) {
      for (const Words& text : AllTexts(static_cast<size_t>(letters),
                                        static_cast<size_t>(longest))) {
        const ShingleList list = ListOf(text, static_cast<int>(k));
        const size_t expected = text.empty()       ? 0
                                : text.size() <= k ? 1
                                                   : text.size() - k + 1;
        ASSERT_EQ(list.size(), expected);
        for (size_t i = 0; i < list.size(); ++i) {
          const auto begin = text.begin() + static_cast<ptrdiff_t>(i);
          const WordShingle words(
              begin, begin + static_cast<ptrdiff_t>(std::min(k, text.size())));
          ASSERT_EQ(words_of.try_emplace(list[i], words).first->second, words);
          ASSERT_EQ(hash_of.try_emplace(words, list[i]).first->second, list[i]);
        }
      }
    }
  }
}

void CompareAllPairs(const std::vector<Words>& texts, int k) {
  std::vector<ShingleSet> sets;
  std::vector<testing::WordShingles> oracle;
  for (const Words& text : texts) {
    sets.push_back(SetOf(text, k));
    oracle.push_back(ShinglesOf(text, static_cast<size_t>(k)));
    ASSERT_EQ(sets.back().size(), oracle.back().size());
    ASSERT_TRUE(std::is_sorted(sets.back().begin(), sets.back().end()));
  }
  for (size_t a = 0; a < sets.size(); ++a) {
    for (size_t b = 0; b < sets.size(); ++b) {
      const Overlap overlap = CompareSets(sets[a], sets[b]);
      const auto exact = testing::CompareShingles(oracle[a], oracle[b]);
      ASSERT_EQ(overlap.shared, exact.shared);
      ASSERT_EQ(overlap.jaccard(), exact.jaccard());
      ASSERT_EQ(overlap.containment_of_a_in_b(), exact.containment_of_a_in_b());
    }
  }
}

TEST(ShingleTest, AllPairsOfSmallTextsCompareAsTheOracleSays) {
  for (int k = 1; k <= 5; ++k) {
    CompareAllPairs(AllTexts(2, 6), k);
    CompareAllPairs(AllTexts(3, 4), k);
  }
}

TEST(ShingleTest, FewerTokensThanAShingleAreOne) {
  EXPECT_TRUE(ListOf({}, 5).empty());
  EXPECT_EQ(ListOf({"a"}, 5).size(), 1u);
  EXPECT_EQ(ListOf({"a", "b", "c", "d"}, 5).size(), 1u);
  EXPECT_EQ(ListOf({"a", "b", "c", "d", "e"}, 5).size(), 1u);
  EXPECT_EQ(ListOf({"a", "b", "c", "d", "e", "f"}, 5).size(), 2u);
  EXPECT_EQ(ListOf({"a", "b"}, 1 << 30).size(), 1u);
}

TEST(ShingleTest, OrderMatters) {
  EXPECT_NE(ListOf({"a", "b"}, 2), ListOf({"b", "a"}, 2));
  EXPECT_NE(ListOf({"a", "b"}, 5), ListOf({"b", "a"}, 5));
  // For 1-shingles it does not, as sets.
  EXPECT_EQ(SetOf({"a", "b"}, 1), SetOf({"b", "a"}, 1));
}

// Tokens can hash to anything, so that leading zeros must not make a short
// document look like a full shingle.
TEST(ShingleTest, ShortDocumentIsApartFromAShingleWithLeadingZeros) {
  for (uint64_t token : {uint64_t{0}, uint64_t{1}, uint64_t{12345}}) {
    ShingleList full;
    MakeShingles(std::vector<uint64_t>{0, 0, token}, 3, &full);
    ShingleList shorter;
    MakeShingles(std::vector<uint64_t>{0, token}, 3, &shorter);
    ShingleList shortest;
    MakeShingles(std::vector<uint64_t>{token}, 3, &shortest);
    EXPECT_NE(full, shorter);
    EXPECT_NE(full, shortest);
    EXPECT_NE(shorter, shortest);
  }
}

// Rolling along gives what each run of tokens gives on its own.
TEST(ShingleTest, RollingEqualsStartingAnew) {
  testing::Random random(1);
  std::vector<uint64_t> tokens(500);
  for (uint64_t& token : tokens) token = random.Bits();
  for (size_t k : {1, 2, 3, 5, 8, 31}) {
    ShingleList rolled;
    MakeShingles(tokens, static_cast<int>(k), &rolled);
    ASSERT_EQ(rolled.size(), tokens.size() - k + 1);
    for (size_t i = 0; i < rolled.size(); ++i) {
      ShingleList alone;
      MakeShingles(std::span(tokens).subspan(i, k), static_cast<int>(k),
                   &alone);
      ASSERT_EQ(alone, ShingleList{rolled[i]});
    }
  }
}

TEST(ShingleTest, OverwritesWhatTheListHeld) {
  ShingleList list = {1, 2, 3};
  MakeShingles({}, 3, &list);
  EXPECT_TRUE(list.empty());
  list = {3, 1, 3, 2, 1};
  MakeShingleSet(&list);
  EXPECT_THAT(list, ::testing::UnorderedElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace twicetold
