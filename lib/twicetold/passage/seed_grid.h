// SPDX-License-Identifier: Apache-2.0
//
// The seeds of a window of at most 64 cells on either side as rows of bits, so
// that they fall into parts (blocks.h) without being sorted or compared.
//
// Cost: a pass over the seeds, then a few operations a row for each part and
// each cut. Thread safety: one thread.
#ifndef TWICETOLD_PASSAGE_SEED_GRID_H_
#define TWICETOLD_PASSAGE_SEED_GRID_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "absl/container/inlined_vector.h"
#include "twicetold/passage/seeds.h"

namespace twicetold {

class SeedGrid {
 public:
  // Takes seeds that ascend by (a, b), which have to outlive the grid; false if
  // they span too many cells.
  bool Load(std::span<const Seed> seeds);

  // Parts of the seeds, one behind the other, and where each ends. In none of
  // them do more than `gap_cells` cells without a seed lie between two
  // neighbours on either side; and from each seed to each leads a way of steps
  // of at most `apart_cells` on both sides at once. In no order that means
  // anything.
  struct Parts {
    absl::InlinedVector<Seed, 64> seeds;
    absl::InlinedVector<size_t, 16> ends;
  };
  Parts Split(uint32_t gap_cells, uint32_t apart_cells) const;

 private:
  static constexpr uint32_t kMostCells = 64;
  using Rows = std::array<uint64_t, kMostCells>;

  // Seeds in rows [begin, end) and columns; to be split by the one or by the
  // other.
  struct Box {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint64_t columns = 0;
    bool by_columns = false;
    bool settled = false;  // the other side does not split these seeds
  };
  using Boxes = absl::InlinedVector<Box, 32>;

  uint64_t RowsOf(const Box& box) const;
  uint64_t ColumnsOf(const Box& box) const;
  void SplitBox(const Box& box, uint64_t stretches, Boxes* boxes) const;
  void AddBox(const Box& box, uint32_t apart_cells, Parts* parts) const;
  void TakePart(uint32_t apart_cells, Rows* left, uint64_t* rows,
                Parts* parts) const;
  void AddPart(const Rows& columns, uint64_t rows, Parts* parts) const;

  std::span<const Seed> seeds_;
  uint32_t first_a_ = 0;
  uint32_t first_b_ = 0;
  uint32_t rows_ = 0;
  // Of each row: bit i is set if it has a seed with the cell first_b_ + i; and
  // where its seeds begin, with one more entry.
  Rows columns_;
  std::array<uint32_t, kMostCells + 1> begins_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEED_GRID_H_
