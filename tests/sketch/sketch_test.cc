// SPDX-License-Identifier: Apache-2.0
//
// What holds of sketches exactly; what holds on the average is in
// sketch_statistics_test.cc.
#include "twicetold/sketch/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using Slots = std::vector<uint32_t>;

constexpr int kSizes[] = {16, 100, 128, 1000, 4096};
constexpr size_t kSetSizes[] = {1, 2, 4, 60, 128, 300, 2000};

Slots SketchOf(const Sketcher& sketcher, const std::vector<uint64_t>& set) {
  Slots slots(sketcher.size(), 7);  // what was there does not matter
  sketcher.Sketch(set, slots);
  return slots;
}

TEST(SketchTest, EmptySetIsAlikeToNothing) {
  for (int size : kSizes) {
    const Sketcher sketcher(size, 1);
    const Slots empty = SketchOf(sketcher, {});
    EXPECT_EQ(empty, Slots(static_cast<size_t>(size), kEmptySlot));
    const Slots some = SketchOf(sketcher, {1, 2, 3});
    EXPECT_EQ(EqualSlots(empty, empty), 0u);
    EXPECT_EQ(EqualSlots(empty, some), 0u);
    EXPECT_EQ(EqualSlots(some, empty), 0u);
    EXPECT_EQ(EstimateJaccard(empty, empty), 0);
    EXPECT_EQ(EstimateJaccard({}, {}), 0);
  }
}

TEST(SketchTest, EverySlotOfANonEmptySetIsFilled) {
  testing::Random random(1);
  for (int size : kSizes) {
    const Sketcher sketcher(size, 2);
    for (size_t n : kSetSizes) {
      const Slots slots =
          SketchOf(sketcher, testing::RandomSets(&random, n, n).a);
      EXPECT_EQ(std::count(slots.begin(), slots.end(), kEmptySlot), 0);
      EXPECT_EQ(EstimateJaccard(slots, slots), 1);
    }
  }
}

TEST(SketchTest, OrderAndRepetitionDoNotMatter) {
  testing::Random random(2);
  for (int size : kSizes) {
    const Sketcher sketcher(size, 3);
    for (size_t n : kSetSizes) {
      std::vector<uint64_t> set = testing::RandomSets(&random, n, n).a;
      const Slots slots = SketchOf(sketcher, set);
      const std::vector<uint64_t> once = set;
      set.insert(set.end(), once.begin(), once.begin() + (n + 1) / 2);
      random.Shuffle(&set);
      EXPECT_EQ(SketchOf(sketcher, set), slots);
    }
  }
}

TEST(SketchTest, UnionOfSketchesIsTheSketchOfTheUnion) {
  testing::Random random(3);
  for (int size : kSizes) {
    const Sketcher sketcher(size, 4);
    for (size_t n : kSetSizes) {
      for (size_t m : kSetSizes) {
        const auto a = testing::RandomSets(&random, n, n).a;
        auto both = testing::RandomSets(&random, m, m).a;
        Slots joined = SketchOf(sketcher, both);
        UnionSketch(joined, SketchOf(sketcher, a));
        both.insert(both.end(), a.begin(), a.end());
        ASSERT_EQ(joined, SketchOf(sketcher, both));
        UnionSketch(joined, SketchOf(sketcher, {}));
        ASSERT_EQ(joined, SketchOf(sketcher, both));
      }
    }
  }
}

TEST(SketchTest, EqualSlotsCountsAsALoopDoes) {
  testing::Random random(4);
  for (size_t size = 1; size < 200; ++size) {
    Slots a(size);
    Slots b(size);
    size_t expected = 0;
    for (size_t i = 0; i < size; ++i) {
      a[i] = static_cast<uint32_t>(random.Bits()) & 0x7fffffff;
      b[i] = random.Below(2) == 0 ? a[i] : a[i] ^ (1u << random.Below(31));
      if (a[i] == b[i]) ++expected;
    }
    EXPECT_EQ(EqualSlots(a, b), expected);
    EXPECT_EQ(EqualSlots(b, a), expected);
  }
}

TEST(SketchTest, SeedAndSizeChooseTheSketch) {
  const std::vector<uint64_t> set = {1, 2, 3, 4, 5};
  const Slots one = SketchOf(Sketcher(128, 1), set);
  EXPECT_EQ(one, SketchOf(Sketcher(128, 1), set));
  EXPECT_EQ(EqualSlots(one, SketchOf(Sketcher(128, 2), set)), 0u);
}

}  // namespace
}  // namespace twicetold
