// SPDX-License-Identifier: Apache-2.0
//
// The exact answer to which documents are near-duplicates: every pair of
// documents is compared, on sets of k-tuples of token hashes.
//
// It shares decoding and tokenizing with the library and nothing else: each
// distinct tuple gets a number of its own (by a map that compares whole
// tuples, so that there are no collisions of shingle hashes), and the sorted
// numbers of two documents are merged. No pair is left out, whatever its sizes.
//
// Cost: O(n^2) merges. Memory: 4 bytes a distinct tuple of each document, and
// while numbering 8 k bytes and some for each distinct tuple of all.
// Thread safety: an ExactSets is immutable once made.
#ifndef TWICETOLD_BENCH_QUALITY_BRUTE_FORCE_H_
#define TWICETOLD_BENCH_QUALITY_BRUTE_FORCE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace twicetold {

struct ExactOverlap {
  uint64_t shared = 0;
  uint64_t size_a = 0;
  uint64_t size_b = 0;

  double jaccard() const;  // 0 if both are empty
  double containment_of_a_in_b() const;
  double containment_of_b_in_a() const;
};

struct TruePair {
  uint32_t a = 0;  // a < b
  uint32_t b = 0;
  double jaccard = 0;
};

class ExactSets {
 public:
  // The sets of `texts`; of fewer than `k` tokens the one tuple of them all.
  // What the library takes for binary has no set.
  ExactSets(std::span<const std::string> texts, int k);

  size_t size() const { return sets_.size(); }

  ExactOverlap Compare(uint32_t a, uint32_t b) const;

  // True if both have the same tokens in the same order, and at least one.
  bool SameTokens(uint32_t a, uint32_t b) const;

  // All pairs of Jaccard similarity `min_jaccard` or more, ascending.
  // `*compared` is the number of pairs that were compared.
  std::vector<TruePair> FindPairs(double min_jaccard, int threads,
                                  uint64_t* compared) const;

 private:
  std::vector<std::vector<uint32_t>> sets_;    // ascending
  std::vector<std::vector<uint64_t>> tokens_;  // hashes in text order
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_BRUTE_FORCE_H_
