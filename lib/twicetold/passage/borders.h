// SPDX-License-Identifier: Apache-2.0
//
// Where a passage begins and ends: the step of the alignment that matters
// most. Seeds say roughly where; here every word of the moving side scores its
// idf if it has a partner on the fixed side and loses a share of it if not,
// and the borders are those of the segment between two cuts with the largest
// sum (Bentley, "Programming Pearls", column 8; the algorithm is Kadane's).
//
// Partners are counted in windows around the word and around its place on the
// other side, so that a long passage does not swallow a neighbour that shares
// no more than its vocabulary; words inside the seeds have the first claim.
//
// Cost: O(words of the moving side + reach). Thread safety: one finder a
// thread; it keeps its memory between calls.
#ifndef TWICETOLD_PASSAGE_BORDERS_H_
#define TWICETOLD_PASSAGE_BORDERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

class BorderFinder {
 public:
  BorderFinder(const StemPair& pair, const BorderOptions& options);

  // The new borders of `moving` with `fixed` as it is; nothing if no segment
  // has a positive sum. They are inside of `limits`, `moving` need not be.
  std::optional<WordRange> MoveA(WordRange moving, WordRange limits,
                                 WordRange fixed);
  std::optional<WordRange> MoveB(WordRange moving, WordRange limits,
                                 WordRange fixed);

 private:
  template <bool kMovesB>
  class Sweep;

  void MakeRoom();

  // A word of the moving side whose stem the fixed side has, too.
  struct Partnered {
    uint32_t at = 0;
    uint32_t slot = 0;  // where in counts_ it is counted
  };
  // Occurrences of a stem in the windows, in counts_ behind each other: those
  // of the moving side outside of the seeds and inside, those of the fixed one.
  enum Where : uint32_t { kReach = 0, kCore = 1, kFixed = 2, kWheres = 4 };

  const StemPair& pair_;
  const BorderOptions& options_;
  // By stem number, of those on the fixed side: one more than the place of a
  // word there that has it. All zero between calls.
  std::vector<uint32_t> place_of_;
  std::vector<uint32_t> fixed_;  // the same by word of the fixed side
  std::vector<Partnered> partnered_;
  std::vector<WordRange> windows_;  // of these, on the fixed side
  std::vector<double> scores_;      // by word of the moving side
  std::vector<uint32_t> counts_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_BORDERS_H_
