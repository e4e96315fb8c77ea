// SPDX-License-Identifier: Apache-2.0
//
// Seeds: pairs of cells whose stems, weighted by tf-idf, have a cosine above a
// threshold.
//
// Cost: O(words x most_cells) at worst, a few operations a word as a rule.
// Thread safety: one finder a thread.
#ifndef TWICETOLD_PASSAGE_SEEDS_H_
#define TWICETOLD_PASSAGE_SEEDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

// Cells, by index, of the two sides; within one document a < b.
struct Seed {
  uint32_t a = 0;
  uint32_t b = 0;
  float cosine = 0;
  friend bool operator==(const Seed&, const Seed&) = default;
};

// A half-open range of cells.
struct CellRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Keeps its memory between calls; one a thread.
class SeedFinder {
 public:
  // Ascending by (a, b). Cells outside of the ranges take no part. Valid until
  // the next call.
  const std::vector<Seed>& Find(const StemPair& pair, CellRange cells_a,
                                CellRange cells_b, const SeedOptions& options);

 private:
  // A stem that may make seeds has a row: 1, 2 and so on. Row 0 is of all
  // others.
  struct Weight {
    uint32_t row = 0;
    float value = 0;  // occurrences x idf
  };
  // The weights of some cells, those of row 0 left out.
  struct Side {
    std::vector<Weight> weights;  // cell by cell
    std::vector<size_t> ends;     // of each cell, in weights
    std::vector<float> lengths;   // of each cell's vector of all stems

    Weight* Clear(size_t most_weights);
    void EndCell(const Weight* end, double squares);
    std::span<const Weight> OfCell(size_t cell) const;
  };
  // A cell of side b that holds a stem.
  struct Posting {
    uint32_t cell = 0;  // from the first of the range
    float weight = 0;   // divided by the length of the cell
  };

  void WeighA(const StemPair& pair, CellRange cells, uint32_t most_cells);
  void WeighB(const StemPair& pair, CellRange cells);
  void MakeTable();
  void AddDots(size_t cell);
  void AddSeeds(uint32_t cell, float length, uint32_t first_b,
                double min_cosine, uint32_t begin_b);
  void Post();
  void AddDotsOfPostings(size_t cell, uint32_t begin_b);
  void AddSeedsOfPostings(uint32_t cell, float length, uint32_t first_b,
                          double min_cosine);

  std::vector<uint32_t> row_of_;  // by stem number; all 0 between calls
  std::vector<uint32_t> stems_;   // with a row
  Side a_;
  Side b_;
  std::vector<float> dots_;  // by cell of side b
  // Where side b has few cells: by row and cell, the weight of the stem in the
  // cell, divided by the length of the cell.
  std::vector<float> table_;
  size_t row_cells_ = 0;  // of a row: the cells of side b, rounded up
  // Where it has many.
  std::vector<uint32_t> begins_;  // of postings_, by row; one more
  std::vector<Posting> postings_;
  std::vector<uint32_t> touched_;
  std::vector<Seed> seeds_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEEDS_H_
