// SPDX-License-Identifier: Apache-2.0
//
// What speaks for a passage: the idf of the stems of one side that find a
// partner on the other, one to one.
//
// Cost: O(words of both sides) a call. Thread safety: one counter a thread; it
// keeps its memory between calls.
#ifndef TWICETOLD_PASSAGE_EVIDENCE_H_
#define TWICETOLD_PASSAGE_EVIDENCE_H_

#include <cmath>
#include <cstdint>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

struct Evidence {
  double shared = 0;   // idf of the words with a partner
  double share_a = 0;  // of the idf of side a; in [0, 1]
  double share_b = 0;

  // Of two drafts the one of more weight is the better one: it has more words
  // with a partner, or fewer without.
  double weight() const { return shared * std::sqrt(share_a * share_b); }
};

class EvidenceCounter {
 public:
  explicit EvidenceCounter(const StemPair& pair) : pair_(pair) {}

  Evidence Count(WordRange a, WordRange b);

  // Whether Count(a, b).shared is `least` or more, for less.
  bool ShareAtLeast(WordRange a, WordRange b, double least);

 private:
  void MakeRoom();
  const StemPair& pair_;
  std::vector<uint32_t> counts_;  // by stem number; all zero between calls
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_EVIDENCE_H_
