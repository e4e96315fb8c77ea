// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/equal_runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/passage/longest_ascending.h"

namespace twicetold {
namespace {

using List = std::vector<uint64_t>;

TEST(LongestAscendingTest, AgainstAllSubsequences) {
  testing::Random random(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<uint32_t> values(random.Below(10));
    for (uint32_t& value : values) {
      value = static_cast<uint32_t>(random.Below(8));
    }
    size_t longest = 0;
    for (uint32_t chosen = 0; chosen < (1u << values.size()); ++chosen) {
      std::vector<uint32_t> some;
      for (size_t i = 0; i < values.size(); ++i) {
        if ((chosen >> i & 1) != 0) some.push_back(values[i]);
      }
      bool ascends = true;
      for (size_t i = 1; i < some.size(); ++i) {
        ascends = ascends && some[i - 1] < some[i];
      }
      if (ascends) longest = std::max(longest, some.size());
    }
    const std::vector<uint32_t> list = LongestAscending(values);
    EXPECT_EQ(list.size(), longest);
    for (size_t i = 1; i < list.size(); ++i) {
      EXPECT_LT(list[i - 1], list[i]);
      EXPECT_LT(values[list[i - 1]], values[list[i]]);
    }
  }
}

TEST(EqualRunsTest, EndsOnly) {
  const List a = {1, 2, 3, 9, 4, 5};
  const List b = {1, 2, 3, 8, 8, 4, 5};
  const std::vector<EqualRun> both = {{0, 0, 3}, {4, 5, 2}};
  EXPECT_EQ(FindEqualEnds(a, b), both);
  EXPECT_EQ(FindEqualRuns(a, b), both);
  EXPECT_EQ(FindEqualEnds(a, a), (std::vector<EqualRun>{{0, 0, 6}}));
  EXPECT_TRUE(FindEqualEnds(a, {}).empty());
  EXPECT_TRUE(FindEqualRuns({}, {}).empty());
  // The ends do not share a word.
  EXPECT_EQ(FindEqualEnds(List{1, 1, 1}, List{1, 1}),
            (std::vector<EqualRun>{{0, 0, 2}}));
}

TEST(EqualRunsTest, Between) {
  // 7 7 stands there twice, and is part of a run.
  const List a = {100, 1, 2, 3, 7, 7, 101, 4, 5, 6, 7, 7};
  const List b = {200, 1, 2, 3, 7, 7, 201, 202, 4, 5, 6, 7, 7, 203};
  EXPECT_EQ(FindEqualRuns(a, b), (std::vector<EqualRun>{{1, 1, 5}, {7, 8, 5}}));
}

// What is equal is said to be, in order, and nothing is left that touches.
TEST(EqualRunsTest, AnyLists) {
  testing::Random random(2);
  for (int round = 0; round < 2000; ++round) {
    const uint64_t vocabulary = 2 + random.Below(50);
    List a(random.Below(80));
    for (uint64_t& word : a) word = random.Below(vocabulary);
    List b;
    for (const uint64_t word : a) {
      if (random.Below(10) != 0) b.push_back(word);
      if (random.Below(10) == 0) b.push_back(random.Below(vocabulary));
    }
    uint32_t at_a = 0;
    uint32_t at_b = 0;
    bool is_first = true;
    for (const EqualRun& run : FindEqualRuns(a, b)) {
      ASSERT_GT(run.length, 0u);
      ASSERT_GE(run.a, at_a);
      ASSERT_GE(run.b, at_b);
      ASSERT_TRUE(is_first || run.a > at_a || run.b > at_b);
      is_first = false;
      at_a = run.a_end();
      at_b = run.b_end();
      ASSERT_LE(at_a, a.size());
      ASSERT_LE(at_b, b.size());
      for (uint32_t i = 0; i < run.length; ++i) {
        ASSERT_EQ(a[run.a + i], b[run.b + i]);
      }
    }
  }
}

}  // namespace
}  // namespace twicetold
