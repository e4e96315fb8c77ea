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

// The bits and those at most `reach` from one of them.
uint64_t Smear(uint64_t bits, uint32_t reach) {
  uint32_t done = 0;
  while (done < reach && done < 63) {
    const uint32_t step = std::min({done + 1, reach - done, 63 - done});
    bits |= bits << step | bits >> step;
    done += step;
  }
  return bits;
}

}  // namespace

bool SeedGrid::Load(std::span<const Seed> seeds) {
  first_a_ = seeds.front().a;
  if (seeds.back().a - first_a_ >= kMostCells) return false;
  const auto [least, most] = std::minmax_element(
      seeds.begin(), seeds.end(),
      [](const Seed& x, const Seed& y) { return x.b < y.b; });
  if (most->b - least->b >= kMostCells) return false;
  first_b_ = least->b;
  rows_ = seeds.back().a - first_a_ + 1;
  seeds_ = seeds;
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

uint64_t SeedGrid::RowsOf(const Box& box) const {
  uint64_t rows = 0;
  for (uint32_t row = box.begin; row < box.end; ++row) {
    rows |= uint64_t{(columns_[row] & box.columns) != 0} << row;
  }
  return rows;
}

uint64_t SeedGrid::ColumnsOf(const Box& box) const {
  uint64_t columns = 0;
  for (uint32_t row = box.begin; row < box.end; ++row) {
    columns |= columns_[row];
  }
  return columns & box.columns;
}

SeedGrid::Parts SeedGrid::Split(uint32_t gap_cells,
                                uint32_t apart_cells) const {
  Parts parts;
  parts.seeds.reserve(seeds_.size());
  Boxes boxes = {{.end = rows_, .columns = ~uint64_t{0}}};
  while (!boxes.empty()) {
    const Box box = boxes.back();
    boxes.pop_back();
    const uint64_t stretches =
        StretchesOf(box.by_columns ? ColumnsOf(box) : RowsOf(box), gap_cells);
    // One stretch: without an instruction for it, to count bits is a call.
    if (box.settled && (stretches & (stretches - 1)) == 0) {
      AddBox(box, apart_cells, &parts);
    } else {
      SplitBox(box, stretches, &boxes);
    }
  }
  return parts;
}

void SeedGrid::SplitBox(const Box& box, uint64_t stretches,
                        Boxes* boxes) const {
  for (uint64_t left = stretches; left != 0; left &= left - 1) {
    const uint32_t first = FirstOf(left);
    const uint64_t rest = left & (left - 1);
    Box smaller = box;
    smaller.by_columns = !box.by_columns;
    smaller.settled = true;
    if (box.by_columns) {
      smaller.columns &= From(first);
      if (rest != 0) smaller.columns &= ~From(FirstOf(rest));
    } else {
      smaller.begin = first;
      if (rest != 0) smaller.end = FirstOf(rest);
    }
    boxes->push_back(smaller);
  }
}

void SeedGrid::AddBox(const Box& box, uint32_t apart_cells,
                      Parts* parts) const {
  Rows left;  // seeds in no part yet
  uint64_t rows = RowsOf(box);
  for (uint64_t at = rows; at != 0; at &= at - 1) {
    left[FirstOf(at)] = columns_[FirstOf(at)] & box.columns;
  }
  const uint64_t columns = ColumnsOf(box);
  if (std::min(LastOf(rows) - FirstOf(rows),
               LastOf(columns) - FirstOf(columns)) <= apart_cells) {
    return AddPart(left, rows, parts);
  }
  while (rows != 0) TakePart(apart_cells, &left, &rows, parts);
}

// Takes the part of the first seed out of those that are left, in `rows`.
void SeedGrid::TakePart(uint32_t apart_cells, Rows* left, uint64_t* rows,
                        Parts* parts) const {
  Rows part{};
  Rows fresh{};  // of the part, not gone on from yet
  uint64_t part_rows = 0;
  const uint32_t first = FirstOf(*rows);
  fresh[first] = (*left)[first] & (~(*left)[first] + 1);
  for (uint64_t to_go = uint64_t{1} << first; to_go != 0;) {
    const uint32_t row = FirstOf(to_go);
    to_go &= to_go - 1;
    const uint64_t near_columns = Smear(fresh[row], apart_cells);
    fresh[row] = 0;
    const uint64_t near_rows = *rows & Smear(uint64_t{1} << row, apart_cells);
    for (uint64_t at = near_rows; at != 0; at &= at - 1) {
      const uint32_t other = FirstOf(at);
      const uint64_t bit = at & (~at + 1);
      const uint64_t reached = (*left)[other] & near_columns;
      if (reached == 0) continue;
      part[other] |= reached;
      fresh[other] |= reached;
      (*left)[other] &= ~reached;
      if ((*left)[other] == 0) *rows &= ~bit;
      part_rows |= bit;
      to_go |= bit;
    }
  }
  AddPart(part, part_rows, parts);
}

void SeedGrid::AddPart(const Rows& columns, uint64_t rows, Parts* parts) const {
  for (uint64_t at = rows; at != 0; at &= at - 1) {
    const uint32_t row = FirstOf(at);
    for (uint32_t i = begins_[row]; i < begins_[row + 1]; ++i) {
      if ((columns[row] >> (seeds_[i].b - first_b_) & 1) == 0) continue;
      parts->seeds.push_back(seeds_[i]);
    }
  }
  parts->ends.push_back(parts->seeds.size());
}

}  // namespace twicetold
