// SPDX-License-Identifier: Apache-2.0
//
// Two texts in one numbering of stems, and what each stem tells: its idf,
// ln(N / df), where N counts the cells of both texts and df those that hold
// the stem. A topic's words, rare in a collection but common in both texts,
// count little this way.
//
// Only the stems of the words that are looked at have a number: a window costs
// what is in it, however long its documents are. What a stem tells does not
// depend on that; it is always taken from the whole texts.
//
// Cost: Start fills four bytes a distinct stem of either text, the rest is
// O(words covered). Thread safety: a StemPair that is not changed may be
// shared for reading; one maker a thread, which keeps its memory between
// texts.
#ifndef TWICETOLD_PASSAGE_STEM_PAIR_H_
#define TWICETOLD_PASSAGE_STEM_PAIR_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "twicetold/passage/words.h"

namespace twicetold {

// One text of the pair. Stems are numbered alike on both sides.
struct PairSide {
  const Words* words = nullptr;      // not owned
  WordRange covered;                 // the words that have numbers
  std::vector<uint32_t> stems;       // of each of them
  std::vector<uint32_t> number;      // by index in words->stem_hashes; valid
                                     // for stems of covered words only
  std::vector<uint32_t> cells_with;  // by number: cells that hold the stem

  // `word` is covered.
  uint32_t StemOf(uint32_t word) const { return stems[word - covered.begin]; }
};

struct StemPair {
  PairSide a;
  PairSide b;               // within one document: the same words again
  std::vector<double> idf;  // by number; in nats
  size_t cells = 0;         // N
  bool within = false;      // one document with itself

  const PairSide& side_b() const { return b; }
};

class StemPairMaker {
 public:
  // Begins with two texts, or with one and itself if `b` is null. Nothing is
  // covered yet. The words have to outlive the use of the pair.
  void Start(const Words& a, const Words* b);

  // Covers these words of either side and forgets all others.
  void Cover(WordRange a, WordRange b);

  // Covers these as well, if they meet those that are covered; otherwise
  // instead. Numbers given before stay valid unless it is instead.
  void Need(WordRange a, WordRange b);

  // Numbers are below pair().idf.size().
  const StemPair& pair() const { return pair_; }
  StemPair Take() { return std::move(pair_); }

 private:
  void NumberWords(PairSide* side, WordRange words, uint32_t* stems);
  void Widen(PairSide* side, WordRange words);
  uint32_t AddStem(const PairSide& side, uint32_t stem);
  uint32_t InOther(const PairSide& side, uint32_t stem);
  void AddLogs(size_t count);

  StemPair pair_;
  double log_cells_ = 0;
  // By index in stem_hashes: whether `number` is of this cover.
  std::vector<uint32_t> cover_of_a_;
  std::vector<uint32_t> cover_of_b_;
  uint32_t cover_ = 0;
  // By index in stem_hashes of one side: the index in those of the other.
  // Looked up once a pair, since it has many windows.
  std::vector<uint32_t> in_b_of_a_;
  std::vector<uint32_t> in_a_of_b_;
  std::vector<double> logs_;  // of counts; they cost more than all else here
};

// All words of both covered. The words have to outlive the result.
StemPair MakeStemPair(const Words& a, const Words& b);
StemPair MakeStemPairWithin(const Words& words);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_STEM_PAIR_H_
