// SPDX-License-Identifier: Apache-2.0
//
// The diff of a passage as a person reads it: pairs of sentences, each a row
// of pieces that are the same or were changed.
//
// White space is no piece and no difference. Short islands of equal words
// between changes are part of the change (islands.h). What is exact, byte for
// byte, is PassageDiff.
//
// Cost: linear in the edits. Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_SENTENCE_DIFF_H_
#define TWICETOLD_REPORT_SENTENCE_DIFF_H_

#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/passage.h"
#include "twicetold/report/comparison.h"

namespace twicetold {

// Text that neither begins nor ends with white space; `same` on both sides, or
// changed, where one side may be empty.
struct DiffPiece {
  bool same = false;
  ByteRange a;
  ByteRange b;
  friend bool operator==(const DiffPiece&, const DiffPiece&) = default;
};

inline bool IsEmpty(ByteRange range) { return range.begin == range.end; }

struct SentenceDiff {
  WordRange a;
  WordRange b;
  std::vector<DiffPiece> pieces;  // no two neighbours are alike in `same`

  bool same() const { return pieces.size() == 1 && pieces[0].same; }
  // The share of the bytes of both sides that are in pieces that are the same.
  double sameness() const;
};

std::vector<SentenceDiff> ReadableDiff(const Comparison& comparison,
                                       const PassageDiff& diff);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_SENTENCE_DIFF_H_
