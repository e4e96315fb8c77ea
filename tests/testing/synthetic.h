// SPDX-License-Identifier: Apache-2.0
//
// Made-up text, sets and collections for tests, the same on every machine.
//
// Words are lower-case ASCII without apostrophes, so that a test can cut a
// text at its spaces and get the tokens of the library.
#ifndef TWICETOLD_TESTS_TESTING_SYNTHETIC_H_
#define TWICETOLD_TESTS_TESTING_SYNTHETIC_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/corpus/corpus.h"

namespace twicetold::testing {

// Random numbers without the standard distributions, whose outcome differs
// from library to library.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  uint64_t Bits() { return engine_(); }
  // In [0, n), n > 0.
  size_t Below(size_t n) { return static_cast<size_t>(engine_() % n); }
  // In [0, 1).
  double Unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  template <typename T>
  void Shuffle(std::vector<T>* values) {
    for (size_t i = values->size(); i > 1; --i) {
      std::swap((*values)[i - 1], (*values)[Below(i)]);
    }
  }

 private:
  std::mt19937_64 engine_;
};

using Words = std::vector<std::string>;

// A word for a number: different words for different numbers.
std::string WordFor(uint64_t number);

// `count` words from a vocabulary in which word r is about as frequent as 1/r,
// as in prose.
Words RandomWords(Random* random, size_t count);

// `words` with each word exchanged for a word that is nowhere else, with the
// given chance.
Words ReplaceWords(Random* random, Words words, double chance);

// The words with a space between them.
std::string Join(const Words& words);

// The words of a text that Join made.
Words Split(const std::string& text);

// Two sets of random numbers of `size` members each with `shared` in common.
struct SetPair {
  std::vector<uint64_t> a;
  std::vector<uint64_t> b;
};
SetPair RandomSets(Random* random, size_t size, size_t shared);

// A collection in memory that owns its texts. Names ascend: "0000000", ....
class Collection {
 public:
  void Add(std::string text);
  void Add(std::string name, std::string text);
  size_t size() const { return texts_.size(); }
  const std::string& text(size_t i) const { return texts_[i].second; }
  const std::string& name(size_t i) const { return texts_[i].first; }
  // Valid until the next Add.
  const Corpus& corpus();
  // The same texts under the same names in another order.
  Collection Shuffled(Random* random) const;

 private:
  std::vector<std::pair<std::string, std::string>> texts_;
  std::vector<TextView> views_;
  std::unique_ptr<MemoryCorpus> corpus_;
};

// Families of near-duplicates among unrelated texts: in each, one text and
// `copies` others in which words were replaced with a chance drawn from
// [0, most_replaced).
struct FamilyOptions {
  size_t families = 20;
  size_t copies = 3;
  size_t loners = 50;
  size_t least_words = 3;
  size_t most_words = 300;
  double most_replaced = .06;
};
Collection Families(Random* random, const FamilyOptions& options);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_SYNTHETIC_H_
