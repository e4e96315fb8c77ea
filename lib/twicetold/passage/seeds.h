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

// Keeps its memory between calls; one a thread.
class SeedFinder {
 public:
  // As FindSeeds; valid until the next call.
  const std::vector<Seed>& Find(const StemPair& pair, CellRange cells_a,
                                CellRange cells_b, const SeedOptions& options);

 private:
  struct Weight {
    uint32_t stem = 0;  // its number
    float value = 0;    // occurrences x idf
  };
  // A cell of side b that holds a stem.
  struct Posting {
    uint32_t cell = 0;  // from the first of the range
    float weight = 0;   // divided by the norm of the cell
  };

  static float Length(double sum);
  void WeighB(const StemPair& pair, CellRange cells);
  void Post(const StemPair& pair, CellRange cells_a, CellRange cells_b,
            uint32_t most_cells);

  std::vector<Weight> weights_;   // of side b, cell by cell
  std::vector<float> norms_;      // of its cells
  std::vector<uint8_t> in_a_;     // by stem number
  std::vector<uint32_t> begins_;  // of postings_, by stem number; one more
  std::vector<uint32_t> ends_;
  std::vector<Posting> postings_;
  std::vector<float> dots_;  // by cell of side b
  std::vector<uint32_t> touched_;
  std::vector<Seed> seeds_;
};

// Ascending by (a, b). Cells outside of the ranges take no part; the pair
// covers the words of those inside.
std::vector<Seed> FindSeeds(const StemPair& pair, CellRange cells_a,
                            CellRange cells_b, const SeedOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SEEDS_H_
