// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/sort_distinct.h"

namespace twicetold::testing {
namespace {

// Numbers with repetitions, 0 among them.
ShingleList SomeNumbers(Random* random, size_t n, size_t values) {
  ShingleList numbers;
  for (size_t i = 0; i < n; ++i) {
    // Few top bits, so that buckets overflow.
    numbers.push_back(random->Below(values) << 52);
  }
  return numbers;
}

TEST(ShingleTable, CountsAsMergingSortedSetsDoes) {
  Random random(1);
  ShingleTable table;
  for (int round = 0; round < 300; ++round) {
    ShingleList a =
        SomeNumbers(&random, random.Below(200), 1 + random.Below(300));
    ShingleList b =
        SomeNumbers(&random, random.Below(200), 1 + random.Below(300));
    ShingleSet sorted_a = a;
    ShingleSet sorted_b = b;
    SortDistinct(&sorted_a);
    SortDistinct(&sorted_b);
    table.MakeDistinct(&a);
    table.MakeDistinct(&b);
    ASSERT_EQ(a.size(), sorted_a.size());
    ASSERT_EQ(b.size(), sorted_b.size());
    ShingleSet both;
    std::set_intersection(sorted_a.begin(), sorted_a.end(), sorted_b.begin(),
                          sorted_b.end(), std::back_inserter(both));
    table.Build(b);
    EXPECT_EQ(table.CountPresent(a), both.size());
    table.Build(a);
    EXPECT_EQ(table.CountPresent(b), both.size());
    std::sort(a.begin(), a.end());
    EXPECT_EQ(a, sorted_a);
  }
}

}  // namespace
}  // namespace twicetold::testing
