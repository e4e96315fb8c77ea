// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/join_same.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace twicetold {
namespace {

// Documents 0 and 4 are near-duplicates; 1, 3 and 6 one class, 4 and 5 another.
SameDocuments Same() {
  return {.pairs = {{1, 3, Relation::kIdentical},
                    {4, 5, Relation::kSameText},
                    {1, 6, Relation::kSameText}},
          .distinct = {0, 1, 2, 4}};
}

MatchedPairs Near() {
  MatchedPairs near;
  near.matches = {{.a = 0, .b = 4, .overlap = {8, 9, 9}}};
  near.clusters = {{.members = {0, 4},
                    .representative = 0,
                    .min_jaccard = .8,
                    .all_pairs = true}};
  near.verified = 1;
  return near;
}

TEST(JoinSameTest, FirstsOfClasses) {
  EXPECT_EQ(FirstsOf(Same()), (std::vector<uint32_t>{1, 4}));
  EXPECT_TRUE(FirstsOf({}).empty());
}

TEST(JoinSameTest, AddsRelationsAndMembers) {
  MatchedPairs found = Near();
  ThreadPool pool(2);
  std::atomic<int> counts{0};
  JoinSame(
      Same(), 7,
      [&](uint32_t document, int) {
        ++counts;
        return uint64_t{10} + document;
      },
      &pool, {}, &found);
  EXPECT_EQ(counts, 2);
  ASSERT_EQ(found.matches.size(), 4u);
  const auto expect = [&](size_t i, uint32_t a, uint32_t b, Relation relation,
                          const Overlap& overlap) {
    EXPECT_EQ(found.matches[i].a, a);
    EXPECT_EQ(found.matches[i].b, b);
    EXPECT_EQ(found.matches[i].relation, relation);
    EXPECT_EQ(found.matches[i].overlap, overlap);
  };
  expect(0, 0, 4, Relation::kNearDuplicate, {8, 9, 9});
  expect(1, 1, 3, Relation::kIdentical, {11, 11, 11});
  expect(2, 1, 6, Relation::kSameText, {11, 11, 11});
  expect(3, 4, 5, Relation::kSameText, {14, 14, 14});

  ASSERT_EQ(found.clusters.size(), 2u);
  EXPECT_EQ(found.clusters[0].members, (std::vector<uint32_t>{0, 4, 5}));
  EXPECT_EQ(found.clusters[0].min_jaccard, .8);
  EXPECT_EQ(found.clusters[1].members, (std::vector<uint32_t>{1, 3, 6}));
  EXPECT_EQ(found.clusters[1].representative, 1u);
  EXPECT_EQ(found.clusters[1].min_jaccard, 1);
}

TEST(JoinSameTest, WhatCannotBeCountedKeepsItsRelation) {
  MatchedPairs found;
  ThreadPool pool(1);
  JoinSame(
      Same(), 7, [](uint32_t, int) { return uint64_t{0}; }, &pool, {}, &found);
  ASSERT_EQ(found.matches.size(), 3u);
  for (const Match& match : found.matches) {
    EXPECT_EQ(match.overlap, Overlap{});
    EXPECT_EQ(match.jaccard(), 1);
  }
  EXPECT_EQ(found.clusters.size(), 2u);
}

// Those that stand for one text on two sides are verified before.
TEST(JoinSameTest, APairThatWasFoundBecomesWhatItIs) {
  MatchedPairs found = Near();
  ThreadPool pool(1);
  JoinSame(
      {.pairs = {{0, 4, Relation::kSameText}, {4, 5, Relation::kIdentical}},
       .distinct = {0, 4}},
      7, [](uint32_t, int) { return uint64_t{3}; }, &pool, {}, &found);
  ASSERT_EQ(found.matches.size(), 2u);
  EXPECT_EQ(found.matches[0].relation, Relation::kSameText);
  EXPECT_EQ(found.matches[0].overlap, (Overlap{8, 9, 9}));
  EXPECT_EQ(found.matches[1].relation, Relation::kIdentical);
  ASSERT_EQ(found.clusters.size(), 1u);
  EXPECT_EQ(found.clusters[0].members, (std::vector<uint32_t>{0, 4, 5}));
  EXPECT_EQ(found.clusters[0].min_jaccard, .8);
}

}  // namespace
}  // namespace twicetold
