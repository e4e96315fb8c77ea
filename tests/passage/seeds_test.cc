// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/told_again.h"
#include "twicetold/passage/blocks.h"

namespace twicetold {
namespace {

using testing::FindBlocks;
using testing::FindSeeds;
using testing::MakeStemPair;
using testing::MakeStemPairWithin;
using testing::Random;
using testing::ToldAgain;

// --- seeds against every pair of cells, weighed one by one

using Bag = std::map<uint64_t, double>;  // by hash of the stem

class Oracle {
 public:
  // `b` is null for one text with itself.
  Oracle(const Words& a, const Words* b) : a_(a), b_(b) {
    Count(a, &in_a_);
    Count(b == nullptr ? a : *b, &in_b_);
    cells_ = static_cast<double>(a.cells.size());
    if (b != nullptr) cells_ += static_cast<double>(b->cells.size());
  }

  double Idf(uint64_t stem) const {
    const double df =
        CellsWith(in_a_, stem) + (b_ == nullptr ? 0 : CellsWith(in_b_, stem));
    return std::log(cells_ / df);
  }

  // Only stems in at most `most_cells` cells of one side count, but for the
  // length of a cell.
  double Cosine(size_t cell_a, size_t cell_b, uint32_t most_cells) const {
    const Bag bag_a = BagOf(a_, cell_a);
    const Bag bag_b = BagOf(b_ == nullptr ? a_ : *b_, cell_b);
    double dot = 0;
    for (const auto& [stem, weight] : bag_a) {
      const auto at = bag_b.find(stem);
      if (at == bag_b.end()) continue;
      if (std::min(CellsWith(in_a_, stem), CellsWith(in_b_, stem)) >
          most_cells) {
        continue;
      }
      dot += weight * at->second;
    }
    const double lengths = Length(bag_a) * Length(bag_b);
    return lengths > 0 ? dot / lengths : 0;
  }

 private:
  static void Count(const Words& words, std::map<uint64_t, double>* cells) {
    for (const WordRange cell : words.cells) {
      std::set<uint64_t> stems;
      for (uint32_t i = cell.begin; i < cell.end; ++i) {
        stems.insert(words.stem_hashes[words.stems[i]]);
      }
      for (const uint64_t stem : stems) ++(*cells)[stem];
    }
  }
  static double CellsWith(const std::map<uint64_t, double>& cells,
                          uint64_t stem) {
    const auto at = cells.find(stem);
    return at == cells.end() ? 0 : at->second;
  }
  Bag BagOf(const Words& words, size_t cell) const {
    Bag bag;
    for (uint32_t i = words.cells[cell].begin; i < words.cells[cell].end; ++i) {
      const uint64_t stem = words.stem_hashes[words.stems[i]];
      bag[stem] += Idf(stem);
    }
    return bag;
  }
  static double Length(const Bag& bag) {
    double sum = 0;
    for (const auto& [stem, weight] : bag) sum += weight * weight;
    return std::sqrt(sum);
  }

  const Words& a_;
  const Words* const b_;
  std::map<uint64_t, double> in_a_;  // cells that hold a stem
  std::map<uint64_t, double> in_b_;
  double cells_ = 0;
};

CellRange CellsOf(const Words& words) {
  return {0, static_cast<uint32_t>(words.cells.size())};
}

bool Has(const std::vector<Seed>& seeds, uint32_t a, uint32_t b) {
  return std::any_of(seeds.begin(), seeds.end(), [&](const Seed& seed) {
    return seed.a == a && seed.b == b;
  });
}

void ExpectSeedsAreThoseOfTheOracle(const std::vector<Seed>& seeds,
                                    const Words& a, const Words* b,
                                    const SeedOptions& options) {
  constexpr double kRounding = 1e-4;
  const Oracle oracle(a, b);
  const size_t cells_b = b == nullptr ? a.cells.size() : b->cells.size();
  for (uint32_t i = 0; i < a.cells.size(); ++i) {
    for (uint32_t j = b == nullptr ? i + 1 : 0; j < cells_b; ++j) {
      const double cosine = oracle.Cosine(i, j, options.most_cells);
      if (std::abs(cosine - options.min_cosine) < kRounding) continue;
      EXPECT_EQ(Has(seeds, i, j), cosine > options.min_cosine)
          << i << ", " << j << ": " << cosine;
    }
  }
  EXPECT_TRUE(std::is_sorted(
      seeds.begin(), seeds.end(), [](const Seed& x, const Seed& y) {
        return std::tuple(x.a, x.b) < std::tuple(y.a, y.b);
      }));
}

TEST(SeedsTest, AreThePairsOfCellsWithACosineAboveTheLeast) {
  size_t count = 0;
  for (uint64_t seed = 0; seed < 24; ++seed) {
    const auto texts = ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words a = MakeWords(texts.a);
    const Words b = MakeWords(texts.b);
    for (const uint32_t most_cells : {3u, 80u}) {
      const SeedOptions options = {.most_cells = most_cells};
      const StemPair pair = MakeStemPair(a, b);
      const auto seeds = FindSeeds(pair, CellsOf(a), CellsOf(b), options);
      ExpectSeedsAreThoseOfTheOracle(seeds, a, &b, options);
      count += seeds.size();
    }
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(count, 200u);
}

TEST(SeedsTest, WithinOneTextTheFirstCellIsBeforeTheOther) {
  for (uint64_t seed = 0; seed < 16; ++seed) {
    const auto texts = ToldAgain(seed, testing::kAllWritings[seed % 8]);
    const Words words = MakeWords(texts.a + texts.b);
    const StemPair pair = MakeStemPairWithin(words);
    const auto seeds = FindSeeds(pair, CellsOf(words), CellsOf(words), {});
    ExpectSeedsAreThoseOfTheOracle(seeds, words, nullptr, {});
    for (const Seed& found : seeds) EXPECT_LT(found.a, found.b);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

// Many cells of side b are looked at in another way than few.
TEST(SeedsTest, AreThoseOfParts) {
  std::string text_a;
  std::string text_b;
  for (uint64_t seed = 0; seed < 8; ++seed) {
    const auto texts = ToldAgain(seed, testing::Writing::kProse);
    text_a += texts.a + "\n\n";
    text_b += texts.b + "\n\n";
  }
  const Words a = MakeWords(text_a);
  const Words b = MakeWords(text_b + text_a);
  ASSERT_GT(CellsOf(b).end, 200u);
  for (const bool within : {false, true}) {
    const StemPair pair = within ? MakeStemPairWithin(b) : MakeStemPair(a, b);
    const CellRange cells_a = CellsOf(within ? b : a);
    std::vector<Seed> of_parts;
    for (uint32_t begin = 0; begin < CellsOf(b).end; begin += 37) {
      const CellRange part = {begin, std::min(begin + 37, CellsOf(b).end)};
      const auto seeds = FindSeeds(pair, cells_a, part, {});
      of_parts.insert(of_parts.end(), seeds.begin(), seeds.end());
    }
    std::sort(of_parts.begin(), of_parts.end(),
              [](const Seed& x, const Seed& y) {
                return std::tuple(x.a, x.b) < std::tuple(y.a, y.b);
              });
    const auto all = FindSeeds(pair, cells_a, CellsOf(b), {});
    EXPECT_EQ(all, of_parts);
    EXPECT_GE(all.size(), 100u);
  }
}

TEST(SeedsTest, RangesLimitAndChangeNothingElse) {
  const auto texts = ToldAgain(3, testing::Writing::kProse);
  const Words a = MakeWords(texts.a);
  const Words b = MakeWords(texts.b);
  const StemPair pair = MakeStemPair(a, b);
  const auto all = FindSeeds(pair, CellsOf(a), CellsOf(b), {});
  const CellRange some_a = {2, CellsOf(a).end - 1};
  const CellRange some_b = {1, CellsOf(b).end - 3};
  std::vector<std::pair<uint32_t, uint32_t>> expected;
  for (const Seed& seed : all) {
    if (seed.a >= some_a.begin && seed.a < some_a.end &&
        seed.b >= some_b.begin && seed.b < some_b.end) {
      expected.emplace_back(seed.a, seed.b);
    }
  }
  std::vector<std::pair<uint32_t, uint32_t>> found;
  for (const Seed& seed : FindSeeds(pair, some_a, some_b, {})) {
    found.emplace_back(seed.a, seed.b);
  }
  EXPECT_EQ(found, expected);
  EXPECT_FALSE(found.empty());
}

// --- blocks against the rule, applied until nothing splits

using Seeds = std::vector<Seed>;

std::vector<Seeds> SplitSide(Seeds seeds, bool by_b, uint32_t gap) {
  const auto at = [by_b](const Seed& seed) { return by_b ? seed.b : seed.a; };
  std::sort(seeds.begin(), seeds.end(),
            [&](const Seed& x, const Seed& y) { return at(x) < at(y); });
  std::vector<Seeds> parts;
  for (const Seed& seed : seeds) {
    if (parts.empty() || at(seed) - at(parts.back().back()) > gap + 1) {
      parts.emplace_back();
    }
    parts.back().push_back(seed);
  }
  return parts;
}

// Whoever is near one of a part is of it.
std::vector<Seeds> SplitBoth(Seeds seeds, uint32_t apart) {
  std::vector<Seeds> parts;
  const auto near = [apart](uint32_t x, uint32_t y) {
    return std::max(x, y) - std::min(x, y) <= apart;
  };
  while (!seeds.empty()) {
    Seeds part = {seeds.back()};
    seeds.pop_back();
    for (size_t i = 0; i < part.size(); ++i) {
      for (size_t j = 0; j < seeds.size();) {
        if (near(part[i].a, seeds[j].a) && near(part[i].b, seeds[j].b)) {
          part.push_back(seeds[j]);
          seeds.erase(seeds.begin() + static_cast<ptrdiff_t>(j));
        } else {
          ++j;
        }
      }
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Seeds> SlowBlocks(const Seeds& seeds, const SeedOptions& options) {
  std::vector<Seeds> blocks = {seeds};
  for (bool splits = true; splits;) {
    splits = false;
    for (const bool by_b : {false, true}) {
      std::vector<Seeds> next;
      for (const Seeds& block : blocks) {
        for (Seeds& part : SplitSide(block, by_b, options.gap_cells)) {
          next.push_back(std::move(part));
        }
      }
      splits = splits || next.size() > blocks.size();
      blocks = std::move(next);
    }
  }
  std::vector<Seeds> parts;
  for (const Seeds& block : blocks) {
    for (Seeds& part : SplitBoth(block, options.apart_cells)) {
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

using Box = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>;

std::multiset<Box> SlowBoxes(const Words& words, const Seeds& seeds,
                             const SeedOptions& options) {
  std::multiset<Box> boxes;
  for (const Seeds& block : SlowBlocks(seeds, options)) {
    Box box = {~0u, 0, ~0u, 0};
    for (const Seed& seed : block) {
      const WordRange a = words.cells[seed.a];
      const WordRange b = words.cells[seed.b];
      box = {std::min(std::get<0>(box), a.begin),
             std::max(std::get<1>(box), a.end),
             std::min(std::get<2>(box), b.begin),
             std::max(std::get<3>(box), b.end)};
    }
    boxes.insert(box);
  }
  return boxes;
}

TEST(BlocksTest, AreThoseOfTheRuleAppliedUntilNothingSplits) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "One two three four five. ";
  const Words words = MakeWords(text);
  ASSERT_EQ(words.cells.size(), 200u);
  const StemPair pair = MakeStemPair(words, words);
  Random random(7);
  size_t most = 0;
  for (int round = 0; round < 400; ++round) {
    std::set<std::pair<uint32_t, uint32_t>> places;
    const uint64_t width = 10 + random.Below(190);
    const auto cell = [&] {
      return static_cast<uint32_t>(random.Below(width));
    };
    for (size_t n = 1 + random.Below(80); n > 0; --n) {
      uint32_t a = cell();
      uint32_t b = random.Below(2) == 0 ? cell() : a;
      for (size_t m = random.Below(8); m > 0; --m) {
        places.emplace(std::min(a++, 199u), std::min(b++, 199u));
      }
    }
    if (places.empty()) continue;
    Seeds seeds;
    for (const auto& [a, b] : places) {
      Seed seed;
      seed.a = a;
      seed.b = b;
      seeds.push_back(seed);
    }
    const SeedOptions options = {
        .gap_cells = static_cast<uint32_t>(random.Below(5)),
        .apart_cells = 1 + static_cast<uint32_t>(random.Below(15)),
        .min_end_share = 0};  // seeds without cosines
    std::multiset<Box> boxes;
    for (const Block& block : FindBlocks(pair, seeds, options)) {
      boxes.emplace(block.a.begin, block.a.end, block.b.begin, block.b.end);
    }
    most = std::max(most, boxes.size());
    ASSERT_EQ(boxes, SlowBoxes(words, seeds, options)) << "round " << round;
  }
  EXPECT_GE(most, 10u);
}

}  // namespace
}  // namespace twicetold
