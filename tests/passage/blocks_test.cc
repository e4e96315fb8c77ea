// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/passage/found_once.h"
#include "tests/testing/synthetic.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

using testing::FindBlocks;

// Cells of ten words.
Words WordsWithCells(uint32_t count) {
  Words words;
  for (uint32_t i = 0; i < count; ++i) {
    words.cells.push_back({10 * i, 10 * (i + 1)});
  }
  return words;
}

std::vector<Block> BlocksOf(const std::vector<Seed>& seeds, bool within) {
  const Words words = WordsWithCells(100);
  StemPair pair;
  pair.within = within;
  pair.a.words = pair.b.words = &words;
  return FindBlocks(pair, seeds, SeedOptions());
}

TEST(BlocksTest, SeedsNearEachOtherAreOneBlock) {
  const auto blocks =
      BlocksOf({{2, 50, .6f}, {3, 52, .5f}, {7, 53, .6f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{20, 80}));
  EXPECT_EQ(blocks[0].b, (WordRange{500, 540}));
}

TEST(BlocksTest, AGapOnEitherSideSplits) {
  EXPECT_EQ(BlocksOf({{2, 50, .6f}, {7, 51, .6f}}, false).size(), 2u);
  EXPECT_EQ(BlocksOf({{2, 50, .6f}, {3, 55, .6f}}, false).size(), 2u);
}

// Cells 53 and 54 speak of what cell 2 does, which 50 tells much better.
TEST(BlocksTest, PoorPartnersEndNoBlock) {
  const auto blocks =
      BlocksOf({{2, 50, .6f}, {2, 53, .3f}, {2, 54, .3f}, {3, 51, .5f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{20, 40}));
  EXPECT_EQ(blocks[0].b, (WordRange{500, 520}));
}

// A sentence that became two.
TEST(BlocksTest, GoodPartnersDo) {
  const auto blocks =
      BlocksOf({{2, 50, .5f}, {2, 51, .45f}, {3, 52, .5f}}, false);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].b, (WordRange{500, 530}));
}

// Cells 0-4 and their copy 5-9, and seeds among neighbours that are weaker.
TEST(BlocksTest, ACopyRightBehindIsABlockOfItsOwn) {
  std::vector<Seed> seeds;
  for (uint32_t i = 0; i < 5; ++i) seeds.push_back({i, i + 5, .7f});
  for (uint32_t i = 0; i < 9; ++i) seeds.push_back({i, i + 1, .3f});
  const auto blocks = BlocksOf(seeds, true);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].a, (WordRange{0, 50}));
  EXPECT_EQ(blocks[0].b, (WordRange{50, 100}));
}

// --- any seeds, against the rules of blocks.h taken word by word

using Seeds = std::vector<Seed>;
using Key = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>;

class Oracle {
 public:
  Oracle(bool within, const SeedOptions& options)
      : within_(within), options_(options) {}

  // Sorted.
  std::vector<Key> Find(const Seeds& seeds) {
    Split(seeds, options_.gap_cells);
    std::sort(keys_.begin(), keys_.end());
    return keys_;
  }

 private:
  // Parts in which a chain of seeds leads from each to each.
  template <typename Near>
  static std::vector<Seeds> Parts(Seeds seeds, Near near) {
    std::vector<Seeds> parts;
    while (!seeds.empty()) {
      Seeds part = {seeds.back()};
      seeds.pop_back();
      for (size_t i = 0; i < part.size(); ++i) {
        for (size_t j = 0; j < seeds.size();) {
          if (!near(part[i], seeds[j])) {
            ++j;
            continue;
          }
          part.push_back(seeds[j]);
          seeds.erase(seeds.begin() + static_cast<ptrdiff_t>(j));
        }
      }
      parts.push_back(part);
    }
    return parts;
  }

  static uint32_t Apart(uint32_t x, uint32_t y) {
    return x > y ? x - y : y - x;
  }

  void Split(const Seeds& seeds, uint32_t gap) {
    const auto by_a = Parts(seeds, [gap](const Seed& x, const Seed& y) {
      return Apart(x.a, y.a) <= gap + 1;
    });
    for (const Seeds& part : by_a) {
      const auto by_b = Parts(part, [gap](const Seed& x, const Seed& y) {
        return Apart(x.b, y.b) <= gap + 1;
      });
      if (by_a.size() > 1 || by_b.size() > 1) {
        for (const Seeds& smaller : by_b) Split(smaller, gap);
        continue;
      }
      for (const Seeds& block :
           Parts(part, [this](const Seed& x, const Seed& y) {
             return Apart(x.a, y.a) <= options_.apart_cells &&
                    Apart(x.b, y.b) <= options_.apart_cells;
           })) {
        Add(block, gap);
      }
    }
  }

  static float Best(const Seeds& seeds, uint32_t cell, bool on_a, bool on_b) {
    float best = 0;
    for (const Seed& seed : seeds) {
      if ((on_a && seed.a == cell) || (on_b && seed.b == cell)) {
        best = std::max(best, seed.cosine);
      }
    }
    return best;
  }

  void Add(const Seeds& seeds, uint32_t gap) {
    uint32_t first_a = ~0u, last_a = 0, first_b = ~0u, last_b = 0;
    for (const Seed& seed : seeds) {
      first_a = std::min(first_a, seed.a);
      last_a = std::max(last_a, seed.a);
      first_b = std::min(first_b, seed.b);
      last_b = std::max(last_b, seed.b);
    }
    if (within_ && last_a >= first_b && last_b >= first_a) {
      Seeds best;
      for (const Seed& seed : seeds) {
        const float least = std::min(Best(seeds, seed.a, true, true),
                                     Best(seeds, seed.b, true, true));
        if (seed.cosine >=
            static_cast<float>(options_.min_best_share) * least) {
          best.push_back(seed);
        }
      }
      if (best.size() < seeds.size()) return Split(best, gap);
      if (gap > 0) return Split(seeds, gap - 1);
    }
    const auto is_good = [&](uint32_t cell, bool on_a) {
      for (const Seed& seed : seeds) {
        if ((on_a ? seed.a : seed.b) != cell) continue;
        const float best = on_a ? Best(seeds, seed.b, false, true)
                                : Best(seeds, seed.a, true, false);
        if (seed.cosine / best >= static_cast<float>(options_.min_end_share)) {
          return true;
        }
      }
      return false;
    };
    while (first_a < last_a && !is_good(first_a, true)) ++first_a;
    while (first_a < last_a && !is_good(last_a, true)) --last_a;
    while (first_b < last_b && !is_good(first_b, false)) ++first_b;
    while (first_b < last_b && !is_good(last_b, false)) --last_b;
    keys_.emplace_back(10 * first_a, 10 * (last_a + 1), 10 * first_b,
                       10 * (last_b + 1));
  }

  const bool within_;
  const SeedOptions& options_;
  std::vector<Key> keys_;
};

// Few seeds and many, near each other and far, which are split in two ways.
TEST(BlocksTest, AreThoseOfTheRules) {
  testing::Random random(31);
  const SeedOptions options;
  BlockFinder finder;  // keeps its memory over all of them
  size_t blocks = 0;
  for (int round = 0; round < 400; ++round) {
    const bool within = round % 3 == 0;
    const auto cells = static_cast<uint32_t>(4 + random.Below(196));
    const size_t most = round % 5 == 0 ? 600 : 60;
    std::set<std::pair<uint32_t, uint32_t>> places;
    for (size_t n = 1 + random.Below(most); n > 0; --n) {
      auto a = static_cast<uint32_t>(random.Below(cells));
      auto b = random.Below(2) == 0
                   ? static_cast<uint32_t>(random.Below(cells))
                   : (a + static_cast<uint32_t>(random.Below(6))) % cells;
      if (within && a == b) continue;
      if (within && a > b) std::swap(a, b);
      places.emplace(a, b);
    }
    if (places.empty()) continue;
    Seeds seeds;
    for (const auto& [a, b] : places) {
      seeds.push_back(
          {a, b, .28f + .01f * static_cast<float>(random.Below(60))});
    }
    const Words words = WordsWithCells(cells);
    StemPair pair;
    pair.within = within;
    pair.a.words = pair.b.words = &words;
    std::vector<Key> found;
    for (const Block& block : finder.Find(pair, seeds, options)) {
      found.emplace_back(block.a.begin, block.a.end, block.b.begin,
                         block.b.end);
    }
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, Oracle(within, options).Find(seeds)) << round;
    blocks += found.size();
  }
  EXPECT_GE(blocks, 1000u);
}

}  // namespace
}  // namespace twicetold
