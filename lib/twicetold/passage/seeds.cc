// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <algorithm>
#include <cmath>
#include <span>

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
    const float norm = norms_a[cell - cells_a.begin];
    const auto enough = static_cast<float>(options.min_cosine) * norm;
    const size_t first = seeds.size();
    for (const uint32_t other : touched) {
      float& dot = dots[other - cells_b.begin];
      if (dot > enough) seeds.push_back({cell, other, dot / norm});
      dot = 0;
    }
    touched.clear();
    std::sort(seeds.begin() + static_cast<ptrdiff_t>(first), seeds.end(),
              [](const Seed& x, const Seed& y) { return x.b < y.b; });
  }
  return seeds;
}

}  // namespace twicetold
