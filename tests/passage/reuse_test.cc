// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/reuse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;

Place At(uint32_t document, uint32_t begin, uint32_t end) {
  return {.document = document, .words = {begin, end}};
}

PlacePair Pair(const Place& a, const Place& b, double score = 10) {
  return {.a = a, .b = b, .kind = PassageKind::kLight, .score = score};
}

TEST(ReuseTest, APairIsAnEntry) {
  const std::vector<PlacePair> pairs = {Pair(At(3, 5, 50), At(1, 7, 60))};
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].places, (std::vector{At(1, 7, 60), At(3, 5, 50)}));
  EXPECT_EQ(entries[0].pairs, std::vector<uint32_t>{0});
  EXPECT_EQ(entries[0].kind, PassageKind::kLight);
  EXPECT_EQ(entries[0].score, 10);
}

TEST(ReuseTest, NPlacesHaveOnePairEachWithTheFirst) {
  std::vector<PlacePair> pairs;
  constexpr uint32_t kPlaces = 40;
  Random random(1);
  for (uint32_t i = 0; i < kPlaces; ++i) {
    for (uint32_t j = i + 1; j < kPlaces; ++j) {
      // Borders are not the same in every pair.
      const auto side = [&](uint32_t document) {
        const auto shift = static_cast<uint32_t>(random.Below(10));
        return At(document, 100 + shift, 200 + shift);
      };
      pairs.push_back(Pair(side(i), side(j), 10 + random.Unit()));
    }
  }
  random.Shuffle(&pairs);
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].places.size(), kPlaces);
  EXPECT_EQ(entries[0].all_pairs, pairs.size());
  ASSERT_EQ(entries[0].pairs.size(), kPlaces - 1);
  std::set<uint32_t> others;
  for (uint32_t pair : entries[0].pairs) {
    EXPECT_EQ(std::min(pairs[pair].a.document, pairs[pair].b.document), 0u);
    others.insert(std::max(pairs[pair].a.document, pairs[pair].b.document));
  }
  EXPECT_EQ(others.size(), kPlaces - 1);
}

TEST(ReuseTest, APlaceWithoutAPairWithTheFirstIsTiedToAnother) {
  const std::vector<PlacePair> pairs = {Pair(At(1, 0, 100), At(2, 0, 100)),
                                        Pair(At(0, 0, 100), At(1, 0, 100))};
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].places.size(), 3u);
  EXPECT_EQ(entries[0].pairs, (std::vector<uint32_t>{1, 0}));
}

TEST(ReuseTest, AQuotationIsAnEntryOfItsOwn) {
  const std::vector<PlacePair> pairs = {
      Pair(At(0, 0, 1000), At(1, 0, 1000), 900),
      Pair(At(0, 400, 430), At(2, 0, 30), 30),
      Pair(At(1, 400, 430), At(2, 0, 30), 30)};
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].places.size(), 2u);
  EXPECT_EQ(entries[1].places.size(), 3u);
}

TEST(ReuseTest, AChainOfPartialOverlapsEnds) {
  // Each document shares the second half of what it has from the one before.
  std::vector<PlacePair> pairs;
  for (uint32_t i = 0; i < 30; ++i) {
    pairs.push_back(Pair(At(i, 40, 140), At(i + 1, 0, 100)));
  }
  for (const ReuseEntry& entry : JoinReuse(pairs)) {
    EXPECT_LE(entry.places.size(), 3u);
  }
}

// 0-100 was used in document 1 twice over: by itself, and with what follows.
TEST(ReuseTest, NoPlaceHoldsMostOfAnother) {
  const std::vector<PlacePair> pairs = {
      Pair(At(0, 0, 100), At(1, 0, 100), 20),
      Pair(At(0, 0, 100), At(1, 0, 230), 10),
      Pair(At(0, 0, 100), At(1, 220, 330), 5)};
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].places,
            (std::vector{At(0, 0, 100), At(1, 0, 100), At(1, 220, 330)}));
  EXPECT_EQ(entries[0].pairs, (std::vector<uint32_t>{0, 2}));
  EXPECT_EQ(entries[0].all_pairs, 3u);
}

TEST(ReuseTest, BothSidesMayBeOneDocument) {
  std::vector<PlacePair> pairs;
  for (uint32_t i = 0; i < 5; ++i) {
    for (uint32_t j = i + 1; j < 5; ++j) {
      pairs.push_back(
          Pair(At(0, 100 * i, 100 * i + 90), At(0, 100 * j, 100 * j + 90)));
    }
  }
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].places.size(), 5u);
  EXPECT_EQ(entries[0].pairs.size(), 4u);
}

std::vector<PlacePair> RandomPairs(Random* random, size_t count) {
  std::vector<PlacePair> pairs;
  const auto side = [&] {
    const auto begin = static_cast<uint32_t>(random->Below(300));
    return At(static_cast<uint32_t>(random->Below(8)), begin,
              begin + 25 + static_cast<uint32_t>(random->Below(200)));
  };
  for (size_t i = 0; i < count; ++i) {
    PlacePair pair = Pair(side(), side(), random->Unit());
    if (pair.a != pair.b) pairs.push_back(pair);
  }
  return pairs;
}

TEST(ReuseTest, EveryPairIsInOneEntryAndPlacesAreTied) {
  Random random(2);
  for (int round = 0; round < 100; ++round) {
    const auto pairs = RandomPairs(&random, 1 + random.Below(150));
    uint64_t all_pairs = 0;
    double last = 2;
    for (const ReuseEntry& entry : JoinReuse(pairs)) {
      all_pairs += entry.all_pairs;
      EXPECT_LE(entry.score, last);
      last = entry.score;
      ASSERT_GE(entry.places.size(), 2u);
      EXPECT_EQ(entry.pairs.size(), entry.places.size() - 1);
      EXPECT_LE(entry.pairs.size(), entry.all_pairs);
      const std::set<uint32_t> distinct(entry.pairs.begin(), entry.pairs.end());
      EXPECT_EQ(distinct.size(), entry.pairs.size());
      ASSERT_EQ(entry.sides.size(), entry.places.size());
      for (size_t i = 0; i < entry.places.size(); ++i) {
        const Place& place = entry.places[i];
        const PlacePair& of = pairs[entry.sides[i] / 2];
        EXPECT_EQ(entry.sides[i] % 2 == 0 ? of.a : of.b, place);
        EXPECT_TRUE(std::any_of(
            entry.pairs.begin(), entry.pairs.end(), [&](uint32_t pair) {
              return pairs[pair].a == place || pairs[pair].b == place;
            }));
      }
    }
    EXPECT_EQ(all_pairs, pairs.size());
  }
}

TEST(ReuseTest, OrderAndSidesOfPairsDoNotMatter) {
  Random random(3);
  for (int round = 0; round < 50; ++round) {
    std::vector<PlacePair> pairs = RandomPairs(&random, 100);
    const std::vector<ReuseEntry> entries = JoinReuse(pairs);
    random.Shuffle(&pairs);
    for (PlacePair& pair : pairs) {
      if (random.Below(2) == 0) std::swap(pair.a, pair.b);
    }
    const std::vector<ReuseEntry> others = JoinReuse(pairs);
    ASSERT_EQ(entries.size(), others.size());
    for (size_t i = 0; i < entries.size(); ++i) {
      EXPECT_EQ(entries[i].places, others[i].places);
      EXPECT_EQ(entries[i].score, others[i].score);
      EXPECT_EQ(entries[i].all_pairs, others[i].all_pairs);
    }
  }
}

TEST(ReuseTest, OnePlaceWithAHundredThousandPairsIsQuick) {
  std::vector<PlacePair> pairs;
  for (uint32_t i = 0; i < 100'000; ++i) {
    pairs.push_back(Pair(At(0, 0, 100), At(i + 1, 0, 30 + i % 70)));
    pairs.push_back(Pair(At(0, 60 + i % 30, 100), At(i + 1, 200, 300)));
  }
  uint64_t all_pairs = 0;
  for (const ReuseEntry& entry : JoinReuse(pairs)) all_pairs += entry.all_pairs;
  EXPECT_EQ(all_pairs, pairs.size());
}

// The kind of the one entry of pairs of these kinds, each a document further
// from the first and with less score.
ReuseEntry EntryOf(const std::vector<PassageKind>& kinds) {
  std::vector<PlacePair> pairs;
  for (uint32_t i = 0; i < kinds.size(); ++i) {
    pairs.push_back({.a = At(0, 0, 50),
                     .b = At(i + 1, 0, 50),
                     .kind = kinds[i],
                     .score = 100.0 - i});
  }
  const std::vector<ReuseEntry> entries = JoinReuse(pairs);
  EXPECT_EQ(entries.size(), 1u);
  return entries.at(0);
}

TEST(ReuseTest, OnePlaceThatDoesNotQuoteIsEnoughForReuse) {
  constexpr PassageKind kLight = PassageKind::kLight;
  constexpr PassageKind kQuotation = PassageKind::kQuotation;
  constexpr PassageKind kBoilerplate = PassageKind::kBoilerplate;
  EXPECT_EQ(EntryOf({kQuotation, kQuotation}).kind, kQuotation);
  EXPECT_EQ(EntryOf({kQuotation, kLight}).kind, kLight);
  EXPECT_EQ(EntryOf({kBoilerplate, kQuotation}).kind, kQuotation);
  EXPECT_EQ(EntryOf({kBoilerplate, kLight, kQuotation}).kind, kLight);
  EXPECT_EQ(EntryOf({kLight, PassageKind::kReworded}).kind, kLight);
  EXPECT_EQ(EntryOf({kQuotation, PassageKind::kVerbatim, kLight}).kind,
            PassageKind::kVerbatim);
  // The score is the best of any.
  EXPECT_EQ(EntryOf({kQuotation, kLight}).score, 100);
}

TEST(ReuseTest, IsIgnoredIfAllItsPairsAre) {
  constexpr PassageKind kBoilerplate = PassageKind::kBoilerplate;
  EXPECT_TRUE(EntryOf({kBoilerplate, kBoilerplate}).ignored);
  EXPECT_EQ(EntryOf({kBoilerplate, kBoilerplate}).kind, kBoilerplate);
  EXPECT_FALSE(EntryOf({kBoilerplate, PassageKind::kLight}).ignored);
  EXPECT_FALSE(EntryOf({PassageKind::kLight}).ignored);
}

TEST(ReuseTest, TheSameWordsInManyDocumentsAreBoilerplate) {
  const auto of = [](size_t documents, PassageKind kind) {
    return EntryOf(std::vector<PassageKind>(documents - 1, kind));
  };
  constexpr size_t kMany = kLeastBoilerplateDocuments;
  for (const PassageKind kind : {PassageKind::kVerbatim, PassageKind::kLight}) {
    EXPECT_EQ(of(kMany, kind).kind, PassageKind::kBoilerplate);
    EXPECT_EQ(of(kMany - 1, kind).kind, kind);
    EXPECT_FALSE(of(kMany, kind).ignored);
  }
  EXPECT_EQ(of(kMany, PassageKind::kReworded).kind, PassageKind::kReworded);
  EXPECT_EQ(of(kMany, PassageKind::kQuotation).kind, PassageKind::kQuotation);
}

TEST(ReuseTest, TheSameWordsManyTimesInOneDocumentAreRepeated) {
  const auto of = [](uint32_t places, uint32_t document_of_last) {
    std::vector<PlacePair> pairs;
    for (uint32_t i = 1; i < places; ++i) {
      const bool is_last = i + 1 == places;
      pairs.push_back(Pair(At(0, 0, 50), At(is_last ? document_of_last : 0,
                                            100 * i, 100 * i + 50)));
    }
    const std::vector<ReuseEntry> entries = JoinReuse(pairs);
    EXPECT_EQ(entries.size(), 1u);
    return entries.at(0).kind;
  };
  EXPECT_EQ(of(kLeastRepeatedPlaces, 0), PassageKind::kRepeated);
  EXPECT_EQ(of(kLeastRepeatedPlaces - 1, 0), PassageKind::kLight);
  EXPECT_EQ(of(kLeastRepeatedPlaces, 1), PassageKind::kLight);
}

}  // namespace
}  // namespace twicetold
