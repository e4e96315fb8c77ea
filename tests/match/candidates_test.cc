// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

using testing::Random;

constexpr size_t kSlots = 128;
constexpr uint64_t kSeed = 3;

// Sketches that a test fills, and the table over them.
class Sketches {
 public:
  uint32_t Add(const std::vector<uint32_t>& sketch) {
    slots_.insert(slots_.end(), sketch.begin(), sketch.end());
    documents_.push_back(static_cast<uint32_t>(documents_.size()));
    return documents_.back();
  }
  SketchTable table() const {
    return {.slots = slots_, .size = kSlots, .documents = documents_};
  }
  size_t size() const { return documents_.size(); }

 private:
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> documents_;
};

// Slots as of a document that is like no other.
std::vector<uint32_t> AnySketch(Random* random) {
  std::vector<uint32_t> sketch(kSlots);
  for (uint32_t& slot : sketch) {
    slot = static_cast<uint32_t>(random->Bits()) & 0x3fffffff;
  }
  return sketch;
}

// The same with each slot kept with chance `jaccard`.
std::vector<uint32_t> Alike(Random* random, std::vector<uint32_t> sketch,
                            double jaccard) {
  for (uint32_t& slot : sketch) {
    if (random->Unit() >= jaccard) {
      slot = static_cast<uint32_t>(random->Bits()) & 0x3fffffff;
    }
  }
  return sketch;
}

CandidateList Find(const SketchTable& table, const BandPlan& plan,
                   int threads = 1) {
  ThreadPool pool(threads);
  return FindCandidates(table, plan, kSeed, &pool, {});
}

BandPlan DefaultPlan() { return *PlanBands(kSlots, .8, .99); }

// Whether two sketches agree in all slots of one of the bands that begin at
// `first`.
bool ShareABand(std::span<const uint32_t> a, std::span<const uint32_t> b,
                size_t first, int rows, int bands) {
  for (int band = 0; band < bands; ++band) {
    const size_t from = first + static_cast<size_t>(band * rows);
    const size_t count = static_cast<size_t>(rows);
    if (std::ranges::equal(a.subspan(from, count), b.subspan(from, count))) {
      return true;
    }
  }
  return false;
}

// Where no bucket is over-full, the pairs are those that share a band and
// agree in enough slots, by looking at all of them.
TEST(CandidatesTest, AsLookingAtAllPairsSays) {
  Random random(1);
  const BandPlan plan = DefaultPlan();
  for (int trial = 0; trial < 20; ++trial) {
    Sketches sketches;
    for (int family = 0; family < 20; ++family) {
      const auto first = AnySketch(&random);
      sketches.Add(first);
      for (size_t i = random.Below(15); i > 0; --i) {
        sketches.Add(Alike(&random, first, .5 + .5 * random.Unit()));
      }
    }
    const SketchTable table = sketches.table();
    std::vector<CandidatePair> expected;
    for (uint32_t a = 0; a < sketches.size(); ++a) {
      for (uint32_t b = a + 1; b < sketches.size(); ++b) {
        if (ShareABand(table.of(a), table.of(b), 0, plan.rows, plan.bands) &&
            EqualSlots(table.of(a), table.of(b)) >= plan.least_equal_slots) {
          expected.push_back({a, b});
        }
      }
    }
    const CandidateList found = Find(table, plan);
    ASSERT_EQ(found.pairs, expected);
    ASSERT_EQ(found.overfull_buckets, 0u);
    ASSERT_TRUE(found.capped.empty());
  }
}

TEST(CandidatesTest, OnlyDocumentsOfTheTableTakePart) {
  Random random(2);
  Sketches sketches;
  const auto sketch = AnySketch(&random);
  for (int i = 0; i < 10; ++i) sketches.Add(sketch);
  SketchTable table = sketches.table();
  const std::vector<uint32_t> some = {2, 5, 9};
  table.documents = some;
  const CandidateList found = Find(table, DefaultPlan());
  EXPECT_EQ(found.pairs, (std::vector<CandidatePair>{{2, 5}, {2, 9}, {5, 9}}));
  EXPECT_EQ(DocumentsOf(found.pairs), some);
  table.documents = {};
  EXPECT_TRUE(Find(table, DefaultPlan()).pairs.empty());
}

double Share(size_t part, size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Sketches of real sets at several similarities, no screen: the share found is
// the curve.
TEST(CandidatesTest, ShareFoundIsTheCurve) {
  Random random(3);
  constexpr size_t kPairs = 3000;
  constexpr size_t kSetSize = 200;
  BandPlan plan = DefaultPlan();
  plan.least_equal_slots = 0;
  const Sketcher sketcher(kSlots, 9);
  for (double wanted : {.3, .5, .6, .7, .8, .9}) {
    const size_t shared =
        static_cast<size_t>(2 * kSetSize * wanted / (1 + wanted));
    const double jaccard = Share(shared, 2 * kSetSize - shared);
    Sketches sketches;
    std::vector<uint32_t> sketch(kSlots);
    for (size_t pair = 0; pair < kPairs; ++pair) {
      const auto sets = testing::RandomSets(&random, kSetSize, shared);
      sketcher.Sketch(sets.a, sketch);
      sketches.Add(sketch);
      sketcher.Sketch(sets.b, sketch);
      sketches.Add(sketch);
    }
    const CandidateList found = Find(sketches.table(), plan);
    for (const CandidatePair& pair : found.pairs) {
      ASSERT_EQ(pair.a / 2, pair.b / 2);
    }
    const double chance = CandidateChance(jaccard, plan.rows, plan.bands);
    const double error = std::sqrt(chance * (1 - chance) / kPairs);
    EXPECT_NEAR(Share(found.pairs.size(), kPairs), chance, 4 * error)
        << jaccard;
  }
}

// Pairs at the threshold in company: every bucket of the first of a pair also
// holds documents that agree with it in all outer bands, and in nothing else.
TEST(CandidatesTest, OverfullBucketsKeepThePromisedShare) {
  Random random(4);
  constexpr size_t kPairs = 1500;
  for (double recall : {.9, .99}) {
    const BandPlan plan = *PlanBands(kSlots, .8, recall);
    const size_t outer = static_cast<size_t>(plan.rows * plan.bands);
    Sketches sketches;
    std::vector<CandidatePair> planted;
    for (size_t i = 0; i < kPairs; ++i) {
      const auto first = AnySketch(&random);
      const uint32_t a = sketches.Add(first);
      planted.push_back({a, sketches.Add(Alike(&random, first, .8))});
      for (size_t other = 0; other < kFullBucket; ++other) {
        auto company = AnySketch(&random);
        std::copy_n(first.begin(), outer, company.begin());
        sketches.Add(company);
      }
    }
    const CandidateList found = Find(sketches.table(), plan, 2);
    EXPECT_GE(found.overfull_buckets, kPairs * static_cast<size_t>(plan.bands));
    size_t kept = 0;
    for (const CandidatePair& pair : planted) {
      kept += std::ranges::binary_search(found.pairs, pair) ? 1 : 0;
    }
    const double chance = FindChance(plan, .8);
    const double error = std::sqrt(chance * (1 - chance) / kPairs);
    EXPECT_NEAR(Share(kept, kPairs), chance, 4 * error);
    EXPECT_GE(chance, recall);
  }
}

// Rule 3: near-copies of one document are all led by its first.
TEST(CandidatesTest, NearCopiesAreComparedWithLeadersOnly) {
  Random random(5);
  constexpr size_t kCopies = 5000;
  const BandPlan plan = DefaultPlan();
  Sketches sketches;
  const auto first = AnySketch(&random);
  for (size_t i = 0; i < kCopies; ++i) {
    sketches.Add(Alike(&random, first, .99));
  }
  const CandidateList found = Find(sketches.table(), plan);
  EXPECT_GT(found.led_buckets, 0u);
  EXPECT_TRUE(found.capped.empty());
  EXPECT_EQ(DocumentsOf(found.pairs).size(), kCopies);
  EXPECT_LE(found.pairs.size(), 10 * kCopies);
}

// More kinds of documents in one inner bucket than there are leaders: those
// that are left over are reported, and none of those that fit.
TEST(CandidatesTest, MembersWithoutALeaderAreReported) {
  Random random(6);
  const BandPlan plan = DefaultPlan();
  for (size_t kinds : {kMostLeaders, kMostLeaders + 10}) {
    Sketches sketches;
    const auto common = AnySketch(&random);
    const size_t screened = plan.least_equal_slots - 1;
    for (size_t kind = 0; kind < kinds; ++kind) {
      // Agrees with the others in the first outer band and all inner bands.
      auto sketch = AnySketch(&random);
      const size_t outer = static_cast<size_t>(plan.rows * plan.bands);
      std::copy_n(common.begin(), plan.rows, sketch.begin());
      std::copy(common.begin() + static_cast<ptrdiff_t>(outer), common.end(),
                sketch.begin() + static_cast<ptrdiff_t>(outer));
      ASSERT_LT(static_cast<size_t>(plan.rows) + kSlots - outer, screened);
      sketches.Add(sketch);
      sketches.Add(sketch);
    }
    const CandidateList found = Find(sketches.table(), plan);
    // The later kinds, both documents of each.
    EXPECT_EQ(found.capped.size(), 2 * (kinds - kMostLeaders));
    EXPECT_TRUE(std::ranges::is_sorted(found.capped));
    for (uint32_t document : found.capped) {
      EXPECT_GE(document, 2 * kMostLeaders);
    }
    // Twins that have a leader are found all the same.
    for (uint32_t kind = 0; kind < kMostLeaders; ++kind) {
      EXPECT_TRUE(std::ranges::binary_search(
          found.pairs, CandidatePair{2 * kind, 2 * kind + 1}));
    }
  }
}

// A pair is looked for in its first band only, unless that has a bucket that is
// searched in part.
TEST(CandidatesTest, AsEveryBandByItselfSays) {
  Random random(12);
  const BandPlan plan = DefaultPlan();
  const size_t rows = static_cast<size_t>(plan.rows);
  Sketches sketches;
  std::vector<uint32_t> crowd = AnySketch(&random);
  for (int family = 0; family < 150; ++family) {
    std::vector<uint32_t> first = AnySketch(&random);
    // Makes buckets of two bands in the middle over-full.
    std::copy_n(crowd.begin() + 30, 2 * rows, first.begin() + 30);
    for (int i = 0; i < 4; ++i) {
      sketches.Add(Alike(&random, first, .75 + .05 * i));
    }
  }
  CandidateList expected;
  for (int band = 0; band < plan.bands; ++band) {
    std::map<std::vector<uint32_t>, std::vector<uint32_t>> buckets;
    const size_t from = static_cast<size_t>(band) * rows;
    for (uint32_t i = 0; i < sketches.size(); ++i) {
      const auto slots = sketches.table().of(i).subspan(from, rows);
      buckets[{slots.begin(), slots.end()}].push_back(i);
    }
    for (const auto& [slots, members] : buckets) {
      if (members.size() < 2) continue;
      expected.overfull_buckets += members.size() > kFullBucket ? 1 : 0;
      for (size_t i = 0; i < members.size(); ++i) {
        for (size_t j = i + 1; j < members.size(); ++j) {
          const auto a = sketches.table().of(members[i]);
          const auto b = sketches.table().of(members[j]);
          if (EqualSlots(a, b) < plan.least_equal_slots) continue;
          const bool inside =
              ShareABand(a, b, rows * static_cast<size_t>(plan.bands),
                         plan.inner_rows, plan.inner_bands);
          if (members.size() > kFullBucket && !inside) continue;
          expected.pairs.push_back({members[i], members[j]});
        }
      }
    }
  }
  SortDistinct(&expected.pairs);
  ASSERT_GT(expected.overfull_buckets, 0u);
  for (const int threads : {1, 3}) {
    const CandidateList found = Find(sketches.table(), plan, threads);
    EXPECT_EQ(found.led_buckets, 0u);
    EXPECT_EQ(found.overfull_buckets, expected.overfull_buckets);
    EXPECT_EQ(found.pairs, expected.pairs);
  }
}

TEST(CandidatesTest, DocumentsOfPairsAscendHoweverFarApart) {
  using Numbers = std::vector<uint32_t>;
  EXPECT_EQ(DocumentsOf({}), Numbers());
  const std::vector<CandidatePair> near = {{3, 9}, {0, 3}, {3, 4}};
  EXPECT_EQ(DocumentsOf(near), (Numbers{0, 3, 4, 9}));
  const std::vector<CandidatePair> far = {{3, 900000}, {0, 3}, {3, 4000000000}};
  EXPECT_EQ(DocumentsOf(far), (Numbers{0, 3, 900000, 4000000000}));
}

TEST(CandidatesTest, TheSameForAnyNumberOfThreads) {
  Random random(7);
  Sketches sketches;
  for (int family = 0; family < 30; ++family) {
    const auto first = AnySketch(&random);
    for (size_t i = random.Below(400); i > 0; --i) {
      sketches.Add(Alike(&random, first, .8 + .2 * random.Unit()));
    }
  }
  const CandidateList one = Find(sketches.table(), DefaultPlan(), 1);
  EXPECT_GT(one.overfull_buckets, 0u);
  EXPECT_GT(one.led_buckets, 0u);
  for (int threads : {2, 8}) {
    const CandidateList many = Find(sketches.table(), DefaultPlan(), threads);
    EXPECT_EQ(many.pairs, one.pairs);
    EXPECT_EQ(many.overfull_buckets, one.overfull_buckets);
    EXPECT_EQ(many.led_buckets, one.led_buckets);
    EXPECT_EQ(many.capped, one.capped);
  }
}

TEST(CandidatesTest, StopEndsTheSearch) {
  Random random(8);
  Sketches sketches;
  const auto sketch = AnySketch(&random);
  for (int i = 0; i < 10; ++i) sketches.Add(sketch);
  std::stop_source stop;
  stop.request_stop();
  ThreadPool pool(2);
  EXPECT_TRUE(FindCandidates(sketches.table(), DefaultPlan(), kSeed, &pool,
                             stop.get_token())
                  .pairs.empty());
}

// Also where all are in one bucket that is too full: leaders of one role do not
// hide those of the other.
TEST(CandidatesTest, WithRolesOnlyPairsOfBothSides) {
  Random random(33);
  const BandPlan plan = DefaultPlan();
  for (const size_t size : {40, 400}) {
    Sketches sketches;
    const auto first = AnySketch(&random);
    std::vector<Role> roles;
    for (size_t i = 0; i < size; ++i) {
      sketches.Add(Alike(&random, first, .995));
      roles.push_back(i % 4 == 3 ? Role::kNew : Role::kReference);
    }
    roles[5] = Role::kBoth;
    SketchTable table = sketches.table();
    table.roles = roles;
    const CandidateList found = Find(table, plan);
    std::vector<bool> paired(size);
    for (const CandidatePair& pair : found.pairs) {
      ASSERT_TRUE(AreCompared(roles[pair.a], roles[pair.b]));
      paired[pair.a] = true;
      paired[pair.b] = true;
    }
    EXPECT_EQ(std::count(paired.begin(), paired.end(), true), size);
    EXPECT_TRUE(found.capped.empty());
    EXPECT_EQ(found.pairs, Find(table, plan, 3).pairs);
  }
}

}  // namespace
}  // namespace twicetold
