// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/blocks.h"

#include <gtest/gtest.h>

#include <vector>

#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

// Cells of ten words.
Words WordsWithCells(uint32_t count) {
  Words words;
  for (uint32_t i = 0; i < count; ++i) {
    words.cells.push_back({10 * i, 10 * (i + 1)});
  }
  return words;
}

std::vector<Block> BlocksOf(const std::vector<Seed>& seeds, bool within) {
  const Words words = WordsWithCells(100);
  StemPair pair;
  pair.within = within;
  pair.a.words = pair.b.words = &words;
  return FindBlocks(pair, seeds, SeedOptions());
}

TEST(BlocksTest, SeedsNearEachOtherAreOneBlock) {
  const auto blocks =
      BlocksOf({{2, 50, .6f}, {3, 52, .5f}, {7, 53, .6f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{20, 80}));
  EXPECT_EQ(blocks[0].b, (WordRange{500, 540}));
}

TEST(BlocksTest, AGapOnEitherSideSplits) {
  EXPECT_EQ(BlocksOf({{2, 50, .6f}, {7, 51, .6f}}, false).size(), 2u);
  EXPECT_EQ(BlocksOf({{2, 50, .6f}, {3, 55, .6f}}, false).size(), 2u);
}

// Cells 53 and 54 speak of what cell 2 does, which 50 tells much better.
TEST(BlocksTest, PoorPartnersEndNoBlock) {
  const auto blocks =
      BlocksOf({{2, 50, .6f}, {2, 53, .3f}, {2, 54, .3f}, {3, 51, .5f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{20, 40}));
  EXPECT_EQ(blocks[0].b, (WordRange{500, 520}));
}

// A sentence that became two.
TEST(BlocksTest, GoodPartnersDo) {
  const auto blocks =
      BlocksOf({{2, 50, .5f}, {2, 51, .45f}, {3, 52, .5f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].b, (WordRange{500, 530}));
}

// Cells 0-4 and their copy 5-9, and seeds among neighbours that are weaker.
TEST(BlocksTest, ACopyRightBehindIsABlockOfItsOwn) {
  std::vector<Seed> seeds;
  for (uint32_t i = 0; i < 5; ++i) seeds.push_back({i, i + 5, .7f});
  for (uint32_t i = 0; i < 9; ++i) seeds.push_back({i, i + 1, .3f});
  const auto blocks = BlocksOf(seeds, true);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{0, 50}));
  EXPECT_EQ(blocks[0].b, (WordRange{50, 100}));
}

}  // namespace
}  // namespace twicetold
