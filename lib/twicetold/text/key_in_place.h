// SPDX-License-Identifier: Apache-2.0
//
// The key of a token, written where the kernels can hash it together with
// others. Gives the same keys as KeyBuilder, and falls back to one for keys of
// more than kMaxKeyInPlace bytes.
//
// Marks are put in canonical order as they come, by insertion: a mark goes
// before those of a greater combining class that it directly follows. Text has
// few, and they come in order.
//
// Thread safety: a KeyInPlace is for one thread.
#ifndef TWICETOLD_TEXT_KEY_IN_PLACE_H_
#define TWICETOLD_TEXT_KEY_IN_PLACE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "twicetold/base/utf8.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/token_key.h"

namespace twicetold {

// Far fewer marks than kMaxMarks, where KeyBuilder cuts their order.
inline constexpr size_t kMaxKeyInPlace = 512;

// What has to be free where a key begins: it may grow by the fold of one more
// character before it is found to be too long, and is copied in words.
inline constexpr size_t kKeyInPlaceRoom = kMaxKeyInPlace + 128;

class KeyInPlace {
 public:
  // Starts an empty key at `at`, where kKeyInPlaceRoom bytes are free.
  void StartAt(char* at) {
    begin_ = end_ = at;
    limit_ = at + kMaxKeyInPlace;
  }

  void AppendAscii(char c) {
    *end_++ = c;
    CheckSize();
  }

  void Append(FoldedChar c) {
    if (c.combining_class() != 0) {
      InsertMark(c);
    } else {
      end_ += EncodeUtf8(c.code_point(), end_);
    }
    CheckSize();
  }

  // For writing letters without a call for each: `limit` is how far end() may
  // move before AdvanceTo has to be told.
  char* end() { return end_; }
  const char* limit() const { return limit_; }
  void AdvanceTo(char* end) {
    end_ = end;
    CheckSize();
  }

  // Where the key is, unless is_spilled().
  const char* begin() const { return begin_; }
  size_t size() const { return static_cast<size_t>(end_ - begin_); }

  // Whether the key was too long; then it is not in place but in *spilled().
  bool is_spilled() const { return limit_ < begin_; }
  KeyBuilder* spilled() { return builder_ ? &*builder_ : nullptr; }

 private:
  void CheckSize() {
    if (end_ > limit_) [[unlikely]] {
      Spill();
    }
  }
  void InsertMark(FoldedChar mark);
  // Moves what is in place to the builder, now and after each character that
  // follows.
  void Spill();

  char* begin_ = nullptr;
  char* end_ = nullptr;
  const char* limit_ = nullptr;
  std::optional<KeyBuilder> builder_;
};

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KEY_IN_PLACE_H_
