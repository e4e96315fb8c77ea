// SPDX-License-Identifier: Apache-2.0
//
// The seeds of a window of at most 64 cells on either side as rows of bits, so
// that they fall into boxes between gaps without being sorted or moved.
//
// Cost: a pass over the seeds, then a few operations a row for each box and
// each cut. Thread safety: one thread.
#ifndef TWICETOLD_PASSAGE_SEED_GRID_H_
#define TWICETOLD_PASSAGE_SEED_GRID_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/seeds.h"

namespace twicetold {

// The cells that some seeds span, both ends inclusive.
struct SeedBox {
  uint32_t first_a;
  uint32_t last_a;
  uint32_t first_b;
  uint32_t last_b;

  bool SidesOverlap() const { return last_a >= first_b && last_b >= first_a; }
};

// `seeds` are not empty.
SeedBox BoxOf(std::span<const Seed> seeds);

class SeedGrid {
 public:
  // Takes seeds that ascend by (a, b), which have to outlive the grid; false if
  // they span too many cells.
  bool Load(std::span<const Seed> seeds);

  // Boxes of seeds, apart: in none of them do more than `gap_cells` cells
  // without a seed lie between two neighbours on either side. In no order that
  // means anything.
  std::vector<SeedBox> Split(uint32_t gap_cells) const;

  // Sets `*seeds` to those in one of the boxes.
  void Take(const SeedBox& box, std::vector<Seed>* seeds) const;

 private:
  static constexpr uint32_t kMostCells = 64;

  // Seeds in rows [begin, end) and columns; to be split by the one or by the
  // other.
  struct Part {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint64_t columns = 0;
    bool by_columns = false;
    bool settled = false;  // the other side does not split these seeds
  };

  uint64_t RowsOf(const Part& part) const;
  uint64_t ColumnsOf(const Part& part) const;
  SeedBox BoxOf(const Part& part) const;

  std::span<const Seed> seeds_;
  uint32_t first_a_ = 0;
  uint32_t first_b_ = 0;
  uint32_t rows_ = 0;
  // Of each row: bit i is set if it has a seed with the cell first_b_ + i; and
  // where its seeds begin, with one more entry.
  std::array<uint64_t, kMostCells> columns_;
  std::array<uint32_t, kMostCells + 1> begins_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEED_GRID_H_
