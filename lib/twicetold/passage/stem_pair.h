// SPDX-License-Identifier: Apache-2.0
//
// Two texts, or one with itself, whose stems have the same numbers on both
// sides, with what each stem tells: its idf among the cells of both.
//
// The idf is that of the pair, not of the collection: a topic word is rare in
// a collection, but common in both documents, and must count little.
//
// The stems of side a keep the numbers they have there, those that only side b
// has follow. So a pair costs a look-up of each stem of side b among those of
// side a, and each window of it nothing.
//
// Cost: O(distinct stems of both texts). Thread safety: a StemPair that is not
// changed may be shared for reading; one maker a thread, which keeps its
// memory between texts.
#ifndef TWICETOLD_PASSAGE_STEM_PAIR_H_
#define TWICETOLD_PASSAGE_STEM_PAIR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/passage/words.h"

namespace twicetold {

// One text of the pair. Stems are numbered alike on both sides.
struct PairSide {
  const Words* words = nullptr;  // not owned
  std::vector<uint32_t>
      number;  // by index in words->stem_hashes; may be longer

  uint32_t StemOf(uint32_t word) const { return number[words->stems[word]]; }
};

struct StemPair {
  PairSide a;
  PairSide b;               // within one document: the same words again
  std::vector<double> idf;  // by number; in nats
  // By number: cells that hold the stem, of the side where they are fewer.
  std::vector<uint32_t> least_cells;
  size_t cells = 0;     // N
  bool within = false;  // one document with itself

  const PairSide& side_b() const { return b; }
};

class StemPairMaker {
 public:
  // Makes the pair of two texts, or of one and itself if `b` is null. The
  // words have to outlive its use.
  void Start(const Words& a, const Words* b);

  // Numbers are below pair().idf.size().
  const StemPair& pair() const { return pair_; }

 private:
  size_t NumberSideB();
  void CountCells(size_t numbers);
  void AddLogs(size_t count);

  StemPair pair_;
  std::vector<double> logs_;  // of counts; they cost more than all else here
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_STEM_PAIR_H_
