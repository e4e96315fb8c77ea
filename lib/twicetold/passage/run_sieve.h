// SPDX-License-Identifier: Apache-2.0
//
// How much of two ranges of words can be in runs of equal words (runs.h): most
// windows have no long one, and to know that costs less than to look for it.
//
// Six words of one range that stand in the other are marked in a small table
// there. Where a run is, all six words of it are marked, without a gap that is
// long enough to keep the rest below the length that is asked for.
//
// Guarantee: no run of RunFinder is lost; what passes may have none.
// Cost: O(words of both ranges), a few cycles each. Thread safety: one sieve a
// thread; it keeps its memory between calls.
#ifndef TWICETOLD_PASSAGE_RUN_SIEVE_H_
#define TWICETOLD_PASSAGE_RUN_SIEVE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

class RunSieve {
 public:
  // Whether RunFinder may find anything of `min_chars` bytes in the ranges.
  bool MayHaveRuns(const Words& a, WordRange range_a, const Words& b,
                   WordRange range_b, uint32_t min_chars);

  // At least the words of `range_a` that are in what RunFinder finds.
  uint32_t MostWordsInRuns(const Words& a, WordRange range_a, const Words& b,
                           WordRange range_b);

 private:
  template <typename Visit>
  void VisitHulls(const Words& a, WordRange range, Visit visit) const;
  void Mark(std::span<const uint64_t> hashes);
  bool IsMarked(const uint64_t* word) const;

  size_t mask_ = 0;
  std::vector<uint8_t> marks_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_RUN_SIEVE_H_
