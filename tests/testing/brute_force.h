// SPDX-License-Identifier: Apache-2.0
//
// The oracle of near-duplicate detection: shingles as sequences of words, sets
// of them, and every pair compared. No hash, no sketch, nothing left out.
//
// Cost: quadratic in the documents; for a few hundred.
#ifndef TWICETOLD_TESTS_TESTING_BRUTE_FORCE_H_
#define TWICETOLD_TESTS_TESTING_BRUTE_FORCE_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold::testing {

using WordShingle = std::vector<std::string>;
using WordShingles = std::set<WordShingle>;

// All runs of `size` words; of fewer words than that, but at least one, all of
// them as one shingle.
WordShingles ShinglesOf(const Words& words, size_t size);

struct ExactOverlap {
  size_t shared = 0;
  size_t shingles_a = 0;
  size_t shingles_b = 0;

  // 0 where a set is empty.
  double jaccard() const;
  double containment_of_a_in_b() const;
};

ExactOverlap CompareShingles(const WordShingles& a, const WordShingles& b);

struct ExactPair {
  uint32_t a = 0;
  uint32_t b = 0;
  ExactOverlap overlap;
};

// Every pair a < b of the documents with a Jaccard similarity of at least
// `min_jaccard` > 0, ascending.
std::vector<ExactPair> AllPairs(const std::vector<Words>& documents,
                                size_t shingle_size, double min_jaccard);

// The texts of a collection, cut at spaces.
std::vector<Words> WordsOf(const Collection& collection);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_BRUTE_FORCE_H_
