// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/seed_grid.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace twicetold {
namespace {

// The bits from `first` on.
uint64_t From(uint32_t first) { return ~uint64_t{0} << first; }

// Bits of which those that have at most `gap` others between them are one
// stretch: the first of each stretch.
uint64_t StretchesOf(uint64_t bits, uint32_t gap) {
  uint64_t reached = 0;  // from a bit before
  for (uint32_t i = 1; i <= gap + 1 && i < 64; ++i) reached |= bits << i;
  return bits & ~reached;
}

uint32_t FirstOf(uint64_t bits) {
  return static_cast<uint32_t>(std::countr_zero(bits));
}
uint32_t LastOf(uint64_t bits) {
  return static_cast<uint32_t>(63 - std::countl_zero(bits));
}

}  // namespace

SeedBox BoxOf(std::span<const Seed> seeds) {
  SeedBox box = {seeds[0].a, seeds[0].a, seeds[0].b, seeds[0].b};
  for (const Seed& seed : seeds) {
    box.first_a = std::min(box.first_a, seed.a);
    box.last_a = std::max(box.last_a, seed.a);
    box.first_b = std::min(box.first_b, seed.b);
    box.last_b = std::max(box.last_b, seed.b);
  }
  return box;
}

bool SeedGrid::Load(std::span<const Seed> seeds) {
  const SeedBox box = twicetold::BoxOf(seeds);
  if (box.last_a - box.first_a >= kMostCells ||
      box.last_b - box.first_b >= kMostCells) {
    return false;
  }
  seeds_ = seeds;
  first_a_ = box.first_a;
  first_b_ = box.first_b;
  rows_ = box.last_a - box.first_a + 1;
  size_t at = 0;
  for (uint32_t row = 0; row < rows_; ++row) {
    begins_[row] = static_cast<uint32_t>(at);
    uint64_t columns = 0;
    for (; at < seeds.size() && seeds[at].a == first_a_ + row; ++at) {
      columns |= uint64_t{1} << (seeds[at].b - first_b_);
    }
    columns_[row] = columns;
  }
  begins_[rows_] = static_cast<uint32_t>(seeds.size());
  return true;
}

uint64_t SeedGrid::RowsOf(const Part& part) const {
  uint64_t rows = 0;
  for (uint32_t row = part.begin; row < part.end; ++row) {
    rows |= uint64_t{(columns_[row] & part.columns) != 0} << row;
  }
  return rows;
}

uint64_t SeedGrid::ColumnsOf(const Part& part) const {
  uint64_t columns = 0;
  for (uint32_t row = part.begin; row < part.end; ++row) {
    columns |= columns_[row];
  }
  return columns & part.columns;
}

SeedBox SeedGrid::BoxOf(const Part& part) const {
  const uint64_t rows = RowsOf(part);
  const uint64_t columns = ColumnsOf(part);
  return {first_a_ + FirstOf(rows), first_a_ + LastOf(rows),
          first_b_ + FirstOf(columns), first_b_ + LastOf(columns)};
}

std::vector<SeedBox> SeedGrid::Split(uint32_t gap_cells) const {
  std::vector<SeedBox> boxes;
  std::vector<Part> parts = {{.end = rows_, .columns = ~uint64_t{0}}};
  while (!parts.empty()) {
    const Part part = parts.back();
    parts.pop_back();
    const uint64_t stretches = StretchesOf(
        part.by_columns ? ColumnsOf(part) : RowsOf(part), gap_cells);
    if (part.settled && std::has_single_bit(stretches)) {
      boxes.push_back(BoxOf(part));
      continue;
    }
    for (uint64_t left = stretches; left != 0; left &= left - 1) {
      const uint32_t first = FirstOf(left);
      const uint64_t rest = left & (left - 1);
      const bool is_last = rest == 0;
      Part smaller = part;
      smaller.by_columns = !part.by_columns;
      smaller.settled = true;
      if (part.by_columns) {
        smaller.columns &=
            From(first) & (is_last ? From(0) : ~From(FirstOf(rest)));
      } else {
        smaller.begin = first;
        if (!is_last) smaller.end = FirstOf(rest);
      }
      parts.push_back(smaller);
    }
  }
  return boxes;
}

void SeedGrid::Take(const SeedBox& box, std::vector<Seed>* seeds) const {
  seeds->clear();
  const uint32_t begin = begins_[box.first_a - first_a_];
  const uint32_t end = begins_[box.last_a - first_a_ + 1];
  for (uint32_t i = begin; i < end; ++i) {
    const Seed& seed = seeds_[i];
    if (box.first_b <= seed.b && seed.b <= box.last_b) seeds->push_back(seed);
  }
}

}  // namespace twicetold
