// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/union_find.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// The oracle: a label for each number, all relabelled at each union.
class Labels {
 public:
  explicit Labels(uint32_t n) : label_(n) {
    for (uint32_t i = 0; i < n; ++i) label_[i] = i;
  }
  void Union(uint32_t x, uint32_t y) {
    const uint32_t less = std::min(label_[x], label_[y]);
    const uint32_t more = std::max(label_[x], label_[y]);
    for (uint32_t& label : label_) {
      if (label == more) label = less;
    }
  }
  uint32_t Find(uint32_t x) const { return label_[x]; }

 private:
  std::vector<uint32_t> label_;
};

TEST(UnionFindTest, LeastMemberStandsForTheSet) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    testing::Random random(seed);
    const uint32_t n = 1 + static_cast<uint32_t>(random.Below(200));
    UnionFind sets(n);
    Labels labels(n);
    const size_t unions = random.Below(2 * n);
    for (size_t i = 0; i < unions; ++i) {
      const uint32_t x = static_cast<uint32_t>(random.Below(n));
      const uint32_t y = static_cast<uint32_t>(random.Below(n));
      sets.Union(x, y);
      labels.Union(x, y);
    }
    for (uint32_t x = 0; x < n; ++x) EXPECT_EQ(sets.Find(x), labels.Find(x));
  }
}

TEST(UnionFindTest, LongChainsInEitherDirection) {
  constexpr uint32_t kCount = 300'000;
  UnionFind up(kCount);
  UnionFind down(kCount);
  for (uint32_t i = 1; i < kCount; ++i) up.Union(i - 1, i);
  for (uint32_t i = kCount - 1; i > 0; --i) down.Union(i - 1, i);
  for (uint32_t i = 0; i < kCount; ++i) {
    ASSERT_EQ(up.Find(i), 0u);
    ASSERT_EQ(down.Find(i), 0u);
  }
}

}  // namespace
}  // namespace twicetold
