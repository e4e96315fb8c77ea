// SPDX-License-Identifier: Apache-2.0
//
// The dynamic programming of sentence_pairs.h: the best pairing of a block of
// sentences of a with a block of sentences of b.
//
// Cost: O(sentences of a x sentences of b) time, a byte of memory for each; a
// row of what one sentence shares with all others comes from an inverted
// index, and pairings of several sentences are weighed only where the bound
// that the sums of single ones give allows them to score.
//
// Thread safety: a SentenceTable is for one thread.
#ifndef TWICETOLD_PASSAGE_SENTENCE_TABLE_H_
#define TWICETOLD_PASSAGE_SENTENCE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/passage/sentence_bags.h"

namespace twicetold {

// A half-open range of sentences on either side.
struct SentenceBlock {
  uint32_t a_begin = 0;
  uint32_t a_end = 0;
  uint32_t b_begin = 0;
  uint32_t b_end = 0;

  uint64_t pairings() const {
    return uint64_t{a_end - a_begin} * (b_end - b_begin);
  }
};

class SentenceTable {
 public:
  explicit SentenceTable(const PassageBags& bags);

  // Appends the blocks of the best pairing of `block`, in order; one side of
  // a block without partner is empty.
  void Pair(const SentenceBlock& block, std::vector<SentenceBlock>* pairs);

 private:
  struct Posting {
    uint32_t sentence = 0;
    uint32_t count = 0;
  };
  // Rows for the sentence at hand and those before it.
  static constexpr size_t kRows = 4;
  // Columns of zeros before the first of shares_.
  static constexpr size_t kPad = 2;
  using Bounds = std::array<int64_t, 6>;  // one entry a pairing

  void IndexB();
  void ShareRow(uint32_t i, const SentenceBlock& block);
  void FillRow(uint32_t i, const SentenceBlock& block);
  void Trace(const SentenceBlock& block, std::vector<SentenceBlock>* pairs);
  Bounds BoundShared(uint32_t i, size_t column, uint32_t rows_done) const;
  int64_t Shared(uint32_t a_begin, uint32_t a_end, uint32_t b_begin,
                 uint32_t b_end);

  const PassageBags& bags_;
  std::vector<Posting> postings_;  // of the stems in b, by stem
  std::vector<size_t> posting_begins_;
  std::vector<uint32_t> left_;  // of each stem, while comparing bags
  // By sentence of a modulo kRows; columns are sentences of b of the block,
  // counted from 1 in scores_.
  std::array<std::vector<int64_t>, kRows> shares_;
  std::array<std::vector<int64_t>, kRows> scores_;
  std::vector<uint8_t> steps_;  // index into the pairings, or without partner
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SENTENCE_TABLE_H_
