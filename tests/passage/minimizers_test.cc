// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/minimizers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/passage/hashed_text.h"

namespace twicetold {
namespace {

using testing::Hashes;
using testing::Random;

std::vector<Minimizer> MinimizersOf(const Hashes& words, uint32_t window) {
  std::vector<Minimizer> minimizers;
  AppendMinimizers(words, 0, window, &minimizers);
  return minimizers;
}

Hashes RandomHashes(Random* random, size_t n, size_t vocabulary) {
  Hashes hashes;
  for (size_t i = 0; i < n; ++i)
    hashes.push_back(Mix(random->Below(vocabulary)));
  return hashes;
}

uint64_t KeyAt(const Hashes& words, size_t i) {
  return AppendToKey(AppendToKey(AppendToKey(0, words[i]), words[i + 1]),
                     words[i + 2]);
}

// The oracle, for text without repeated shingles.
std::vector<Minimizer> LeastOfEveryWindow(const Hashes& words,
                                          uint32_t window) {
  std::set<uint32_t> positions;
  for (size_t i = 0; i + window + 2 <= words.size(); ++i) {
    size_t least = i;
    for (size_t j = i; j < i + window; ++j) {
      if (Mix(KeyAt(words, j)) < Mix(KeyAt(words, least))) least = j;
    }
    positions.insert(static_cast<uint32_t>(least));
  }
  std::vector<Minimizer> minimizers;
  for (uint32_t position : positions) {
    minimizers.push_back({KeyAt(words, position), position});
  }
  return minimizers;
}

TEST(MinimizersTest, AreTheLeastOfEveryWindow) {
  Random random(1);
  for (uint32_t window : {1, 2, 3, 4, 7, 16}) {
    for (size_t n : {0, 2, 3, 5, 6, 7, 20, 500}) {
      const Hashes words = RandomHashes(&random, n, size_t{1} << 40);
      EXPECT_EQ(MinimizersOf(words, window), LeastOfEveryWindow(words, window))
          << window << " " << n;
    }
  }
}

TEST(MinimizersTest, EveryWindowHasOneInAnyText) {
  Random random(2);
  for (size_t vocabulary : {1, 2, 3, 10}) {
    const Hashes words = RandomHashes(&random, 1000, vocabulary);
    const std::vector<Minimizer> minimizers = MinimizersOf(words, 4);
    ASSERT_FALSE(minimizers.empty());
    EXPECT_LT(minimizers.front().position, 4u);
    EXPECT_GE(minimizers.back().position, 1000u - 2 - 4);
    for (size_t i = 1; i < minimizers.size(); ++i) {
      EXPECT_GT(minimizers[i].position, minimizers[i - 1].position);
      EXPECT_LE(minimizers[i].position - minimizers[i - 1].position, 4u);
    }
  }
}

TEST(MinimizersTest, OneWordOverAndOverGivesOneAWindow) {
  EXPECT_EQ(MinimizersOf(Hashes(1002, Mix(5)), 4).size(), 250u);
}

TEST(MinimizersTest, SharedRunsHaveOneInCommon) {
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    const Hashes run = RandomHashes(&random, 6, size_t{1} << 40);
    std::set<uint64_t> common;
    size_t found = 0;
    for (int side = 0; side < 2; ++side) {
      Hashes text = RandomHashes(&random, 50, 1000);
      testing::Append(&text, run);
      testing::Append(&text, RandomHashes(&random, 50, 1000));
      for (const Minimizer& m : MinimizersOf(text, 4)) {
        if (m.position < 50 || m.position > 53) continue;
        if (!common.insert(m.key).second) ++found;
      }
    }
    EXPECT_GE(found, 1u);
  }
}

TEST(MinimizersTest, KeysSayTheirWords) {
  const Hashes words = {Mix(1), Mix(2), Mix(3)};
  for (uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(WordOfKey(KeyAt(words, 0), i), words[i] >> (64 - kWordKeyBits));
  }
}

TEST(MinimizersTest, PositionsCountFromFirst) {
  std::vector<Minimizer> minimizers;
  AppendMinimizers(Hashes{Mix(1), Mix(2), Mix(3)}, 70, 1, &minimizers);
  ASSERT_EQ(minimizers.size(), 1u);
  EXPECT_EQ(minimizers[0].position, 70u);
}

}  // namespace
}  // namespace twicetold
