// SPDX-License-Identifier: Apache-2.0
//
// What the makers and finders that keep their memory between calls give, once.
#ifndef TWICETOLD_TESTS_PASSAGE_FOUND_ONCE_H_
#define TWICETOLD_TESTS_PASSAGE_FOUND_ONCE_H_

#include <span>
#include <vector>

#include "twicetold/passage/blocks.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/seeds.h"
#include "twicetold/passage/stem_pair.h"
#include "twicetold/passage/words.h"

namespace twicetold::testing {

inline StemPair MakeStemPair(const Words& a, const Words& b) {
  StemPairMaker maker;
  maker.Start(a, &b);
  return maker.pair();
}

inline StemPair MakeStemPairWithin(const Words& words) {
  StemPairMaker maker;
  maker.Start(words, nullptr);
  return maker.pair();
}

inline std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                                   CellRange cells_b,
                                   const SeedOptions& options) {
  return SeedFinder().Find(pair, cells_a, cells_b, options);
}

inline std::vector<Block> FindBlocks(const StemPair& pair,
                                     std::span<const Seed> seeds,
                                     const SeedOptions& options) {
  return BlockFinder().Find(pair, seeds, options);
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_PASSAGE_FOUND_ONCE_H_
