// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/locate.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "twicetold/base/sort_distinct.h"
#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

constexpr uint32_t kEight = 8;
constexpr uint64_t kOnes = 0x0101010101010101u;
constexpr uint64_t kLowBits = 0x7f7f7f7f7f7f7f7fu;

// The top bits of those of eight bytes of ASCII that are `c`.
uint64_t FindBytes(uint64_t eight, char c) {
  const uint64_t other = eight ^ (kOnes * static_cast<unsigned char>(c));
  // The top bit of a byte stays clear only where the byte is 0.
  return ~(other + kLowBits) & ~kLowBits;
}

// How many there are. Without an instruction for it std::popcount is a call.
uint32_t CountBytes(uint64_t eight, char c) {
  return static_cast<uint32_t>((FindBytes(eight, c) >> 7) * kOnes >> 56);
}

// Whether eight bytes of ASCII follow, none of them a CR, which may stand for
// half a line end.
bool IsPlain(std::string_view text, size_t at, uint64_t* eight) {
  if (text.size() - at < kEight) return false;
  std::memcpy(eight, text.data() + at, kEight);
  return (*eight & ~kLowBits) == 0 && FindBytes(*eight, '\r') == 0;
}

// Some offsets in the text, ascending, and what is there.
class Offsets {
 public:
  explicit Offsets(std::vector<uint32_t> offsets)
      : offsets_(std::move(offsets)) {
    SortDistinct(&offsets_);
  }

  void MapBytes(const DecodedText& text) {
    std::vector<ByteRange> points;
    points.reserve(offsets_.size());
    for (const uint32_t offset : offsets_) points.push_back({offset, offset});
    MapToSource(text, points);
    source_.reserve(points.size());
    for (const ByteRange& point : points) source_.push_back(point.begin);
  }

  // Characters and line ends before each offset. An offset inside a character
  // is where that begins, between CR and LF it is on the line that these end.
  void CountBefore(std::string_view utf8) {
    uint32_t chars = 0;
    uint32_t lines = 0;
    size_t at = 0;
    const auto note_up_to = [&](size_t end) {
      while (chars_.size() < offsets_.size() && offsets_[chars_.size()] < end) {
        chars_.push_back(chars);
        lines_.push_back(lines);
      }
    };
    while (at < utf8.size() && chars_.size() < offsets_.size()) {
      // Eight characters of ASCII at once, as long as nothing is asked there.
      for (uint64_t eight;
           IsPlain(utf8, at, &eight) && offsets_[chars_.size()] >= at + kEight;
           at += kEight) {
        chars += kEight;
        lines += CountBytes(eight, '\n');
      }
      if (at == utf8.size()) break;
      const Utf8Char c = DecodeUtf8(utf8.data() + at, utf8.size() - at);
      const size_t end = at + std::max(c.length, 1u);
      note_up_to(end);
      ++chars;
      const bool is_crlf =
          utf8[at] == '\r' && end < utf8.size() && utf8[end] == '\n';
      if ((utf8[at] == '\r' && !is_crlf) || utf8[at] == '\n') ++lines;
      at = end;
    }
    note_up_to(utf8.size() + 1);
  }

  uint32_t source(uint32_t offset) const { return source_[IndexOf(offset)]; }
  uint32_t chars(uint32_t offset) const { return chars_[IndexOf(offset)]; }
  uint32_t line(uint32_t offset) const { return lines_[IndexOf(offset)] + 1; }

 private:
  size_t IndexOf(uint32_t offset) const {
    return static_cast<size_t>(
        std::lower_bound(offsets_.begin(), offsets_.end(), offset) -
        offsets_.begin());
  }

  std::vector<uint32_t> offsets_;
  std::vector<uint32_t> source_;
  std::vector<uint32_t> chars_;
  std::vector<uint32_t> lines_;
};

std::vector<uint32_t> EndsOf(std::span<const ByteRange> ranges) {
  std::vector<uint32_t> offsets;
  offsets.reserve(2 * ranges.size());
  for (const ByteRange& range : ranges) {
    offsets.push_back(range.begin);
    offsets.push_back(range.end);
  }
  return offsets;
}

// The offset whose line is the last of a range.
uint32_t LastOf(ByteRange range) {
  return range.begin < range.end ? range.end - 1 : range.begin;
}

}  // namespace

std::vector<Location> Locate(const DecodedText& text,
                             std::span<const ByteRange> ranges) {
  const std::vector<ByteRange> bytes = LocateBytes(text, ranges);
  std::vector<uint32_t> ends = EndsOf(ranges);
  for (const ByteRange& range : ranges) ends.push_back(LastOf(range));
  Offsets offsets(std::move(ends));
  offsets.CountBefore(text.utf8);
  std::vector<Location> places;
  places.reserve(ranges.size());
  for (size_t i = 0; i < ranges.size(); ++i) {
    const ByteRange range = ranges[i];
    places.push_back(
        {bytes[i],
         {offsets.chars(range.begin), offsets.chars(range.end)},
         {offsets.line(range.begin), offsets.line(LastOf(range))}});
  }
  return places;
}

std::vector<Location> LocateWords(const DecodedText& text, const Words& words,
                                  std::span<const WordRange> ranges) {
  std::vector<ByteRange> bytes;
  bytes.reserve(ranges.size());
  for (const WordRange& range : ranges) {
    if (!range.empty()) {
      bytes.push_back(words.BytesOf(range));
      continue;
    }
    const uint32_t at = range.begin < words.size()
                            ? words.ranges[range.begin].begin
                            : static_cast<uint32_t>(text.utf8.size());
    bytes.push_back({at, at});
  }
  return Locate(text, bytes);
}

std::vector<ByteRange> LocateBytes(const DecodedText& text,
                                   std::span<const ByteRange> ranges) {
  Offsets offsets(EndsOf(ranges));
  offsets.MapBytes(text);
  std::vector<ByteRange> bytes;
  bytes.reserve(ranges.size());
  for (const ByteRange& range : ranges) {
    bytes.push_back({offsets.source(range.begin), offsets.source(range.end)});
  }
  return bytes;
}

}  // namespace twicetold
