// SPDX-License-Identifier: Apache-2.0
//
// Seeds: pairs of cells whose stems, weighted by tf-idf, have a cosine above a
// threshold; and blocks of seeds that stand near each other on both sides.
//
// Blocks are split where more than `gap_cells` cells lie between neighbours on
// one side, then on the other, until nothing splits (Sanchez-Perez, Gelbukh,
// Sidorov: "Dynamically adjustable approach through obfuscation type
// recognition", PAN 2015, whose clustering this is). Text that is told again
// in another order leaves no gap on either side; there seeds that no way of
// short steps joins, on both sides at once, are blocks of their own.
//
// Cost: seeds O(words x most_cells) at worst, a few operations a word as a
// rule; blocks O(s log s) for s seeds a round.
// Thread safety: free functions without state.
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

// What the seeds of a block span.
struct Block {
  WordRange a;
  WordRange b;
};

std::vector<Block> FindBlocks(const StemPair& pair, std::vector<Seed> seeds,
                              const SeedOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEEDS_H_
