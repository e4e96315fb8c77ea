// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace twicetold {

// Numbers and weights of the stems of the cells of side b, and the lengths of
// the cells' vectors.
void SeedFinder::WeighB(const StemPair& pair, CellRange cells) {
  const PairSide& b = pair.side_b();
  weights_.clear();
  norms_.clear();
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double sum = 0;
    for (const StemCount& stem : b.words->StemsOf(cell)) {
      const uint32_t number = b.number[stem.stem];
      const double weight = stem.count * pair.idf[number];
      sum += weight * weight;
      weights_.push_back({number, static_cast<float>(weight)});
      ++begins_[number + 1];
    }
    norms_.push_back(Length(sum));
  }
}

// The length of a cell's vector; never 0.
float SeedFinder::Length(double sum) {
  return sum > 0 ? static_cast<float>(std::sqrt(sum)) : 1.0f;
}

// The cells of side b that hold a stem. Stems that side a lacks, or that are
// too common, have none.
void SeedFinder::Post(const StemPair& pair, CellRange cells_a,
                      CellRange cells_b, uint32_t most_cells) {
  const size_t stems = pair.idf.size();
  begins_.assign(stems + 1, 0);
  in_a_.assign(stems, 0);
  WeighB(pair, cells_b);
  for (uint32_t cell = cells_a.begin; cell < cells_a.end; ++cell) {
    for (const StemCount& stem : pair.a.words->StemsOf(cell)) {
      in_a_[pair.a.number[stem.stem]] = 1;
    }
  }
  for (size_t i = 0; i < stems; ++i) {
    const bool seeds = in_a_[i] != 0 && pair.idf[i] > 0 &&
                       std::min(pair.a.cells_with[i],
                                pair.side_b().cells_with[i]) <= most_cells;
    begins_[i + 1] = begins_[i] + (seeds ? begins_[i + 1] : 0);
  }
  postings_.resize(begins_.back());
  ends_.assign(begins_.begin(), begins_.end() - 1);
  const Words& words = *pair.side_b().words;
  const Weight* weight = weights_.data();
  for (uint32_t cell = cells_b.begin; cell < cells_b.end; ++cell) {
    const float norm = norms_[cell - cells_b.begin];
    for (size_t left = words.StemsOf(cell).size(); left > 0; --left, ++weight) {
      uint32_t& end = ends_[weight->stem];
      if (begins_[weight->stem] == begins_[weight->stem + 1]) continue;
      postings_[end++] = {cell - cells_b.begin, weight->value / norm};
    }
  }
}

const std::vector<Seed>& SeedFinder::Find(const StemPair& pair,
                                          CellRange cells_a, CellRange cells_b,
                                          const SeedOptions& options) {
  seeds_.clear();
  Post(pair, cells_a, cells_b, options.most_cells);
  dots_.assign(cells_b.end - cells_b.begin, 0.0f);
  for (uint32_t cell = cells_a.begin; cell < cells_a.end; ++cell) {
    double sum = 0;
    for (const StemCount& stem : pair.a.words->StemsOf(cell)) {
      const uint32_t number = pair.a.number[stem.stem];
      const double exact = stem.count * pair.idf[number];
      sum += exact * exact;
      const auto weight = static_cast<float>(exact);
      for (uint32_t i = begins_[number]; i < begins_[number + 1]; ++i) {
        const Posting& posting = postings_[i];
        if (pair.within && posting.cell + cells_b.begin <= cell) continue;
        float& dot = dots_[posting.cell];
        if (dot == 0) touched_.push_back(posting.cell);
        dot += weight * posting.weight;
      }
    }
    const float norm = Length(sum);
    const float enough = static_cast<float>(options.min_cosine) * norm;
    const size_t first = seeds_.size();
    for (const uint32_t other : touched_) {
      float& dot = dots_[other];
      if (dot > enough) {
        seeds_.push_back({cell, other + cells_b.begin, dot / norm});
      }
      dot = 0;
    }
    touched_.clear();
    std::sort(seeds_.begin() + static_cast<ptrdiff_t>(first), seeds_.end(),
              [](const Seed& x, const Seed& y) { return x.b < y.b; });
  }
  return seeds_;
}

std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                            CellRange cells_b, const SeedOptions& options) {
  return SeedFinder().Find(pair, cells_a, cells_b, options);
}

}  // namespace twicetold
