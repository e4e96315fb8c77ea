// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/shingle_probe.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold::testing {
namespace {

// Numbers with repetitions, 0 among them.
std::vector<uint64_t> SomeNumbers(Random* random, size_t n, size_t values) {
  std::vector<uint64_t> numbers;
  for (size_t i = 0; i < n; ++i) {
    // Few low bits, so that slots collide.
    numbers.push_back(random->Below(values) << 3);
  }
  return numbers;
}

TEST(ShingleProbe, CountsAsMergingSortedSetsDoes) {
  Random random(1);
  ProbeTable table;
  for (int round = 0; round < 300; ++round) {
    std::vector<uint64_t> a =
        SomeNumbers(&random, random.Below(200), 1 + random.Below(300));
    std::vector<uint64_t> b =
        SomeNumbers(&random, random.Below(200), 1 + random.Below(300));
    std::vector<uint64_t> sorted_a = a;
    std::vector<uint64_t> sorted_b = b;
    MakeShingleSet(&sorted_a);
    MakeShingleSet(&sorted_b);
    KeepDistinct(&table, &a);
    KeepDistinct(&table, &b);
    ASSERT_EQ(a.size(), sorted_a.size());
    ASSERT_EQ(b.size(), sorted_b.size());
    table.Reset(a.size());
    for (uint64_t shingle : a) EXPECT_TRUE(table.Insert(shingle));
    EXPECT_EQ(CountShared(table, b), CompareSets(sorted_a, sorted_b).shared);
  }
}

TEST(ShingleProbe, KeepsTheFirstOfEqualOnes) {
  ProbeTable table;
  std::vector<uint64_t> shingles = {5, 0, 5, 7, 0, 9, 7};
  KeepDistinct(&table, &shingles);
  EXPECT_EQ(shingles, (std::vector<uint64_t>{5, 0, 7, 9}));
}

}  // namespace
}  // namespace twicetold::testing
