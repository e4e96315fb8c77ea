// SPDX-License-Identifier: Apache-2.0
#include "twicetold/text/key_in_place.h"

namespace twicetold {
namespace {

// The character at `at`, which is part of a key. Characters of folds fold to
// themselves, so that their entries hold their combining class.
FoldedChar CharAt(const char* at, const char* end, size_t* length) {
  const Utf8Char c = DecodeUtf8(at, static_cast<size_t>(end - at));
  *length = c.length;
  const CharInfo info = GetCharInfo(c.code_point);
  const bool self = info.fold_kind() == CharInfo::FoldKind::kSelf;
  return FoldedChar(c.code_point, self ? info.combining_class() : 0);
}

}  // namespace

void KeyInPlace::InsertMark(FoldedChar mark) {
  char* at = end_;
  while (at > begin_) {
    const char* before = at - 1;
    while ((*before & 0xc0) == 0x80) --before;
    size_t length;
    const FoldedChar c = CharAt(before, end_, &length);
    if (c.combining_class() <= mark.combining_class()) break;
    at -= length;
  }
  char bytes[kMaxUtf8Bytes];
  const size_t length = EncodeUtf8(mark.code_point(), bytes);
  std::memmove(at + length, at, static_cast<size_t>(end_ - at));
  std::memcpy(at, bytes, length);
  end_ += length;
}

void KeyInPlace::Spill() {
  if (!builder_) builder_.emplace();
  size_t length;
  for (const char* at = begin_; at < end_; at += length) {
    builder_->Append(CharAt(at, end_, &length));
  }
  end_ = begin_;
  limit_ = begin_ - 1;
}

}  // namespace twicetold
