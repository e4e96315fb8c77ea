// SPDX-License-Identifier: Apache-2.0
//
// From ranges of a decoded text to places in the document as it is: bytes,
// characters and lines.
//
// Characters are code points of the decoded text: a bad byte is one, a unit of
// UTF-16 or UTF-32 that is no character is one, a byte order mark is none.
// Lines end with LF, CR or CRLF; what ends a line is part of it.
//
// Ranges may come in any order, overlap and be empty; they begin and end at
// borders of characters.
//
// Cost: O(r log r) for r ranges and one pass over the text, however many they
// are (one more where it is not UTF-8).
// Thread safety: free functions without state.
#ifndef TWICETOLD_PASSAGE_LOCATE_H_
#define TWICETOLD_PASSAGE_LOCATE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/byte_range.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// Half-open.
struct CharRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const CharRange&, const CharRange&) = default;
};

// Counted from 1, the last one included.
struct LineRange {
  uint32_t first = 0;
  uint32_t last = 0;
  friend bool operator==(const LineRange&, const LineRange&) = default;
};

struct Location {
  ByteRange bytes;  // of DecodedText::source
  CharRange chars;
  LineRange lines;  // of an empty range: the one that it stands in
  friend bool operator==(const Location&, const Location&) = default;
};

// One place for each of `ranges` of `text.utf8`.
std::vector<Location> Locate(const DecodedText& text,
                             std::span<const ByteRange> ranges);

// The same of ranges of words, with what clings to them.
std::vector<Location> LocateWords(const DecodedText& text, const Words& words,
                                  std::span<const WordRange> ranges);

// The bytes only: MapToSource (encoding.h) for ranges in any order.
std::vector<ByteRange> LocateBytes(const DecodedText& text,
                                   std::span<const ByteRange> ranges);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_LOCATE_H_
