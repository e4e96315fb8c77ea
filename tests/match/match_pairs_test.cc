// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/match_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

using testing::Random;

constexpr size_t kSlots = 64;

// Random sets in families, with sketches; documents that `gone` names cannot
// be loaded.
class Documents {
 public:
  explicit Documents(uint64_t seed) {
    Random random(seed);
    for (int family = 0; family < 40; ++family) {
      AddFamily(1 + random.Below(5), &random);
    }
  }

  void AddFamily(size_t members, Random* random) {
    const size_t size = 5 + random->Below(40);
    const auto base = testing::RandomSets(random, size, size).a;
    for (size_t i = members; i > 0; --i) {
      ShingleSet set = base;
      for (uint64_t& shingle : set) {
        if (random->Unit() < .06) shingle = random->Bits();
      }
      Add(std::move(set));
    }
  }

  MatchRequest Request() {
    return {
        .sketches = {.slots = slots_, .size = kSlots, .documents = numbers_},
        .min_jaccard = .7,
        .least_equal_slots = 0,
        .most_shingles = [this](uint32_t i) { return sets_[i].size(); },
        .load =
            [this](uint32_t i, int, ShingleSet* set) {
              {
                std::lock_guard lock(mutex_);
                ++loads_[i];
              }
              *set = sets_[i];
              return std::ranges::find(gone, i) == gone.end();
            }};
  }

  Overlap Exact(uint32_t a, uint32_t b) const {
    return CompareSets(sets_[a], sets_[b]);
  }
  uint32_t size() const { return static_cast<uint32_t>(sets_.size()); }
  const std::map<uint32_t, int>& loads() const { return loads_; }

  std::vector<uint32_t> gone;

 private:
  void Add(ShingleSet set) {
    MakeShingleSet(&set);
    slots_.resize(slots_.size() + kSlots);
    Sketcher(kSlots, 1).Sketch(set, std::span(slots_).last(kSlots));
    numbers_.push_back(size());
    sets_.push_back(std::move(set));
  }

  std::vector<ShingleSet> sets_;
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> numbers_;
  std::mutex mutex_;
  std::map<uint32_t, int> loads_;
};

// Pairs of neighbours: enough to tie most families together.
std::vector<CandidatePair> Neighbours(const Documents& documents) {
  std::vector<CandidatePair> pairs;
  for (uint32_t i = 1; i < documents.size(); ++i) pairs.push_back({i - 1, i});
  return pairs;
}

// Pairs of neighbours within parts of three, so that there are many components.
std::vector<CandidatePair> ShortChains(const Documents& documents) {
  std::vector<CandidatePair> pairs;
  for (uint32_t i = 1; i < documents.size(); ++i) {
    if (i % 3 != 0) pairs.push_back({i - 1, i});
  }
  return pairs;
}

// What MatchPairs promises, by looking at every pair.
void Check(const Documents& documents,
           const std::vector<CandidatePair>& candidates,
           const MatchedPairs& found) {
  const auto is_gone = [&](uint32_t i) {
    return std::ranges::find(documents.gone, i) != documents.gone.end();
  };
  std::vector<CandidatePair> edges;
  for (const CandidatePair& pair : candidates) {
    if (is_gone(pair.a) || is_gone(pair.b)) continue;
    if (documents.Exact(pair.a, pair.b).jaccard() >= .7) edges.push_back(pair);
  }
  const auto clusters = ConnectedComponents(edges, documents.size());
  ASSERT_EQ(found.clusters.size(), clusters.size());
  std::vector<CandidatePair> matches;
  for (size_t c = 0; c < clusters.size(); ++c) {
    const std::vector<uint32_t>& members = clusters[c].members;
    EXPECT_EQ(found.clusters[c].members, members);
    EXPECT_EQ(found.clusters[c].representative, members[0]);
    EXPECT_TRUE(found.clusters[c].all_pairs);
    double least = 1;
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        const double jaccard =
            documents.Exact(members[i], members[j]).jaccard();
        if (i == 0) least = std::min(least, jaccard);
        if (jaccard >= .7) matches.push_back({members[i], members[j]});
      }
    }
    EXPECT_EQ(found.clusters[c].min_jaccard, least);
  }
  std::ranges::sort(matches);
  ASSERT_EQ(found.matches.size(), matches.size());
  for (size_t i = 0; i < matches.size(); ++i) {
    const Match& match = found.matches[i];
    ASSERT_EQ((CandidatePair{match.a, match.b}), matches[i]);
    EXPECT_EQ(match.overlap, documents.Exact(match.a, match.b));
    EXPECT_EQ(match.relation, Relation::kNearDuplicate);
  }
}

TEST(MatchPairsTest, AsLookingAtEveryPairSays) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Documents documents(seed);
    for (const auto& candidates :
         {Neighbours(documents), ShortChains(documents)}) {
      ThreadPool pool(2);
      const MatchedPairs found =
          MatchPairs(candidates, documents.Request(), &pool, {});
      ASSERT_GT(found.matches.size(), 20u);
      Check(documents, candidates, found);
    }
  }
}

TEST(MatchPairsTest, WhatCannotBeLoadedAgainIsInNoMatch) {
  Documents documents(3);
  for (uint32_t i = 0; i < documents.size(); i += 7) {
    documents.gone.push_back(i);
  }
  const auto candidates = Neighbours(documents);
  ThreadPool pool(2);
  Check(documents, candidates,
        MatchPairs(candidates, documents.Request(), &pool, {}));
}

TEST(MatchPairsTest, BatchesAndThreadsMakeNoDifference) {
  for (uint64_t batch_shingles : {1u, 100u, 1000u, 1u << 20}) {
    for (int threads : {1, 2, 8}) {
      Documents documents(4);
      const auto candidates = ShortChains(documents);
      MatchRequest request = documents.Request();
      request.batch_shingles = batch_shingles;
      ThreadPool pool(threads);
      Check(documents, candidates, MatchPairs(candidates, request, &pool, {}));
      // Each is loaded once, and only if it is in a candidate pair.
      EXPECT_EQ(documents.loads().size(), DocumentsOf(candidates).size());
      for (const auto& [document, loads] : documents.loads()) {
        EXPECT_EQ(loads, 1) << document;
      }
    }
  }
}

// Large clusters are shared out among threads, small ones are not; candidates
// need not ascend.
TEST(MatchPairsTest, ClustersOfAnySizeInAnyOrder) {
  for (const int threads : {1, 3}) {
    Documents documents(6);
    Random random(7);
    const uint32_t first = documents.size();
    documents.AddFamily(40, &random);
    auto candidates = ShortChains(documents);
    for (uint32_t a = first; a < documents.size(); ++a) {
      for (uint32_t b = a + 1; b < documents.size(); ++b) {
        candidates.push_back({a, b});
      }
    }
    SortDistinct(&candidates);
    std::ranges::reverse(candidates);
    ThreadPool pool(threads);
    const MatchedPairs found =
        MatchPairs(candidates, documents.Request(), &pool, {});
    ASSERT_GT(found.matches.size(), 200u);
    Check(documents, candidates, found);
  }
}

TEST(MatchPairsTest, NoCandidatesNoMatches) {
  Documents documents(5);
  ThreadPool pool(1);
  const MatchedPairs found = MatchPairs({}, documents.Request(), &pool, {});
  EXPECT_TRUE(found.matches.empty());
  EXPECT_TRUE(found.clusters.empty());
  EXPECT_EQ(found.verified, 0u);
}

}  // namespace
}  // namespace twicetold
