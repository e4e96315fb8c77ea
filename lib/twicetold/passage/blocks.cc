// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/blocks.h"

#include <algorithm>

#include "twicetold/base/union_find.h"
#include "twicetold/passage/seed_grid.h"

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
  // Of the cells from `first` on; `values` are theirs, all 0.
  CellMaxima(uint32_t first, float* values) : first_(first), values_(values) {}

  void Note(uint32_t cell, float value) {
    float& most = values_[cell - first_];
    most = std::max(most, value);
  }
  float of(uint32_t cell) const { return values_[cell - first_]; }

 private:
  uint32_t first_;
  float* values_;
};

// Moves the ends of the box inwards to cells that are good partners.
Box WithoutPoorEnds(Box box, std::span<const Seed> seeds, float min_share,
                    std::vector<float>* memory) {
  const size_t cells_a = box.last_a - box.first_a + 1;
  const size_t cells_b = box.last_b - box.first_b + 1;
  memory->assign(2 * (cells_a + cells_b), 0);
  float* const values = memory->data();
  CellMaxima best_a(box.first_a, values);
  CellMaxima best_b(box.first_b, values + cells_a);
  for (const Seed& seed : seeds) {
    best_a.Note(seed.a, seed.cosine);
    best_b.Note(seed.b, seed.cosine);
  }
  // How near a cell comes to the best partner of a cell of the other side.
  CellMaxima share_a(box.first_a, values + cells_a + cells_b);
  CellMaxima share_b(box.first_b, values + 2 * cells_a + cells_b);
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
                          float min_share, std::vector<float>* memory) {
  const uint32_t first = std::min(box.first_a, box.first_b);
  memory->assign(std::max(box.last_a, box.last_b) - first + 1, 0);
  CellMaxima best(first, memory->data());
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

// Parts of seeds, ascending by b, in which a way leads from each to each in
// steps of at most `apart` cells on both sides at once.
class SeedParts {
 public:
  SeedParts(std::span<const Seed> seeds, const Box& box, uint32_t apart)
      : seeds_(seeds), parts_(seeds.size()) {
    // Of each cell of side a, its last seed so far. Those before it that are
    // near enough are in one part with it.
    struct Last {
      uint32_t far = 0;  // its cell of side b, `beyond` further on; or 0
      uint32_t seed = 0;
    };
    const uint32_t beyond = apart + 1;  // so that 0 is near no cell
    const size_t cells = size_t{box.last_a} - box.first_a + 1;
    std::vector<Last> last(cells + 2 * size_t{apart});
    for (uint32_t i = 0; i < seeds.size(); ++i) {
      const uint32_t far = seeds[i].b - box.first_b + beyond;
      Last* const first = &last[seeds[i].a - box.first_a];
      for (uint32_t k = 0; k <= 2 * apart; ++k) {
        if (far - first[k].far <= apart) parts_.Union(first[k].seed, i);
      }
      first[apart] = {far, i};
    }
  }

  // In the order of their first seeds.
  std::vector<std::vector<Seed>> Split() {
    std::vector<size_t> numbers(seeds_.size());
    std::vector<std::vector<Seed>> split;
    for (uint32_t i = 0; i < seeds_.size(); ++i) {
      const uint32_t first = parts_.Find(i);
      if (first == i) {
        numbers[i] = split.size();
        split.emplace_back();
      }
      split[numbers[first]].push_back(seeds_[i]);
    }
    return split;
  }

 private:
  const std::span<const Seed> seeds_;
  UnionFind parts_;
};

uint32_t At(const Seed& seed, bool by_b) { return by_b ? seed.b : seed.a; }

void SortByCells(std::span<Seed> seeds) {
  std::sort(seeds.begin(), seeds.end(), [](const Seed& x, const Seed& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
}

}  // namespace

// Splits seeds by one side, then by the other, and so on.
class BlockFinder::Splitter {
 public:
  Splitter(BlockFinder* finder, const StemPair& pair,
           const SeedOptions& options)
      : pair_(pair),
        options_(options),
        memory_(&finder->maxima_),
        blocks_(finder->blocks_) {}

  // Ascending by (a, b).
  void Split(std::span<Seed> seeds) { Split(seeds, options_.gap_cells); }

 private:
  void Split(std::span<Seed> seeds, uint32_t gap_cells) {
    SeedGrid grid;
    if (grid.Load(seeds)) return SplitGrid(grid, gap_cells);
    if (SplitSorted(seeds, gap_cells, /*by_b=*/false)) return;
    std::sort(seeds.begin(), seeds.end(),
              [](const Seed& x, const Seed& y) { return x.b < y.b; });
    if (SplitSorted(seeds, gap_cells, /*by_b=*/true)) return;
    AddInParts(seeds, gap_cells);
  }

  void SplitGrid(const SeedGrid& grid, uint32_t gap_cells) {
    SeedGrid::Parts parts = grid.Split(gap_cells, options_.apart_cells);
    size_t begin = 0;
    for (const size_t end : parts.ends) {
      Add(std::span(parts.seeds).subspan(begin, end - begin), gap_cells);
      begin = end;
    }
  }

  // False if one side, by which they ascend, does not split the seeds.
  bool SplitSorted(std::span<Seed> seeds, uint32_t gap_cells, bool by_b) {
    size_t begin = 0;
    for (size_t i = 1; i < seeds.size(); ++i) {
      if (At(seeds[i], by_b) - At(seeds[i - 1], by_b) <= gap_cells + 1) {
        continue;
      }
      SplitPart(seeds.subspan(begin, i - begin), gap_cells, by_b);
      begin = i;
    }
    if (begin == 0) return false;
    SplitPart(seeds.subspan(begin), gap_cells, by_b);
    return true;
  }

  void SplitPart(std::span<Seed> part, uint32_t gap_cells, bool by_b) {
    if (by_b) SortByCells(part);
    Split(part, gap_cells);
  }

  // Ascending by b.
  void AddInParts(std::span<Seed> seeds, uint32_t gap_cells) {
    const Box box = BoxOf(seeds);
    if (std::min(box.last_a - box.first_a, box.last_b - box.first_b) <=
        options_.apart_cells) {
      return Add(seeds, gap_cells);
    }
    for (std::vector<Seed>& part :
         SeedParts(seeds, box, options_.apart_cells).Split()) {
      Add(part, gap_cells);
    }
  }

  void Add(std::span<Seed> seeds, uint32_t gap_cells) {
    Box box = BoxOf(seeds);
    if (pair_.within && box.SidesOverlap()) {
      const std::span<Seed> best = BestSeeds(
          seeds, box, static_cast<float>(options_.min_best_share), memory_);
      const bool all = best.size() == seeds.size();
      if (!all || gap_cells > 0) {
        SortByCells(best);
        return Split(best, all ? gap_cells - 1 : gap_cells);
      }
    }
    box = WithoutPoorEnds(box, seeds,
                          static_cast<float>(options_.min_end_share), memory_);
    const std::vector<WordRange>& a = pair_.a.words->cells;
    const std::vector<WordRange>& b = pair_.side_b().words->cells;
    blocks_.push_back({{a[box.first_a].begin, a[box.last_a].end},
                       {b[box.first_b].begin, b[box.last_b].end}});
  }

  const StemPair& pair_;
  const SeedOptions& options_;
  std::vector<float>* const memory_;
  std::vector<Block>& blocks_;
};

const std::vector<Block>& BlockFinder::Find(const StemPair& pair,
                                            std::span<const Seed> seeds,
                                            const SeedOptions& options) {
  blocks_.clear();
  if (seeds.empty()) return blocks_;
  seeds_.assign(seeds.begin(), seeds.end());
  Splitter(this, pair, options).Split(seeds_);
  return blocks_;
}

}  // namespace twicetold
