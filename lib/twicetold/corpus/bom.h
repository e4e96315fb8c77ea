// SPDX-License-Identifier: Apache-2.0
//
// Byte order marks: the first bytes by which a text says its encoding.
#ifndef TWICETOLD_CORPUS_BOM_H_
#define TWICETOLD_CORPUS_BOM_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "twicetold/corpus/encoding.h"

namespace twicetold {

struct ByteOrderMark {
  Encoding encoding;
  std::string_view bytes;
};

// UTF-32LE before UTF-16LE, whose mark is how it begins: a text that starts
// with NUL is less likely than UTF-32.
inline constexpr std::array kByteOrderMarks = {
    ByteOrderMark{Encoding::kUtf8, {"\xef\xbb\xbf", 3}},
    ByteOrderMark{Encoding::kUtf32Le, {"\xff\xfe\0\0", 4}},
    ByteOrderMark{Encoding::kUtf32Be, {"\0\0\xfe\xff", 4}},
    ByteOrderMark{Encoding::kUtf16Le, {"\xff\xfe", 2}},
    ByteOrderMark{Encoding::kUtf16Be, {"\xfe\xff", 2}},
};

// Bytes of a text that are enough to tell its mark.
inline constexpr size_t kMaxBomBytes = 4;

// The mark at the start of `bytes`, nullptr without one.
inline const ByteOrderMark* FindByteOrderMark(std::string_view bytes) {
  // Most texts begin with a character of ASCII, which no mark does.
  if (bytes.empty() || static_cast<unsigned char>(bytes[0] - 1) < 0x7f) {
    return nullptr;
  }
  for (const ByteOrderMark& mark : kByteOrderMarks) {
    if (bytes.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

// Bytes of the byte order mark at the start of `bytes`, 0 without one.
inline size_t BomBytes(std::string_view bytes) {
  const ByteOrderMark* mark = FindByteOrderMark(bytes);
  return mark == nullptr ? 0 : mark->bytes.size();
}

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_BOM_H_
