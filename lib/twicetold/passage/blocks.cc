// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/blocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>

namespace twicetold {
namespace {

// The cells that the seeds of a block span, both ends inclusive.
struct Box {
  uint32_t first_a;
  uint32_t last_a;
  uint32_t first_b;
  uint32_t last_b;

  bool SidesOverlap() const { return last_a >= first_b && last_b >= first_a; }
};

Box BoxOf(std::span<const Seed> seeds) {
  Box box = {seeds[0].a, seeds[0].a, seeds[0].b, seeds[0].b};
  for (const Seed& seed : seeds) {
    box.first_a = std::min(box.first_a, seed.a);
    box.last_a = std::max(box.last_a, seed.a);
    box.first_b = std::min(box.first_b, seed.b);
    box.last_b = std::max(box.last_b, seed.b);
  }
  return box;
}

// A value for each of a range of cells, 0 at first: the greatest one noted.
class CellMaxima {
 public:
  CellMaxima(uint32_t first, uint32_t last)
      : first_(first), values_(last - first + 1) {}

  void Note(uint32_t cell, float value) {
    float& most = values_[cell - first_];
    most = std::max(most, value);
  }
  float of(uint32_t cell) const { return values_[cell - first_]; }

 private:
  uint32_t first_;
  std::vector<float> values_;
};

// Moves the ends of the box inwards to cells that are good partners.
Box WithoutPoorEnds(Box box, std::span<const Seed> seeds, float min_share) {
  CellMaxima best_a(box.first_a, box.last_a);
  CellMaxima best_b(box.first_b, box.last_b);
  for (const Seed& seed : seeds) {
    best_a.Note(seed.a, seed.cosine);
    best_b.Note(seed.b, seed.cosine);
  }
  // How near a cell comes to the best partner of a cell of the other side.
  CellMaxima share_a(box.first_a, box.last_a);
  CellMaxima share_b(box.first_b, box.last_b);
  for (const Seed& seed : seeds) {
    share_a.Note(seed.a, seed.cosine / best_b.of(seed.b));
    share_b.Note(seed.b, seed.cosine / best_a.of(seed.a));
  }
  const auto shrink = [min_share](const CellMaxima& shares, uint32_t* first,
                                  uint32_t* last) {
    while (*first < *last && shares.of(*first) < min_share) ++*first;
    while (*first < *last && shares.of(*last) < min_share) --*last;
  };
  shrink(share_a, &box.first_a, &box.last_a);
  shrink(share_b, &box.first_b, &box.last_b);
  return box;
}

// Puts those seeds first of which one cell at least has no much better seed.
std::span<Seed> BestSeeds(std::span<Seed> seeds, const Box& box,
                          float min_share) {
  CellMaxima best(std::min(box.first_a, box.first_b),
                  std::max(box.last_a, box.last_b));
  for (const Seed& seed : seeds) {
    best.Note(seed.a, seed.cosine);
    best.Note(seed.b, seed.cosine);
  }
  const auto end =
      std::partition(seeds.begin(), seeds.end(), [&](const Seed& seed) {
        return seed.cosine >=
               min_share * std::min(best.of(seed.a), best.of(seed.b));
      });
  return seeds.first(static_cast<size_t>(end - seeds.begin()));
}

// Splits seeds by one side, then by the other, and so on.
class BlockFinder {
 public:
  BlockFinder(const StemPair& pair, const SeedOptions& options)
      : pair_(pair), options_(options) {}

  std::vector<Block> Find(std::span<Seed> seeds) {
    Split(seeds, {.gap_cells = options_.gap_cells});
    return std::move(blocks_);
  }

 private:
  struct How {
    uint32_t gap_cells = 0;
    bool by_b = false;
    bool settled = false;  // the other side does not split these seeds
  };

  void Split(std::span<Seed> seeds, How how) {
    Sort(seeds, how.by_b);
    size_t begin = 0;
    for (size_t i = 1; i <= seeds.size(); ++i) {
      if (i < seeds.size() &&
          At(seeds[i], how.by_b) - At(seeds[i - 1], how.by_b) <=
              how.gap_cells + 1) {
        continue;
      }
      const std::span<Seed> part = seeds.subspan(begin, i - begin);
      begin = i;
      if (part.size() == seeds.size() && how.settled) {
        Add(part, how.gap_cells);
      } else {
        Split(part,
              {.gap_cells = how.gap_cells, .by_b = !how.by_b, .settled = true});
      }
    }
  }

  static uint32_t At(const Seed& seed, bool by_b) {
    return by_b ? seed.b : seed.a;
  }

  static void Sort(std::span<Seed> seeds, bool by_b) {
    std::sort(seeds.begin(), seeds.end(), [by_b](const Seed& x, const Seed& y) {
      return by_b ? std::tie(x.b, x.a) < std::tie(y.b, y.a)
                  : std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
  }

  void Add(std::span<Seed> seeds, uint32_t gap_cells) {
    Box box = BoxOf(seeds);
    if (pair_.within && box.SidesOverlap()) {
      const std::span<Seed> best =
          BestSeeds(seeds, box, static_cast<float>(options_.min_best_share));
      if (best.size() < seeds.size()) {
        return Split(best, {.gap_cells = gap_cells});
      }
      if (gap_cells > 0) return Split(seeds, {.gap_cells = gap_cells - 1});
    }
    box =
        WithoutPoorEnds(box, seeds, static_cast<float>(options_.min_end_share));
    const std::vector<WordRange>& a = pair_.a.words->cells;
    const std::vector<WordRange>& b = pair_.side_b().words->cells;
    blocks_.push_back({{a[box.first_a].begin, a[box.last_a].end},
                       {b[box.first_b].begin, b[box.last_b].end}});
  }

  const StemPair& pair_;
  const SeedOptions& options_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> FindBlocks(const StemPair& pair, std::vector<Seed> seeds,
                              const SeedOptions& options) {
  if (seeds.empty()) return {};
  return BlockFinder(pair, options).Find(seeds);
}

}  // namespace twicetold
