// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace twicetold {

void SeedFinder::Side::Clear() {
  weights.clear();
  ends.clear();
  lengths.clear();
}

// The length of a vector is never 0.
void SeedFinder::Side::EndCell(double squares) {
  ends.push_back(weights.size());
  lengths.push_back(squares > 0 ? static_cast<float>(std::sqrt(squares))
                                : 1.0f);
}

// Gives rows to stems that side b has, too, and that are not too common.
void SeedFinder::WeighA(const StemPair& pair, CellRange cells,
                        uint32_t most_cells) {
  if (row_of_.size() < pair.idf.size()) row_of_.resize(pair.idf.size());
  stems_.clear();
  a_.Clear();
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double squares = 0;
    for (const StemCount& stem : pair.a.words->StemsOf(cell)) {
      const uint32_t number = pair.a.number[stem.stem];
      const double weight = stem.count * pair.idf[number];
      squares += weight * weight;
      const uint32_t with_b = pair.side_b().cells_with[number];
      if (with_b == 0 || pair.idf[number] <= 0 ||
          std::min(pair.a.cells_with[number], with_b) > most_cells) {
        continue;
      }
      uint32_t& row = row_of_[number];
      if (row == 0) {
        stems_.push_back(number);
        row = static_cast<uint32_t>(stems_.size());
      }
      a_.weights.push_back({row, static_cast<float>(weight)});
    }
    a_.EndCell(squares);
  }
}

void SeedFinder::WeighB(const StemPair& pair, CellRange cells) {
  b_.Clear();
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double squares = 0;
    for (const StemCount& stem : pair.side_b().words->StemsOf(cell)) {
      const uint32_t number = pair.side_b().number[stem.stem];
      const double weight = stem.count * pair.idf[number];
      squares += weight * weight;
      const uint32_t row = row_of_[number];
      if (row != 0) b_.weights.push_back({row, static_cast<float>(weight)});
    }
    b_.EndCell(squares);
  }
}

// Lists for each row the cells of side b that hold its stem.
void SeedFinder::Post() {
  begins_.assign(stems_.size() + 3, 0);
  for (const Weight& weight : b_.weights) ++begins_[weight.row + 2];
  for (size_t i = 2; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  postings_.resize(b_.weights.size());
  size_t at = 0;
  for (uint32_t cell = 0; cell < b_.ends.size(); ++cell) {
    for (; at < b_.ends[cell]; ++at) {
      const Weight& weight = b_.weights[at];
      postings_[begins_[weight.row + 1]++] = {
          cell, weight.value / b_.lengths[cell]};
    }
  }
}

// Of one cell of side a with those of side b that it shares stems with.
void SeedFinder::AddSeeds(uint32_t cell, float length, uint32_t first_b,
                          double min_cosine) {
  const float enough = static_cast<float>(min_cosine) * length;
  const size_t first = seeds_.size();
  for (const uint32_t other : touched_) {
    float& dot = dots_[other];
    if (dot > enough) seeds_.push_back({cell, other + first_b, dot / length});
    dot = 0;
  }
  touched_.clear();
  std::sort(seeds_.begin() + static_cast<ptrdiff_t>(first), seeds_.end(),
            [](const Seed& x, const Seed& y) { return x.b < y.b; });
}

const std::vector<Seed>& SeedFinder::Find(const StemPair& pair,
                                          CellRange cells_a, CellRange cells_b,
                                          const SeedOptions& options) {
  seeds_.clear();
  WeighA(pair, cells_a, options.most_cells);
  WeighB(pair, cells_b);
  for (const uint32_t number : stems_) row_of_[number] = 0;
  Post();
  dots_.assign(cells_b.end - cells_b.begin, 0.0f);
  size_t at = 0;
  for (uint32_t cell = cells_a.begin; cell < cells_a.end; ++cell) {
    const size_t index = cell - cells_a.begin;
    for (; at < a_.ends[index]; ++at) {
      const Weight& weight = a_.weights[at];
      for (uint32_t i = begins_[weight.row]; i < begins_[weight.row + 1]; ++i) {
        const Posting& posting = postings_[i];
        if (pair.within && posting.cell + cells_b.begin <= cell) continue;
        float& dot = dots_[posting.cell];
        if (dot == 0) touched_.push_back(posting.cell);
        dot += weight.value * posting.weight;
      }
    }
    AddSeeds(cell, a_.lengths[index], cells_b.begin, options.min_cosine);
  }
  return seeds_;
}

std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                            CellRange cells_b, const SeedOptions& options) {
  return SeedFinder().Find(pair, cells_a, cells_b, options);
}

}  // namespace twicetold
