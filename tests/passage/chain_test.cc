// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/chain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;

constexpr size_t kWords = 400;

// Fewer than kMostLookBack, so that all before an anchor are looked at.
std::vector<Anchor> RandomAnchors(Random* random, size_t count, size_t words) {
  std::vector<Anchor> anchors;
  std::map<std::pair<uint32_t, uint32_t>, bool> taken;
  while (anchors.size() < count) {
    const Anchor anchor = {.a = static_cast<uint32_t>(random->Below(words)),
                           .b = static_cast<uint32_t>(random->Below(words)),
                           .words = 3};
    if (taken.emplace(std::pair(anchor.a, anchor.b), true).second) {
      anchors.push_back(anchor);
    }
  }
  return anchors;
}

std::vector<float> Rarities(Random* random) {
  std::vector<float> rarity;
  for (size_t i = 0; i < kWords + 10; ++i) {
    rarity.push_back(static_cast<float>(1 + random->Below(15)));
  }
  return rarity;
}

// The score of anchors in a row, word by word.
double ScoreOf(const std::vector<Anchor>& anchors,
               const std::vector<float>& rarity) {
  double score = 0;
  for (size_t i = 0; i < anchors.size(); ++i) {
    uint32_t had = 0;
    if (i > 0) {
      const uint32_t a = anchors[i].a - anchors[i - 1].a;
      const uint32_t b = anchors[i].b - anchors[i - 1].b;
      const uint32_t least = std::min(a, b);
      had = least < anchors[i - 1].words ? anchors[i - 1].words - least : 0;
      score -= ChainCost(a, b);
    }
    for (uint32_t word = had; word < anchors[i].words; ++word) {
      score += static_cast<double>(rarity[anchors[i].a + word]);
    }
  }
  return score;
}

// The oracle: the best score of all ways to go on from an anchor.
double BestFrom(const Anchor& from, const std::vector<Anchor>& anchors,
                const std::vector<float>& rarity,
                std::map<std::pair<uint32_t, uint32_t>, double>* known) {
  const auto found = known->find({from.a, from.b});
  if (found != known->end()) return found->second;
  double best = 0;
  for (const Anchor& to : anchors) {
    if (to.a <= from.a || to.b <= from.b) continue;
    if (to.a - from.a > kMostGap + from.words) continue;
    if (to.b - from.b > kMostGap + from.words) continue;
    const double alone = ScoreOf({from}, rarity);
    best = std::max(best, ScoreOf({from, to}, rarity) - alone +
                              BestFrom(to, anchors, rarity, known));
  }
  (*known)[{from.a, from.b}] = best;
  return best;
}

TEST(ChainTest, TheBestIsThatOfAllWays) {
  Random random(1);
  for (int round = 0; round < 200; ++round) {
    const std::vector<float> rarity = Rarities(&random);
    const auto anchors = RandomAnchors(&random, 40, 30 + random.Below(150));
    std::map<std::pair<uint32_t, uint32_t>, double> known;
    double best = 0;
    for (const Anchor& anchor : anchors) {
      best = std::max(best, ScoreOf({anchor}, rarity) +
                                BestFrom(anchor, anchors, rarity, &known));
    }
    const std::vector<Chain> chains = MakeChains(anchors, rarity, 0);
    ASSERT_FALSE(chains.empty());
    EXPECT_NEAR(chains[0].score, best, 1e-6);
  }
}

TEST(ChainTest, EveryAnchorIsUsedOnceAndScoresAreThoseOfTheAnchors) {
  Random random(2);
  const std::vector<float> rarity = Rarities(&random);
  const auto anchors = RandomAnchors(&random, 3000, kWords);
  const std::vector<Chain> chains = MakeChains(anchors, rarity, -1e9);
  size_t used = 0;
  for (size_t i = 0; i < chains.size(); ++i) {
    used += chains[i].anchors.size();
    EXPECT_NEAR(chains[i].score, ScoreOf(chains[i].anchors, rarity), 1e-6);
    if (i > 0) {
      EXPECT_LE(chains[i].score, chains[i - 1].score);
    }
    for (size_t j = 1; j < chains[i].anchors.size(); ++j) {
      EXPECT_LT(chains[i].anchors[j - 1].a, chains[i].anchors[j].a);
      EXPECT_LT(chains[i].anchors[j - 1].b, chains[i].anchors[j].b);
    }
  }
  EXPECT_EQ(used, anchors.size());
}

TEST(ChainTest, SwappedSidesGiveSwappedChains) {
  Random random(3);
  for (int round = 0; round < 50; ++round) {
    // All words are as rare, so that sides have the same.
    const std::vector<float> rarity(kWords + 10, 7.25f);
    std::vector<Anchor> anchors = RandomAnchors(&random, 300, kWords);
    // No anchor and its mirror image, which would be a tie.
    std::erase_if(anchors,
                  [](const Anchor& x) { return (x.a + x.b) % 2 == 0; });
    std::sort(
        anchors.begin(), anchors.end(),
        [](const Anchor& x, const Anchor& y) { return x.a + x.b < y.a + y.b; });
    anchors.erase(std::unique(anchors.begin(), anchors.end(),
                              [](const Anchor& x, const Anchor& y) {
                                return x.a + x.b == y.a + y.b;
                              }),
                  anchors.end());
    const std::vector<Chain> chains = MakeChains(anchors, rarity, 0);
    for (Anchor& anchor : anchors) std::swap(anchor.a, anchor.b);
    const std::vector<Chain> swapped = MakeChains(anchors, rarity, 0);
    ASSERT_EQ(chains.size(), swapped.size());
    for (size_t i = 0; i < chains.size(); ++i) {
      ASSERT_EQ(chains[i].score, swapped[i].score);
      ASSERT_EQ(chains[i].anchors.size(), swapped[i].anchors.size());
      for (size_t j = 0; j < chains[i].anchors.size(); ++j) {
        EXPECT_EQ(chains[i].anchors[j].a, swapped[i].anchors[j].b);
      }
    }
  }
}

TEST(ChainTest, SwappedBlocksAreTwoChains) {
  const std::vector<float> rarity(500, 10);
  std::vector<Anchor> anchors;
  for (uint32_t i = 0; i < 50; ++i) {
    anchors.push_back({.a = i, .b = i + 200, .words = 3});
    anchors.push_back({.a = i + 200, .b = i, .words = 3});
  }
  const std::vector<Chain> chains = MakeChains(anchors, rarity, 20);
  ASSERT_EQ(chains.size(), 2u);
  EXPECT_EQ(chains[0].anchors.size(), 50u);
  EXPECT_EQ(chains[0].a().size(), 52u);
  EXPECT_EQ(chains[1].b().size(), 52u);
}

TEST(ChainTest, AGapOfMoreThanSixtyWordsEndsIt) {
  const std::vector<float> rarity(200, 10);
  EXPECT_EQ(MakeChains({{0, 0, 3}, {63, 63, 3}}, rarity, 0).size(), 1u);
  EXPECT_EQ(MakeChains({{0, 0, 3}, {64, 63, 3}}, rarity, 0).size(), 2u);
  EXPECT_EQ(MakeChains({{0, 0, 3}, {63, 64, 3}}, rarity, 0).size(), 2u);
  EXPECT_TRUE(MakeChains({}, rarity, 0).empty());
}

}  // namespace
}  // namespace twicetold
