// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/rarity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

TEST(RarityTest, IsTheLogarithmOfTheSmoothedFrequency) {
  std::vector<uint64_t> words;
  for (uint64_t word = 0; word < 10; ++word) {
    for (uint64_t i = 0; i < (uint64_t{1} << word); ++i) {
      words.push_back(Mix(word));
    }
  }
  WordCounts counts;
  counts.Add(words);
  const Rarity rarity(counts);
  EXPECT_DOUBLE_EQ(rarity.bits_of_total(), std::log2(1023));
  for (uint64_t word = 0; word < 10; ++word) {
    ASSERT_EQ(counts.CountOf(Mix(word)), uint64_t{1} << word);
    const double bits =
        std::log2(1025.0) - std::log2(std::exp2(static_cast<double>(word)) + 1);
    EXPECT_LE(rarity.BitsOf(Mix(word)), bits);
    EXPECT_GT(rarity.BitsOf(Mix(word)), bits - 1.0 / Rarity::kPartsOfBit);
  }
  EXPECT_NEAR(rarity.BitsOf(Mix(99)), std::log2(1025.0), .125);
}

TEST(RarityTest, CountsOfPartsAddUp) {
  const std::vector<uint64_t> words = {Mix(1), Mix(2), Mix(1)};
  WordCounts half;
  half.Add(words);
  WordCounts sum;
  sum.Add(WordCounts());
  sum.Add(half);
  sum.Add(half);
  EXPECT_EQ(sum.total(), 6u);
  EXPECT_EQ(sum.CountOf(Mix(1)), 4u);
  EXPECT_EQ(sum.CountOf(Mix(2)), 2u);
}

TEST(RarityTest, NoWordsHaveNone) {
  const Rarity rarity{WordCounts()};
  EXPECT_EQ(rarity.BitsOf(Mix(1)), 0);
  EXPECT_EQ(rarity.bits_of_total(), 0);
}

}  // namespace
}  // namespace twicetold
