// SPDX-License-Identifier: Apache-2.0
//
// The diff of a passage: sentence aligned with sentence (sentence_pairs.h),
// then whole words inside each pair of sentences (word_pairs.h). What stands
// between words is compared as well: white space run by run, other characters
// one by one.
//
// Guarantee: edits tile the bytes of both sides, so that applying them to side
// a gives side b. Exchanging the sides exchanges them in the diff (delete
// becomes insert) and changes nothing else: ties are decided by the texts, not
// by which of them is a.
//
// Cost: near-linear; the caps are those of sentence_pairs.h and word_pairs.h.
// What they cost is partners that are not found, never a wrong edit.
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_EDITS_H_
#define TWICETOLD_PASSAGE_EDITS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/sentence_pairs.h"
#include "twicetold/passage/words.h"

namespace twicetold {

enum class EditOp { kEqual, kInsert, kDelete, kReplace };

// "equal", "insert", "delete", "replace".
std::string_view EditOpName(EditOp op);

// Ranges of the two texts in UTF-8. kEqual: the same bytes; kDelete: b is
// empty; kInsert: a is empty; kReplace: neither is, and the bytes differ.
struct Edit {
  EditOp op = EditOp::kEqual;
  // Of kReplace: words that are the same but for folding, or white space on
  // both sides of a gap that is otherwise the same.
  bool folded = false;
  ByteRange a;
  ByteRange b;
  friend bool operator==(const Edit&, const Edit&) = default;
};

struct PassageDiff {
  std::vector<SentencePair> sentences;  // tile both sides of the passage
  // Tile the bytes of both sides (Words::BytesOf). Neighbours in one pair of
  // sentences differ in op or flag, and are not both unfolded changes. No edit
  // crosses a border of `sentences`: a sentence is its words with the
  // punctuation that clings to them and the white space behind.
  std::vector<Edit> edits;
  // One entry a pair of sentences: its edits end before this one.
  std::vector<size_t> edit_ends;
  friend bool operator==(const PassageDiff&, const PassageDiff&) = default;
};

PassageDiff DiffPassage(std::string_view utf8_a, const Words& a,
                        std::string_view utf8_b, const Words& b,
                        const Passage& passage);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_EDITS_H_
