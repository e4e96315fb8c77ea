// SPDX-License-Identifier: Apache-2.0
//
// From bytes to text: which encoding a document is in, its text as UTF-8, and
// the way back from offsets in that UTF-8 to offsets in the original bytes.
//
// The rule, in order:
//   1. a byte order mark decides (UTF-8, UTF-16, UTF-32);
//   2. a NUL byte means binary;
//   3. UTF-8, if at least 99 % of what is not ASCII is valid (each byte that
//      belongs to no valid sequence is a bad byte; valid sequences are counted
//      against bad bytes);
//   4. else Windows-1252, as the WHATWG Encoding Standard maps it (every byte
//      has a character, so nothing is bad).
//
// A text is never changed: in UTF-8 the bad bytes stay where they are (the
// tokenizer ends a token at each). In UTF-16 and UTF-32 a unit that is no
// character is decoded as U+FFFD and counted byte by byte.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_ENCODING_H_
#define TWICETOLD_CORPUS_ENCODING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "twicetold/base/byte_range.h"

namespace twicetold {

enum class Encoding {
  kUtf8,
  kUtf16Le,
  kUtf16Be,
  kUtf32Le,
  kUtf32Be,
  kWindows1252,
};

// "utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "windows-1252".
std::string_view EncodingName(Encoding encoding);

struct DecodedText {
  Encoding encoding = Encoding::kUtf8;
  std::string_view source;  // the original bytes, byte order mark included
  size_t bom_bytes = 0;     // bytes of the byte order mark, 0 without one
  uint64_t bad_bytes = 0;   // bytes of `source` that are part of no character
  std::string_view utf8;    // the text; may hold bad bytes where kUtf8
};

// Offset of the first NUL byte if `bytes` is binary by rule 2 (that is, has a
// NUL and no byte order mark), else nothing.
std::optional<size_t> FindBinary(std::string_view bytes);

// Decodes `bytes`, which FindBinary has let pass (a NUL in it is only a
// character of no word). For UTF-8, `utf8` points into `bytes` and nothing is
// copied; otherwise it points into `*storage`, which is overwritten and may
// get as large as three times `bytes` (Windows-1252; UTF-16: 1.5 times).
// Cost: one pass over the bytes for UTF-8, two or three for the others.
//
// FF FE 00 00 is the mark of UTF-32LE, though UTF-16LE with a NUL after its
// mark looks the same.
DecodedText Decode(std::string_view bytes, std::string* storage);

// Turns ranges of `text.utf8` into ranges of `text.source`, in place. Begins
// must not descend, and begins and ends must be borders of characters; ranges
// may touch, coincide or overlap. Cost, for encodings other than UTF-8: one
// pass over the text and one over each range.
void MapToSource(const DecodedText& text, std::span<ByteRange> ranges);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_ENCODING_H_
