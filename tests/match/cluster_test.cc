// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/cluster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/union_find.h"

namespace twicetold {
namespace {

using testing::Random;

std::vector<CandidatePair> RandomPairs(Random* random, uint32_t documents,
                                       size_t count) {
  std::set<CandidatePair> pairs;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t a = static_cast<uint32_t>(random->Below(documents));
    const uint32_t b = static_cast<uint32_t>(random->Below(documents));
    if (a != b) pairs.insert({std::min(a, b), std::max(a, b)});
  }
  return {pairs.begin(), pairs.end()};
}

// The oracle: whoever can be reached by following pairs, again and again.
std::set<uint32_t> Reached(const std::vector<CandidatePair>& pairs,
                           uint32_t from) {
  std::set<uint32_t> reached = {from};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const CandidatePair& pair : pairs) {
      if (reached.count(pair.a) > 0) reached.insert(pair.b);
      if (reached.count(pair.b) > 0) reached.insert(pair.a);
    }
  }
  return reached;
}

TEST(ClusterTest, ComponentsAreWhatPairsReach) {
  Random random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const uint32_t documents = 2 + static_cast<uint32_t>(random.Below(60));
    const auto pairs = RandomPairs(&random, documents, random.Below(60));
    std::set<std::set<uint32_t>> expected;
    for (const CandidatePair& pair : pairs) {
      expected.insert(Reached(pairs, pair.a));
    }
    const std::vector<Cluster> clusters = ConnectedComponents(pairs, documents);
    ASSERT_EQ(clusters.size(), expected.size());
    uint32_t before = 0;
    for (const Cluster& cluster : clusters) {
      ASSERT_TRUE(std::ranges::is_sorted(cluster.members));
      ASSERT_EQ(cluster.representative, cluster.members.front());
      ASSERT_TRUE(&cluster == &clusters.front() ||
                  cluster.representative > before);
      before = cluster.representative;
      ASSERT_EQ(
          expected.count({cluster.members.begin(), cluster.members.end()}), 1u);
    }
  }
}

// A cluster of `size` documents, numbered 0, 1, ..., with sketches of one slot
// that agree within either half.
struct Halves {
  explicit Halves(uint32_t size) {
    for (uint32_t i = 0; i < size; ++i) {
      slots.push_back(i < size / 2 ? 1 : 2);
      cluster.members.push_back(i);
    }
  }
  SketchTable table() const {
    return {.slots = slots, .size = 1, .documents = cluster.members};
  }
  std::vector<uint32_t> slots;
  Cluster cluster;
};

TEST(ClusterTest, PairsLeftAreAllThatPassTheScreen) {
  const Halves halves(10);
  const std::vector<CandidatePair> known = {{0, 1}, {2, 3}, {5, 9}};
  std::vector<CandidatePair> expected;
  for (uint32_t a = 0; a < 10; ++a) {
    for (uint32_t b = a + 1; b < 10; ++b) {
      const bool wanted = a == 0 || (a < 5) == (b < 5);
      if (wanted && !std::ranges::binary_search(known, CandidatePair{a, b})) {
        expected.push_back({a, b});
      }
    }
  }
  EXPECT_EQ(PairsLeft(halves.cluster, known, halves.table(), 1), expected);
}

TEST(ClusterTest, PairsLeftAreThoseWithTheRepresentativeIfNotAllAreWanted) {
  constexpr uint32_t kSize = 300;
  Halves halves(kSize);
  EXPECT_EQ(PairsLeft(halves.cluster, {}, halves.table(), 1).size(),
            kSize / 2 * (kSize / 2 - 1) + kSize / 2);
  halves.cluster.all_pairs = false;
  const auto left = PairsLeft(halves.cluster, {}, halves.table(), 1);
  ASSERT_EQ(left.size(), kSize - 1);
  for (const CandidatePair& pair : left) EXPECT_EQ(pair.a, 0u);
}

TEST(ClusterTest, SpanningMatchesConnectEveryMemberByTheShortestWay) {
  Random random(2);
  for (int trial = 0; trial < 100; ++trial) {
    const auto pairs = RandomPairs(&random, 40, 80);
    for (const Cluster& cluster : ConnectedComponents(pairs, 40)) {
      std::vector<Match> matches;
      for (const CandidatePair& pair : pairs) {
        if (std::ranges::binary_search(cluster.members, pair.a)) {
          matches.push_back({.a = pair.a, .b = pair.b, .overlap = {}});
        }
      }
      const auto spanning = SpanningMatches(cluster, matches);
      ASSERT_EQ(spanning.size(), cluster.members.size() - 1);
      std::vector<CandidatePair> kept;
      for (const Match& match : spanning) kept.push_back({match.a, match.b});
      ASSERT_TRUE(std::ranges::is_sorted(kept));
      const auto joined = ConnectedComponents(kept, 40);
      ASSERT_EQ(joined.size(), 1u);
      ASSERT_EQ(joined[0].members, cluster.members);
      // Nothing that ties a member to the representative is left out.
      for (const Match& match : matches) {
        if (match.a != cluster.representative) continue;
        EXPECT_TRUE(
            std::ranges::binary_search(kept, CandidatePair{match.a, match.b}));
      }
    }
  }
}

}  // namespace
}  // namespace twicetold
