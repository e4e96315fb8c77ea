// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/seen_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;

TEST(SeenPairs, KnowsThePairInEitherOrder) {
  SeenPairs seen(1000, 1 << 20);
  EXPECT_FALSE(seen.SeeAgain(7, 0));
  EXPECT_TRUE(seen.SeeAgain(7, 0));
  EXPECT_TRUE(seen.SeeAgain(0, 7));
  EXPECT_FALSE(seen.SeeAgain(0, 8));
}

// However few places there are, none may be said to be seen that was not.
TEST(SeenPairs, SaysOfNoneThatItWasSeenThatWasNot) {
  for (const uint64_t memory : {0, 16, 1 << 10, 1 << 16}) {
    SeenPairs seen(1 << 12, memory);
    std::set<std::pair<uint32_t, uint32_t>> all;
    Random random(5);
    size_t again = 0;
    for (int i = 0; i < 20'000; ++i) {
      const auto a = static_cast<uint32_t>(random.Below(64));
      const auto b = static_cast<uint32_t>(64 + random.Below(64));
      const bool is_new = all.emplace(a, b).second;
      const bool was_seen =
          i % 2 == 0 ? seen.SeeAgain(a, b) : seen.SeeAgain(b, a);
      EXPECT_FALSE(is_new && was_seen);
      again += was_seen ? 1 : 0;
    }
    EXPECT_GT(again, 0u) << memory;
    if (memory == 1 << 16) {
      EXPECT_GT(again, 8'000u);
    }
  }
}

}  // namespace
}  // namespace twicetold
