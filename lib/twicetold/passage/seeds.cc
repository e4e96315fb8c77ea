// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "twicetold/base/union_find.h"

namespace twicetold {
namespace {

// The cells of side b that hold a stem, and how often.
class Postings {
 public:
  struct Entry {
    uint32_t cell;
    float weight;  // occurrences x idf of the stem / norm of the cell
  };

  // Stems that side a lacks, or that are too common, have no entries.
  Postings(const StemPair& pair, CellRange cells, std::span<const float> norms,
           uint32_t most_cells)
      : begins_(pair.idf.size() + 1) {
    const PairSide& b = pair.side_b();
    for (size_t i = 0; i < pair.idf.size(); ++i) {
      const uint32_t in_a = pair.a.cells_with[i];
      const uint32_t in_b = b.cells_with[i];
      const bool seeds =
          in_a > 0 && pair.idf[i] > 0 && std::min(in_a, in_b) <= most_cells;
      begins_[i + 1] = begins_[i] + (seeds ? in_b : 0);
    }
    entries_.resize(begins_.back());
    ends_.assign(begins_.begin(), begins_.end() - 1);
    for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
      const float norm = norms[cell - cells.begin];
      for (const StemCount& stem : b.words->StemsOf(cell)) {
        const uint32_t number = b.number[stem.stem];
        if (begins_[number] == begins_[number + 1]) continue;
        entries_[ends_[number]++] = {
            cell, static_cast<float>(stem.count * pair.idf[number]) / norm};
      }
    }
  }

  std::span<const Entry> of(uint32_t number) const {
    return std::span(entries_).subspan(begins_[number],
                                       ends_[number] - begins_[number]);
  }

 private:
  std::vector<uint32_t> begins_;  // by stem number
  std::vector<uint32_t> ends_;
  std::vector<Entry> entries_;
};

// The lengths of the cells' vectors; never 0.
std::vector<float> Norms(const StemPair& pair, const PairSide& side,
                         CellRange cells) {
  std::vector<float> norms;
  norms.reserve(cells.end - cells.begin);
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double sum = 0;
    for (const StemCount& stem : side.words->StemsOf(cell)) {
      const double weight = stem.count * pair.idf[side.number[stem.stem]];
      sum += weight * weight;
    }
    norms.push_back(sum > 0 ? static_cast<float>(std::sqrt(sum)) : 1.0f);
  }
  return norms;
}

}  // namespace

std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                            CellRange cells_b, const SeedOptions& options) {
  const std::vector<float> norms_a = Norms(pair, pair.a, cells_a);
  const Postings postings(pair, cells_b, Norms(pair, pair.side_b(), cells_b),
                          options.most_cells);
  std::vector<float> dots(cells_b.end - cells_b.begin, 0.0f);
  std::vector<uint32_t> touched;
  std::vector<Seed> seeds;
  for (uint32_t cell = cells_a.begin; cell < cells_a.end; ++cell) {
    for (const StemCount& stem : pair.a.words->StemsOf(cell)) {
      const uint32_t number = pair.a.number[stem.stem];
      const auto weight = static_cast<float>(stem.count * pair.idf[number]);
      for (const Postings::Entry& entry : postings.of(number)) {
        if (pair.within && entry.cell <= cell) continue;
        float& dot = dots[entry.cell - cells_b.begin];
        if (dot == 0) touched.push_back(entry.cell);
        dot += weight * entry.weight;
      }
    }
    const auto enough =
        static_cast<float>(options.min_cosine) * norms_a[cell - cells_a.begin];
    const size_t first = seeds.size();
    for (const uint32_t other : touched) {
      float& dot = dots[other - cells_b.begin];
      if (dot > enough) seeds.push_back({cell, other});
      dot = 0;
    }
    touched.clear();
    std::sort(seeds.begin() + static_cast<ptrdiff_t>(first), seeds.end(),
              [](const Seed& x, const Seed& y) { return x.b < y.b; });
  }
  return seeds;
}

namespace {

// Parts of seeds in which a way leads from each to each in steps of at most
// `apart` cells on both sides at once.
class SeedParts {
 public:
  // `apart` > 0.
  SeedParts(std::span<const Seed> seeds, uint32_t apart)
      : seeds_(seeds), apart_(apart), parts_(seeds.size()) {
    for (uint32_t i = 0; i < seeds.size(); ++i) Place(i);
  }

  // In the order of their first seeds.
  std::vector<std::vector<Seed>> Split() {
    absl::flat_hash_map<uint32_t, size_t> numbers;
    std::vector<std::vector<Seed>> split;
    for (uint32_t i = 0; i < seeds_.size(); ++i) {
      const auto [at, is_new] =
          numbers.try_emplace(parts_.Find(i), split.size());
      if (is_new) split.emplace_back();
      split[at->second].push_back(seeds_[i]);
    }
    return split;
  }

 private:
  // Squares of `apart` cells: seeds in one are in one part.
  using Square = std::pair<uint32_t, uint32_t>;

  void Place(uint32_t seed) {
    const Square square = {seeds_[seed].a / apart_, seeds_[seed].b / apart_};
    std::vector<uint32_t>& own = in_square_[square];
    if (!own.empty()) parts_.Union(own.front(), seed);
    own.push_back(seed);
    for (uint32_t i = 0; i < 9; ++i) {
      // A step below 0 wraps, to where no square is.
      const auto at = in_square_.find(
          {square.first + i / 3 - 1, square.second + i % 3 - 1});
      if (at != in_square_.end()) JoinNear(seed, at->second);
    }
  }

  void JoinNear(uint32_t seed, std::span<const uint32_t> others) {
    if (parts_.Find(seed) == parts_.Find(others.front())) return;
    const auto near = [this](uint32_t x, uint32_t y) {
      return (x > y ? x - y : y - x) <= apart_;
    };
    for (const uint32_t other : others) {
      if (near(seeds_[seed].a, seeds_[other].a) &&
          near(seeds_[seed].b, seeds_[other].b)) {
        return parts_.Union(seed, other);
      }
    }
  }

  const std::span<const Seed> seeds_;
  const uint32_t apart_;
  UnionFind parts_;
  absl::flat_hash_map<Square, std::vector<uint32_t>> in_square_;
};

// Splits seeds by one side, then by the other, and so on.
class BlockFinder {
 public:
  BlockFinder(const StemPair& pair, const SeedOptions& options)
      : pair_(pair), options_(options) {}

  // `settled` is true if the other side does not split these seeds.
  void Split(std::span<Seed> seeds, bool by_b, bool settled) {
    Sort(seeds, by_b);
    size_t begin = 0;
    for (size_t i = 1; i <= seeds.size(); ++i) {
      if (i < seeds.size() && At(seeds[i], by_b) - At(seeds[i - 1], by_b) <=
                                  options_.gap_cells + 1) {
        continue;
      }
      const std::span<Seed> part = seeds.subspan(begin, i - begin);
      begin = i;
      if (part.size() == seeds.size() && settled) {
        AddInParts(part);
      } else {
        Split(part, !by_b, /*settled=*/true);
      }
    }
  }

  std::vector<Block> TakeBlocks() { return std::move(blocks_); }

 private:
  static uint32_t At(const Seed& seed, bool by_b) {
    return by_b ? seed.b : seed.a;
  }

  static void Sort(std::span<Seed> seeds, bool by_b) {
    std::sort(seeds.begin(), seeds.end(), [by_b](const Seed& x, const Seed& y) {
      return by_b ? std::tie(x.b, x.a) < std::tie(y.b, y.a)
                  : std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
  }

  // Text that is told again in another order leaves no gap on either side,
  // however far its parts stand from each other.
  void AddInParts(std::span<Seed> seeds) {
    const auto [least_a, most_a] = std::minmax_element(
        seeds.begin(), seeds.end(),
        [](const Seed& x, const Seed& y) { return x.a < y.a; });
    const auto [least_b, most_b] = std::minmax_element(
        seeds.begin(), seeds.end(),
        [](const Seed& x, const Seed& y) { return x.b < y.b; });
    if (std::min(most_a->a - least_a->a, most_b->b - least_b->b) <=
        options_.apart_cells) {
      return Add(seeds);
    }
    Sort(seeds, /*by_b=*/false);
    for (const std::vector<Seed>& part :
         SeedParts(seeds, options_.apart_cells).Split()) {
      Add(part);
    }
  }

  void Add(std::span<const Seed> seeds) {
    Seed least = seeds[0];
    Seed most = seeds[0];
    for (const Seed& seed : seeds) {
      least = {std::min(least.a, seed.a), std::min(least.b, seed.b)};
      most = {std::max(most.a, seed.a), std::max(most.b, seed.b)};
    }
    const std::vector<WordRange>& a = pair_.a.words->cells;
    const std::vector<WordRange>& b = pair_.side_b().words->cells;
    blocks_.push_back(
        {{a[least.a].begin, a[most.a].end}, {b[least.b].begin, b[most.b].end}});
  }

  const StemPair& pair_;
  const SeedOptions& options_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> FindBlocks(const StemPair& pair, std::vector<Seed> seeds,
                              const SeedOptions& options) {
  if (seeds.empty()) return {};
  BlockFinder finder(pair, options);
  finder.Split(seeds, /*by_b=*/false, /*settled=*/false);
  return finder.TakeBlocks();
}

}  // namespace twicetold
