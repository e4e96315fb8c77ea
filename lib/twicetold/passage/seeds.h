// SPDX-License-Identifier: Apache-2.0
//
// Seeds: pairs of cells whose stems, weighted by tf-idf, have a cosine above a
// threshold.
//
// Cost: O(words x most_cells) at worst, a few operations a word as a rule.
// Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_SEEDS_H_
#define TWICETOLD_PASSAGE_SEEDS_H_

#include <cstdint>
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

// Ascending by (a, b). Cells outside of the ranges take no part.
std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                            CellRange cells_b, const SeedOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEEDS_H_
