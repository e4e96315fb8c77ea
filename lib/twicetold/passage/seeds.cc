// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seeds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace twicetold {
namespace {

// Up to so many cells of side b, a table of all of them costs less than to
// look at those that hold a stem.
constexpr uint32_t kTableCells = 64;
// Rows of the table are cut into pieces for vector instructions.
constexpr size_t kLanes = 8;

size_t StemsIn(const Words& words, CellRange cells) {
  return words.cell_begins[cells.end] - words.cell_begins[cells.begin];
}

}  // namespace

// Where to put weights, and one more.
SeedFinder::Weight* SeedFinder::Side::Clear(size_t most_weights) {
  ends.clear();
  lengths.clear();
  if (weights.size() <= most_weights) weights.resize(most_weights + 1);
  return weights.data();
}

// The length of a vector is never 0.
void SeedFinder::Side::EndCell(const Weight* end, double squares) {
  ends.push_back(static_cast<size_t>(end - weights.data()));
  lengths.push_back(squares > 0 ? static_cast<float>(std::sqrt(squares))
                                : 1.0f);
}

std::span<const SeedFinder::Weight> SeedFinder::Side::OfCell(
    size_t cell) const {
  const size_t begin = cell == 0 ? 0 : ends[cell - 1];
  return std::span(weights).subspan(begin, ends[cell] - begin);
}

// Gives rows to stems that side b has, too, and that are not too common.
// Without branches, as they follow no rule; so what comes first is written, and
// then counted or not.
void SeedFinder::WeighA(const StemPair& pair, CellRange cells,
                        uint32_t most_cells) {
  const Words& words = *pair.a.words;
  const size_t count = StemsIn(words, cells);
  if (row_of_.size() < pair.idf.size()) row_of_.resize(pair.idf.size());
  stems_.resize(count + 1);
  Weight* next = a_.Clear(count);
  uint32_t rows = 0;
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double squares = 0;
    for (const StemCount& stem : words.StemsOf(cell)) {
      const uint32_t number = stem.stem;  // side a keeps its own
      const double idf = pair.idf[number];
      const double weight = stem.count * idf;
      squares += weight * weight;
      const uint32_t with = pair.least_cells[number];
      const bool seeds = (with - 1 < most_cells) & (idf > 0);
      const uint32_t row = row_of_[number];
      stems_[rows] = number;
      // Not told by ?:, of which the compiler makes branches.
      const uint32_t fresh = static_cast<uint32_t>(seeds & (row == 0));
      rows += fresh;
      const uint32_t own = row | (rows & (0 - fresh));
      row_of_[number] = own;
      *next = {own, static_cast<float>(weight)};
      next += own != 0 ? 1 : 0;
    }
    a_.EndCell(next, squares);
  }
  stems_.resize(rows);
}

void SeedFinder::WeighB(const StemPair& pair, CellRange cells) {
  const Words& words = *pair.side_b().words;
  Weight* next = b_.Clear(StemsIn(words, cells));
  for (uint32_t cell = cells.begin; cell < cells.end; ++cell) {
    double squares = 0;
    for (const StemCount& stem : words.StemsOf(cell)) {
      const uint32_t number = pair.side_b().number[stem.stem];
      const double weight = stem.count * pair.idf[number];
      squares += weight * weight;
      const uint32_t row = row_of_[number];
      *next = {row, static_cast<float>(weight)};
      next += row != 0 ? 1 : 0;
    }
    b_.EndCell(next, squares);
  }
}

void SeedFinder::MakeTable() {
  const size_t cells = b_.ends.size();
  row_cells_ = (cells + kLanes - 1) / kLanes * kLanes;
  dots_.resize(row_cells_);
  table_.assign((stems_.size() + 1) * row_cells_, 0.0f);
  for (size_t cell = 0; cell < cells; ++cell) {
    for (const Weight& weight : b_.OfCell(cell)) {
      table_[weight.row * row_cells_ + cell] = weight.value / b_.lengths[cell];
    }
  }
}

// Of one cell of side a with all of side b.
void SeedFinder::AddDots(size_t cell) {
  const std::span<const Weight> weights = a_.OfCell(cell);
  for (size_t begin = 0; begin < row_cells_; begin += kLanes) {
    std::array<float, kLanes> dots{};
    for (const Weight& weight : weights) {
      const float* const row = &table_[weight.row * row_cells_ + begin];
      for (size_t i = 0; i < kLanes; ++i) dots[i] += weight.value * row[i];
    }
    std::copy(dots.begin(), dots.end(),
              dots_.begin() + static_cast<ptrdiff_t>(begin));
  }
}

void SeedFinder::AddSeeds(uint32_t cell, float length, uint32_t first_b,
                          double min_cosine, uint32_t begin_b) {
  const float enough = static_cast<float>(min_cosine) * length;
  const auto cells = static_cast<uint32_t>(b_.ends.size());
  for (uint32_t other = begin_b; other < cells; ++other) {
    if (dots_[other] > enough) {
      seeds_.push_back({cell, other + first_b, dots_[other] / length});
    }
  }
}

// Lists for each row the cells of side b that hold its stem.
void SeedFinder::Post() {
  begins_.assign(stems_.size() + 3, 0);
  const size_t cells = b_.ends.size();
  for (size_t cell = 0; cell < cells; ++cell) {
    for (const Weight& weight : b_.OfCell(cell)) ++begins_[weight.row + 2];
  }
  for (size_t i = 2; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  postings_.resize(begins_.back());
  for (size_t cell = 0; cell < cells; ++cell) {
    for (const Weight& weight : b_.OfCell(cell)) {
      postings_[begins_[weight.row + 1]++] = {static_cast<uint32_t>(cell),
                                              weight.value / b_.lengths[cell]};
    }
  }
  dots_.assign(cells, 0.0f);
}

// Of one cell of side a with those of side b from `begin_b` on that it shares
// stems with.
void SeedFinder::AddDotsOfPostings(size_t cell, uint32_t begin_b) {
  for (const Weight& weight : a_.OfCell(cell)) {
    for (uint32_t i = begins_[weight.row]; i < begins_[weight.row + 1]; ++i) {
      const Posting& posting = postings_[i];
      if (posting.cell < begin_b) continue;
      float& dot = dots_[posting.cell];
      if (dot == 0) touched_.push_back(posting.cell);
      dot += weight.value * posting.weight;
    }
  }
}

void SeedFinder::AddSeedsOfPostings(uint32_t cell, float length,
                                    uint32_t first_b, double min_cosine) {
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
  if (cells_a.begin >= cells_a.end || cells_b.begin >= cells_b.end) {
    return seeds_;
  }
  WeighA(pair, cells_a, options.most_cells);
  WeighB(pair, cells_b);
  for (const uint32_t number : stems_) row_of_[number] = 0;
  const uint32_t first_b = cells_b.begin;
  const bool has_table = cells_b.end - first_b <= kTableCells;
  if (has_table) {
    MakeTable();
  } else {
    Post();
  }
  for (uint32_t cell = cells_a.begin; cell < cells_a.end; ++cell) {
    const size_t index = cell - cells_a.begin;
    const float length = a_.lengths[index];
    // Within one document the other cell stands behind this one.
    const uint32_t begin_b =
        pair.within && cell >= first_b ? cell + 1 - first_b : 0;
    if (has_table) {
      AddDots(index);
      AddSeeds(cell, length, first_b, options.min_cosine, begin_b);
    } else {
      AddDotsOfPostings(index, begin_b);
      AddSeedsOfPostings(cell, length, first_b, options.min_cosine);
    }
  }
  return seeds_;
}

}  // namespace twicetold
