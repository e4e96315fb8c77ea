// SPDX-License-Identifier: Apache-2.0
//
// Two texts in one numbering of stems, and what each stem tells: its idf,
// ln(N / df), where N counts the cells of both texts and df those that hold
// the stem. A topic's words, rare in a collection but common in both texts,
// count little this way.
//
// Cost: one pass over the distinct stems of both. Thread safety:
// plain data, to be shared for reading.
#ifndef TWICETOLD_PASSAGE_STEM_PAIR_H_
#define TWICETOLD_PASSAGE_STEM_PAIR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/passage/words.h"

namespace twicetold {

// One text of the pair. Stems are numbered alike on both sides.
struct PairSide {
  const Words* words = nullptr;      // not owned
  std::vector<uint32_t> number;      // of each of words->stem_hashes
  std::vector<uint32_t> cells_with;  // by number: cells that hold the stem

  uint32_t StemOf(uint32_t word) const { return number[words->stems[word]]; }
};

struct StemPair {
  PairSide a;
  PairSide b;               // empty within one document
  std::vector<double> idf;  // by number; in nats
  size_t cells = 0;         // N
  bool within = false;      // one document with itself

  const PairSide& side_b() const { return within ? a : b; }
};

// The words have to outlive the result.
StemPair MakeStemPair(const Words& a, const Words& b);
StemPair MakeStemPairWithin(const Words& words);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_STEM_PAIR_H_
