// SPDX-License-Identifier: Apache-2.0
//
// Edits in the making: takes stretches of the two texts one after the other
// and keeps the promises of edits.h about what stands next to what.
//
// Thread safety: an EditList is for one thread.
#ifndef TWICETOLD_PASSAGE_EDIT_LIST_H_
#define TWICETOLD_PASSAGE_EDIT_LIST_H_

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/passage/edits.h"

namespace twicetold {

class EditList {
 public:
  EditList(std::string_view utf8_a, std::string_view utf8_b)
      : utf8_a_(utf8_a), utf8_b_(utf8_b) {}

  // `a` and `b` begin where the ranges before ended. `folded` says what it is
  // if the bytes differ.
  void Add(ByteRange a, ByteRange b, bool folded);

  // What stands between words, or before the first or behind the last: what
  // is the same at its two ends is equal. If only white space differs, a
  // folded replace where neither side is empty.
  void AddGap(ByteRange a, ByteRange b);

  // Words and gaps of which no word has a partner, with the gaps at their two
  // ends. `words_*` is from the first word to the last, empty without any.
  void AddChange(ByteRange a, ByteRange words_a, ByteRange b,
                 ByteRange words_b);

  // What was added last and what comes next are not merged.
  void EndSentence();

  size_t size() const { return edits_.size(); }
  // After the last EndSentence.
  std::vector<Edit> Take() { return std::move(edits_); }

 private:
  std::string_view TextA(ByteRange range) const {
    return utf8_a_.substr(range.begin, range.end - range.begin);
  }
  std::string_view TextB(ByteRange range) const {
    return utf8_b_.substr(range.begin, range.end - range.begin);
  }
  bool HasLast() const { return edits_.size() > sentence_begin_; }
  void AddTrimmed(ByteRange a, ByteRange b);
  void JoinChange(const Edit& edit);
  void Append(const Edit& edit);
  void SettleChange();

  const std::string_view utf8_a_;
  const std::string_view utf8_b_;
  std::vector<Edit> edits_;
  size_t sentence_begin_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_EDIT_LIST_H_
