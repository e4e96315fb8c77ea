// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/edit_list.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "twicetold/base/utf8.h"
#include "twicetold/passage/sentence_marks.h"

namespace twicetold {
namespace {

bool IsChange(const Edit& edit) {
  return edit.op != EditOp::kEqual && !edit.folded;
}

bool IsEmpty(ByteRange range) { return range.begin >= range.end; }

// Length of the character at `at`; a bad byte is one.
size_t CharLength(std::string_view text, size_t at) {
  return std::max<size_t>(
      1, DecodeUtf8(text.data() + at, text.size() - at).length);
}

bool IsSpaceAt(std::string_view text, size_t at, size_t length) {
  return ReadGap(text.substr(at, length)).has_space;
}

// Where the units of a gap begin, and its end: a run of white space, or one
// other character.
std::vector<size_t> UnitsOf(std::string_view gap) {
  std::vector<size_t> begins;
  bool in_space = false;
  for (size_t at = 0; at < gap.size();) {
    const size_t length = CharLength(gap, at);
    const bool is_space = IsSpaceAt(gap, at, length);
    if (!(is_space && in_space)) begins.push_back(at);
    in_space = is_space;
    at += length;
  }
  begins.push_back(gap.size());
  return begins;
}

std::string WithoutSpace(std::string_view gap) {
  std::string rest;
  for (size_t at = 0; at < gap.size();) {
    const size_t length = CharLength(gap, at);
    if (!IsSpaceAt(gap, at, length)) rest.append(gap.substr(at, length));
    at += length;
  }
  return rest;
}

// Bytes of whole units that two gaps share at their ends, not overlapping.
struct SharedEnds {
  size_t head = 0;
  size_t tail = 0;
};

SharedEnds FindSharedEnds(std::string_view a, std::string_view b) {
  const std::vector<size_t> of_a = UnitsOf(a);
  const std::vector<size_t> of_b = UnitsOf(b);
  const size_t most = std::min(of_a.size(), of_b.size()) - 1;
  const auto unit = [](std::string_view gap, const std::vector<size_t>& begins,
                       size_t i) {
    return gap.substr(begins[i], begins[i + 1] - begins[i]);
  };
  size_t head = 0;
  while (head < most && unit(a, of_a, head) == unit(b, of_b, head)) ++head;
  size_t tail = 0;
  while (head + tail < most && unit(a, of_a, of_a.size() - 2 - tail) ==
                                   unit(b, of_b, of_b.size() - 2 - tail)) {
    ++tail;
  }
  return {of_a[head], a.size() - of_a[of_a.size() - 1 - tail]};
}

}  // namespace

void EditList::Add(ByteRange a, ByteRange b, bool folded) {
  if (IsEmpty(a) && IsEmpty(b)) return;
  Edit edit = {EditOp::kReplace, false, a, b};
  if (IsEmpty(a)) {
    edit.op = EditOp::kInsert;
  } else if (IsEmpty(b)) {
    edit.op = EditOp::kDelete;
  } else if (TextA(a) == TextB(b)) {
    edit.op = EditOp::kEqual;
  } else {
    edit.folded = folded;
  }
  if (IsChange(edit)) {
    if (HasLast() && IsChange(edits_.back())) return JoinChange(edit);
    edits_.push_back(edit);
    return;
  }
  SettleChange();
  Append(edit);
}

// Two changes of different kinds have both sides.
void EditList::JoinChange(const Edit& edit) {
  Edit& last = edits_.back();
  if (edit.op != last.op) last.op = EditOp::kReplace;
  last.a.end = edit.a.end;
  last.b.end = edit.b.end;
}

void EditList::Append(const Edit& edit) {
  if (HasLast() && edits_.back().op == edit.op &&
      edits_.back().folded == edit.folded) {
    edits_.back().a.end = edit.a.end;
    edits_.back().b.end = edit.b.end;
  } else {
    edits_.push_back(edit);
  }
}

// What was removed piece by piece may have been added again.
void EditList::SettleChange() {
  if (!HasLast() || !IsChange(edits_.back())) return;
  Edit edit = edits_.back();
  if (TextA(edit.a) != TextB(edit.b)) return;
  edit.op = EditOp::kEqual;
  edits_.pop_back();
  Append(edit);
}

void EditList::EndSentence() {
  SettleChange();
  sentence_begin_ = edits_.size();
}

void EditList::AddTrimmed(ByteRange a, ByteRange b) {
  const SharedEnds ends = FindSharedEnds(TextA(a), TextB(b));
  const auto head = static_cast<uint32_t>(ends.head);
  const auto tail = static_cast<uint32_t>(ends.tail);
  Add({a.begin, a.begin + head}, {b.begin, b.begin + head}, false);
  Add({a.begin + head, a.end - tail}, {b.begin + head, b.end - tail}, false);
  Add({a.end - tail, a.end}, {b.end - tail, b.end}, false);
}

void EditList::AddGap(ByteRange a, ByteRange b) {
  if (IsEmpty(a) || IsEmpty(b) || TextA(a) == TextB(b)) {
    return Add(a, b, false);
  }
  if (WithoutSpace(TextA(a)) == WithoutSpace(TextB(b))) return Add(a, b, true);
  AddTrimmed(a, b);
}

void EditList::AddChange(ByteRange a, ByteRange words_a, ByteRange b,
                         ByteRange words_b) {
  if (IsEmpty(words_a) || IsEmpty(words_b)) return AddTrimmed(a, b);
  AddGap({a.begin, words_a.begin}, {b.begin, words_b.begin});
  Add(words_a, words_b, false);
  AddGap({words_a.end, a.end}, {words_b.end, b.end});
}

}  // namespace twicetold
