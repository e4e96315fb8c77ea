// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/brute_force.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace twicetold::testing {
namespace {

double Ratio(size_t part, size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

template <typename Set>
ExactOverlap Compare(const Set& a, const Set& b) {
  ExactOverlap overlap{.shingles_a = a.size(), .shingles_b = b.size()};
  for (const auto& shingle : a) overlap.shared += b.count(shingle);
  return overlap;
}

}  // namespace

WordShingles ShinglesOf(const Words& words, size_t size) {
  WordShingles shingles;
  if (words.empty()) return shingles;
  if (words.size() < size) return {words};
  for (size_t i = 0; i + size <= words.size(); ++i) {
    const auto begin = words.begin() + static_cast<ptrdiff_t>(i);
    shingles.emplace(begin, begin + static_cast<ptrdiff_t>(size));
  }
  return shingles;
}

double ExactOverlap::jaccard() const {
  return Ratio(shared, shingles_a + shingles_b - shared);
}

double ExactOverlap::containment_of_a_in_b() const {
  return Ratio(shared, shingles_a);
}

ExactOverlap CompareShingles(const WordShingles& a, const WordShingles& b) {
  return Compare(a, b);
}

std::vector<ExactPair> AllPairs(const std::vector<Words>& documents,
                                size_t shingle_size, double min_jaccard) {
  // Shingles are numbered, so that pairs compare numbers and not words.
  std::map<WordShingle, size_t> numbers;
  std::vector<std::set<size_t>> sets;
  for (const Words& words : documents) {
    std::set<size_t>& set = sets.emplace_back();
    for (const WordShingle& shingle : ShinglesOf(words, shingle_size)) {
      set.insert(numbers.try_emplace(shingle, numbers.size()).first->second);
    }
  }
  std::vector<ExactPair> pairs;
  for (uint32_t a = 0; a < sets.size(); ++a) {
    for (uint32_t b = a + 1; b < sets.size(); ++b) {
      const ExactOverlap overlap = Compare(sets[a], sets[b]);
      if (overlap.jaccard() >= min_jaccard) pairs.push_back({a, b, overlap});
    }
  }
  return pairs;
}

std::vector<Words> WordsOf(const Collection& collection) {
  std::vector<Words> documents;
  for (size_t i = 0; i < collection.size(); ++i) {
    documents.push_back(Split(collection.text(i)));
  }
  return documents;
}

}  // namespace twicetold::testing
