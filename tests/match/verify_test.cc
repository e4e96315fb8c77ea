// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {
namespace {

using Numbers = std::set<uint64_t>;

TEST(VerifyTest, ComparesAsSetsDo) {
  testing::Random random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    Numbers a;
    Numbers b;
    const size_t range = 1 + random.Below(60);
    for (size_t i = random.Below(40); i > 0; --i) a.insert(random.Below(range));
    for (size_t i = random.Below(40); i > 0; --i) b.insert(random.Below(range));
    uint64_t shared = 0;
    for (uint64_t x : a) shared += b.count(x);
    const std::vector<uint64_t> list_a(a.begin(), a.end());
    const std::vector<uint64_t> list_b(b.begin(), b.end());
    const Overlap overlap = CompareSets(list_a, list_b);
    ASSERT_EQ(overlap, (Overlap{shared, a.size(), b.size()}));
    ASSERT_EQ(CompareSets(list_b, list_a),
              (Overlap{shared, b.size(), a.size()}));
    Numbers both = a;
    both.insert(b.begin(), b.end());
    const double jaccard = both.empty() ? 0
                                        : static_cast<double>(shared) /
                                              static_cast<double>(both.size());
    ASSERT_EQ(overlap.jaccard(), jaccard);
    // The filter lets through whatever is similar enough.
    for (double least : {.1, .5, .8, 1.}) {
      if (jaccard >= least) {
        ASSERT_TRUE(SizesAllow(a.size(), b.size(), least));
      }
    }
    if (jaccard > 0) {
      ASSERT_TRUE(SizesAllow(a.size(), b.size(), jaccard));
    }
  }
}

TEST(VerifyTest, ComparesUntilItIsKnownThatTheyAreNotAlike) {
  testing::Random random(2);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<uint64_t> a;
    std::vector<uint64_t> b;
    const size_t kept = random.Below(11);
    for (size_t i = random.Below(400); i > 0; --i) {
      a.push_back(random.Bits());
      if (random.Below(10) < kept) b.push_back(a.back());
    }
    for (size_t i = random.Below(60); i > 0; --i) b.push_back(random.Bits());
    SetComparer comparer;
    comparer.Take(a);
    const Overlap all = comparer.CompareWith(b);
    for (const double least : {0., .3, .8, all.jaccard(), 1.}) {
      const std::optional<Overlap> above = comparer.CompareAbove(b, least);
      ASSERT_EQ(above.has_value(), all.jaccard() >= least);
      if (above) {
        ASSERT_EQ(*above, all);
      }
    }
  }
}

TEST(VerifyTest, ComparesLongSetsPartByPart) {
  testing::Random random(3);
  for (const size_t kept : {0, 5, 9, 10}) {
    std::vector<uint64_t> a = {0, ~uint64_t{0}};
    std::vector<uint64_t> b = {0};
    for (int i = 0; i < 60'000; ++i) {
      a.push_back(random.Bits());
      if (random.Below(10) < kept) b.push_back(a.back());
    }
    for (int i = 0; i < 36'000; ++i) b.push_back(random.Bits());
    LongSetComparer comparer;
    EXPECT_FALSE(comparer.MayCompare(a, b));  // in any order
    MakeShingleSet(&a);
    MakeShingleSet(&b);
    EXPECT_FALSE(comparer.MayCompare(a, std::span(b).first(1000)));
    ASSERT_TRUE(comparer.MayCompare(a, b));
    const Overlap all = CompareSets(a, b);
    for (const double least : {0., .3, .8, all.jaccard(), 1.}) {
      const auto above = comparer.CompareAbove(a, b, least);
      ASSERT_EQ(above.has_value(), all.jaccard() >= least);
      if (above) {
        ASSERT_EQ(*above, all);
      }
    }
  }
}

TEST(VerifyTest, EmptySetsAreAlikeToNothing) {
  EXPECT_EQ(CompareSets({}, {}).jaccard(), 0);
  EXPECT_EQ(CompareSets({}, {}).containment_of_a_in_b(), 0);
  const std::vector<uint64_t> one = {1};
  EXPECT_EQ(CompareSets({}, one).jaccard(), 0);
  EXPECT_EQ(CompareSets({}, one).containment_of_a_in_b(), 0);
  EXPECT_EQ(CompareSets({}, one).containment_of_b_in_a(), 0);
  EXPECT_FALSE(SizesAllow(0, 0, .1));
  EXPECT_FALSE(SizesAllow(0, 1, .1));
}

TEST(VerifyTest, SizesAllowUpToTheRatio) {
  EXPECT_TRUE(SizesAllow(80, 100, .8));
  EXPECT_TRUE(SizesAllow(100, 80, .8));
  EXPECT_FALSE(SizesAllow(79, 100, .8));
  EXPECT_TRUE(SizesAllow(100, 100, 1));
  EXPECT_FALSE(SizesAllow(99, 100, 1));
}

TEST(VerifyTest, SameTextIsAlikeInFullEvenIfItCannotBeCounted) {
  Match match{.a = 0, .b = 1, .relation = Relation::kSameText, .overlap = {}};
  EXPECT_EQ(match.jaccard(), 1);
  EXPECT_EQ(match.containment_of_a_in_b(), 1);
  EXPECT_EQ(match.containment_of_b_in_a(), 1);
  match = {.a = 0, .b = 1, .overlap = {3, 4, 6}};
  EXPECT_DOUBLE_EQ(match.jaccard(), 3. / 7);
  EXPECT_DOUBLE_EQ(match.containment_of_a_in_b(), .75);
  EXPECT_DOUBLE_EQ(match.containment_of_b_in_a(), .5);
  match.relation = Relation::kContained;
  EXPECT_DOUBLE_EQ(match.jaccard(), 3. / 7);
  match.covered_a = .95;
  match.covered_b = .5;
  EXPECT_TRUE(IsAContained(match));
  std::swap(match.covered_a, match.covered_b);
  EXPECT_FALSE(IsAContained(match));
}

TEST(VerifyTest, RelationsHaveNames) {
  EXPECT_EQ(RelationName(Relation::kIdentical), "identical");
  EXPECT_EQ(RelationName(Relation::kSameText), "same_text");
  EXPECT_EQ(RelationName(Relation::kNearDuplicate), "near_duplicate");
  EXPECT_EQ(RelationName(Relation::kContained), "contained");
}

}  // namespace
}  // namespace twicetold
