// SPDX-License-Identifier: Apache-2.0
//
// Stretches of equal words that two texts have in the same order.
//
// What is equal at both ends comes first. Between, and then between what was
// found, words that stand together once on either side are anchors, first of
// many words, then of few (patience, as in Bram Cohen's diff), and are extended
// as far as words are equal. The outcome is a common subsequence, not always
// the longest.
//
// Cost: O(n log n) for n words. Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_EQUAL_RUNS_H_
#define TWICETOLD_PASSAGE_EQUAL_RUNS_H_

#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

// Words [a, a + length) of one side are words [b, b + length) of the other.
struct EqualRun {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t length = 0;

  uint32_t a_end() const { return a + length; }
  uint32_t b_end() const { return b + length; }
  friend bool operator==(const EqualRun&, const EqualRun&) = default;
};

// `a` and `b` are hashes of words. Ascending on both sides, not overlapping;
// no two touch on both.
std::vector<EqualRun> FindEqualRuns(std::span<const uint64_t> a,
                                    std::span<const uint64_t> b);

// The same, but only what is equal at both ends: two runs at most. Cost: O(n).
std::vector<EqualRun> FindEqualEnds(std::span<const uint64_t> a,
                                    std::span<const uint64_t> b);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_EQUAL_RUNS_H_
