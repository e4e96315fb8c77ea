// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/passage/hashed_text.h"

namespace twicetold {
namespace {

using testing::Hashes;
using testing::Random;
using testing::Words;

std::vector<PassageWindow> WindowsOf(const std::vector<Hashes>& documents,
                                     uint32_t anchor_window,
                                     const WindowOptions& options = {},
                                     std::span<const uint32_t> families = {}) {
  ThreadPool pool(1);
  const AnchorIndex index =
      testing::IndexOf(documents, {.window = anchor_window}, &pool);
  return FindWindows(index, options, families, &pool, {}).windows;
}

struct Planted {
  uint32_t document_a = 0;
  uint32_t document_b = 0;
  WordRange a = {};
  WordRange b = {};
};

bool IsIn(const Planted& planted, std::span<const PassageWindow> windows) {
  return std::any_of(windows.begin(), windows.end(),
                     [&](const PassageWindow& w) {
                       return w.document_a == planted.document_a &&
                              w.document_b == planted.document_b &&
                              SharedWords(w.a, planted.a) == planted.a.size() &&
                              SharedWords(w.b, planted.b) == planted.b.size();
                     });
}

double RecallOf(const std::vector<Planted>& planted,
                std::span<const PassageWindow> windows) {
  const auto found =
      std::count_if(planted.begin(), planted.end(),
                    [&](const Planted& p) { return IsIn(p, windows); });
  return static_cast<double>(found) / static_cast<double>(planted.size());
}

struct Collection {
  std::vector<Hashes> documents;
  std::vector<Planted> planted;
};

// Pairs of documents with one passage of 60 words in common, in the second one
// with `replaced` of its words exchanged.
Collection PlantPairs(uint64_t seed, size_t pairs, double replaced) {
  Random random(seed);
  Collection collection;
  for (uint32_t i = 0; i < pairs; ++i) {
    const Words passage = testing::RandomWords(&random, 60);
    Planted planted = {.document_a = 2 * i, .document_b = 2 * i + 1};
    for (WordRange* range : {&planted.a, &planted.b}) {
      Words text = testing::RandomWords(&random, 100 + random.Below(500));
      range->begin = static_cast<uint32_t>(text.size());
      range->end = range->begin + 60;
      testing::Append(&text,
                      range == &planted.a
                          ? passage
                          : testing::ReplaceWords(&random, passage, replaced));
      testing::Append(&text,
                      testing::RandomWords(&random, 100 + random.Below(500)));
      collection.documents.push_back(testing::HashesOf(text));
    }
    collection.planted.push_back(planted);
  }
  return collection;
}

size_t CountUnplanted(const Collection& collection,
                      std::span<const PassageWindow> windows) {
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (const Planted& p : collection.planted) {
    pairs.insert({p.document_a, p.document_b});
  }
  return static_cast<size_t>(std::count_if(
      windows.begin(), windows.end(), [&](const PassageWindow& w) {
        return !pairs.contains({w.document_a, w.document_b});
      }));
}

TEST(WindowsTest, HoldPassagesWithAQuarterOfTheWordsReplaced) {
  const Collection collection = PlantPairs(1, 400, .25);
  const auto windows = WindowsOf(collection.documents, 1);
  EXPECT_GE(RecallOf(collection.planted, windows), .98);
  EXPECT_LE(CountUnplanted(collection, windows), 20u);
}

TEST(WindowsTest, HoldVerbatimPassagesByMinimizersToo) {
  const Collection collection = PlantPairs(2, 400, .05);
  const auto windows = WindowsOf(collection.documents, 4);
  EXPECT_GE(RecallOf(collection.planted, windows), .98);
  EXPECT_LE(CountUnplanted(collection, windows), 20u);
}

TEST(WindowsTest, HoldPassagesWithinOneDocument) {
  Random random(3);
  std::vector<Hashes> documents;
  std::vector<Planted> planted;
  for (uint32_t d = 0; d < 200; ++d) {
    const Words passage = testing::RandomWords(&random, 60);
    Words text = testing::RandomWords(&random, random.Below(9000));
    Planted p = {.document_a = d, .document_b = d};
    p.a.begin = static_cast<uint32_t>(text.size());
    testing::Append(&text, passage);
    p.a.end = static_cast<uint32_t>(text.size());
    testing::Append(&text, testing::RandomWords(&random, random.Below(9000)));
    p.b.begin = static_cast<uint32_t>(text.size());
    testing::Append(&text, testing::ReplaceWords(&random, passage, .2));
    p.b.end = static_cast<uint32_t>(text.size());
    testing::Append(&text, testing::RandomWords(&random, 300));
    documents.push_back(testing::HashesOf(text));
    planted.push_back(p);
  }
  const auto windows = WindowsOf(documents, 1);
  EXPECT_GE(RecallOf(planted, windows), .98);
  for (const PassageWindow& w : windows) {
    if (w.document_a == w.document_b) {
      EXPECT_LE(w.a.end, w.b.begin);
    }
  }
}

TEST(WindowsTest, CoverALongPassageWhole) {
  Random random(4);
  const Words passage = testing::RandomWords(&random, 20'000);
  Words a = testing::RandomWords(&random, 3000);
  testing::Append(&a, passage);
  Words b = testing::RandomWords(&random, 5000);
  testing::Append(&b, testing::ReplaceWords(&random, passage, .1));
  const auto windows =
      WindowsOf({testing::HashesOf(a), testing::HashesOf(b)}, 4);
  EXPECT_TRUE(IsIn({.document_a = 0,
                    .document_b = 1,
                    .a = {3000, 23'000},
                    .b = {5000, 25'000}},
                   windows));
}

TEST(WindowsTest, AreTheSameForAnyNumberOfThreads) {
  const Collection collection = PlantPairs(5, 100, .2);
  std::vector<PassageWindow> first;
  for (int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    const AnchorIndex index = testing::IndexOf(collection.documents, {}, &pool);
    const auto found = FindWindows(index, {}, {}, &pool, {});
    if (threads == 1) first = found.windows;
    EXPECT_EQ(found.windows, first);
  }
  EXPECT_FALSE(first.empty());
}

TEST(WindowsTest, OrderOfDocumentsSwapsSidesOnly) {
  Collection collection = PlantPairs(6, 60, .2);
  const auto windows = WindowsOf(collection.documents, 1);
  std::reverse(collection.documents.begin(), collection.documents.end());
  std::vector<PassageWindow> mirrored = WindowsOf(collection.documents, 1);
  const auto last = static_cast<uint32_t>(collection.documents.size() - 1);
  for (PassageWindow& w : mirrored) {
    if (w.document_a == w.document_b) {
      w.document_a = w.document_b = last - w.document_a;
      continue;
    }
    std::swap(w.a, w.b);
    const uint32_t a = w.document_a;
    w.document_a = last - w.document_b;
    w.document_b = last - a;
  }
  ASSERT_EQ(mirrored.size(), windows.size());
  // Where an anchor stands twice, its sides are not looked at alike.
  size_t equal = 0;
  for (const PassageWindow& w : mirrored) {
    equal += std::any_of(windows.begin(), windows.end(),
                         [&](const PassageWindow& x) {
                           return x.document_a == w.document_a &&
                                  x.document_b == w.document_b && x.a == w.a &&
                                  x.b == w.b;
                         })
                 ? 1
                 : 0;
  }
  EXPECT_GE(equal, windows.size() - windows.size() / 20);
}

TEST(WindowsTest, OverlapOnOneSideAtMost) {
  Random random(7);
  std::vector<Hashes> documents;
  const Words passage = testing::RandomWords(&random, 300);
  for (int d = 0; d < 6; ++d) {
    Words text;
    for (int i = 0; i < 3; ++i) {
      testing::Append(&text, testing::RandomWords(&random, 400));
      testing::Append(&text, testing::ReplaceWords(&random, passage, .1));
    }
    documents.push_back(testing::HashesOf(text));
  }
  const auto windows =
      WindowsOf(documents, 2, {.most_places = 100, .most_windows = 100});
  for (size_t i = 0; i < windows.size(); ++i) {
    for (size_t j = i + 1; j < windows.size(); ++j) {
      const PassageWindow& x = windows[i];
      const PassageWindow& y = windows[j];
      if (x.document_a != y.document_a || x.document_b != y.document_b)
        continue;
      if (x.document_a == x.document_b) continue;
      EXPECT_TRUE(SharedWords(x.a, y.a) == 0 || SharedWords(x.b, y.b) == 0);
    }
  }
  EXPECT_GE(windows.size(), 15u);
}

TEST(WindowsTest, FamiliesAreNotComparedWithThemselves) {
  const Collection collection = PlantPairs(8, 20, 0);
  std::vector<uint32_t> families(collection.documents.size());
  for (uint32_t i = 0; i < families.size(); ++i) families[i] = i / 4;
  const auto windows = WindowsOf(collection.documents, 1, {}, families);
  EXPECT_EQ(RecallOf(collection.planted, windows), 0);
  // Each document alone: as without families.
  for (uint32_t i = 0; i < families.size(); ++i) families[i] = i;
  EXPECT_EQ(WindowsOf(collection.documents, 1, {}, families),
            WindowsOf(collection.documents, 1));
}

TEST(WindowsTest, WhatIsUsedInManyDocumentsCostsLittle) {
  Random random(9);
  const Words passage = testing::RandomWords(&random, 200);
  std::vector<Hashes> documents;
  for (int d = 0; d < 90; ++d) {
    Words text = testing::RandomWords(&random, 300);
    testing::Append(&text, passage);
    documents.push_back(testing::HashesOf(text));
  }
  const WindowOptions options = {.most_windows = 3};
  ThreadPool pool(1);
  const AnchorIndex index = testing::IndexOf(documents, {}, &pool);
  const PassageWindows found = FindWindows(index, options, {}, &pool, {});
  EXPECT_GT(found.left_out, 0u);
  EXPECT_GT(found.passed_over, 0u);
  std::vector<uint32_t> before(documents.size());
  for (const PassageWindow& w : found.windows) {
    if (SharedWords(w.b, {300, 500}) == 200) ++before[w.document_b];
  }
  EXPECT_EQ(before[0], 0u);
  for (size_t d = 1; d < before.size(); ++d) {
    EXPECT_GE(before[d], 1u);
    EXPECT_LE(before[d], 3u);
  }
}

TEST(WindowsTest, PeriodicTextHasFew) {
  Hashes text;
  const Hashes period = testing::HashesOf({"one", "two", "three", "four"});
  for (int i = 0; i < 100'000; ++i) testing::Append(&text, period);
  EXPECT_LE(WindowsOf({text, text}, 4).size(), 10u);
}

// One passage in four documents, and twice in the last.
TEST(WindowsTest, OnlyThoseOfInterest) {
  Random random(31);
  const auto more = [&random](size_t words) {
    return testing::HashesOf(testing::RandomWords(&random, words));
  };
  const Hashes passage = more(80);
  std::vector<Hashes> documents;
  for (int i = 0; i < 4; ++i) {
    Hashes text = more(200);
    testing::Append(&text, passage);
    testing::Append(&text, more(200));
    if (i == 3) testing::Append(&text, passage);
    documents.push_back(text);
  }
  const auto pairs_of = [&documents](const WindowOptions& options) {
    std::set<std::pair<uint32_t, uint32_t>> pairs;
    for (const PassageWindow& window : WindowsOf(documents, 1, options)) {
      pairs.insert({window.document_a, window.document_b});
    }
    return pairs;
  };
  using Pairs = std::set<std::pair<uint32_t, uint32_t>>;
  EXPECT_EQ(pairs_of({}).size(), 7u);
  EXPECT_EQ(pairs_of({.across = false}), (Pairs{{3, 3}}));
  EXPECT_EQ(pairs_of({.within = false}).size(), 6u);
  const std::vector<Role> roles = {Role::kNew, Role::kReference, Role::kNew,
                                   Role::kReference};
  EXPECT_EQ(pairs_of({.within = false, .roles = roles}),
            (Pairs{{0, 1}, {0, 3}, {1, 2}, {2, 3}}));
}

}  // namespace
}  // namespace twicetold
