// SPDX-License-Identifier: Apache-2.0
//
// Blocks: seeds that stand near each other on both sides.
//
// Seeds are split where more than `gap_cells` cells lie between neighbours on
// one side, then on the other, until nothing splits (Sanchez-Perez, Gelbukh,
// Sidorov: "Dynamically adjustable approach through obfuscation type
// recognition", PAN 2015, whose clustering this is). Three things are our
// own:
//
// - Text that is told again in another order leaves no gap on either side;
//   there seeds that no way of steps of at most `apart_cells` joins, on both
//   sides at once, are blocks of their own.
// - A text speaks of the same things throughout, so that cells which were not
//   told again have seeds with cells that were. At the ends of a block such
//   cells are left to the search for borders: an end has to be, for some cell
//   of the other side, nearly as good a partner as its best (`min_end_share`).
// - Within one document a text and its copy right behind it are one block whose
//   sides overlap. Of its seeds those go that are much worse than the best of
//   both of their cells (`min_best_share`); if none is, the gap becomes
//   smaller.
//
// Cost: O(s log s) for s seeds a round. Thread safety: one finder a thread; it
// keeps its memory between calls.
#ifndef TWICETOLD_PASSAGE_BLOCKS_H_
#define TWICETOLD_PASSAGE_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/seeds.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

// What the seeds of a block span. Within one document sides may still overlap.
struct Block {
  WordRange a;
  WordRange b;
};

class BlockFinder {
 public:
  // `seeds` ascend by (a, b). In no order that means anything; valid until the
  // next call.
  const std::vector<Block>& Find(const StemPair& pair,
                                 std::span<const Seed> seeds,
                                 const SeedOptions& options);

 private:
  class Splitter;

  std::vector<Seed> seeds_;
  std::vector<float> maxima_;  // of cells
  std::vector<Block> blocks_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_BLOCKS_H_
