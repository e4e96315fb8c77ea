// SPDX-License-Identifier: Apache-2.0
//
// How a printed result compares with the exact answer for documents.
//
// A true pair counts as found if its two documents are in a printed match, or
// are the same as documents that are (through printed identical and same-text
// matches), or are the same as each other. Of a cluster too large for all its
// pairs, only those that tie it together are printed; a true pair of two of
// its members counts as joined.
//
// Thread safety: plain values and a free function.
#ifndef TWICETOLD_BENCH_QUALITY_DOCUMENT_SCORE_H_
#define TWICETOLD_BENCH_QUALITY_DOCUMENT_SCORE_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "bench/quality/brute_force.h"
#include "bench/quality/printed_result.h"

namespace twicetold {

struct DocumentScore {
  uint64_t true_pairs = 0;
  uint64_t found = 0;   // see above
  uint64_t joined = 0;  // see above; not counted in `found`
  std::vector<TruePair> missed;
  uint64_t missed_same =
      0;  // of these, with the same tokens: left to no chance

  uint64_t printed = 0;          // matches
  uint64_t printed_correct = 0;  // that are what they say they are
  uint64_t wrong_jaccards = 0;   // matches whose Jaccard is not the exact one
  uint64_t wrong_numbers = 0;    // matches with any other number wrong
  uint64_t wrong_clusters = 0;   // clusters whose least Jaccard is wrong

  double recall() const;     // found or joined, of the true pairs
  double precision() const;  // correct, of the printed matches

  // Nothing but the recall of near-duplicates may be short of perfect.
  bool exact() const {
    return missed_same == 0 && printed_correct == printed &&
           wrong_jaccards == 0 && wrong_numbers == 0 && wrong_clusters == 0;
  }
};

// `document_of[id]`: the document, in `sets`, that has this id in `result`.
DocumentScore ScoreDocuments(const PrintedResult& result,
                             std::span<const uint32_t> document_of,
                             const ExactSets& sets,
                             std::span<const TruePair> truth,
                             double min_jaccard);

// Whether two documents, by their number in the sets, are found or joined.
class FoundPairs {
 public:
  enum class Outcome { kMissed, kFound, kJoined };

  FoundPairs(const PrintedResult& result, std::span<const uint32_t> document_of,
             size_t document_count);

  Outcome Find(uint32_t a, uint32_t b) const;

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  uint32_t ClassOf(uint32_t document) const;

  std::vector<uint32_t> parent_;       // union-find over same documents
  std::vector<uint32_t> big_cluster_;  // of each document, or kNone
  std::vector<std::pair<uint32_t, uint32_t>> classes_;  // matched, ascending
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_DOCUMENT_SCORE_H_
