// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/encoding.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "twicetold/base/utf8.h"
#include "twicetold/corpus/bom.h"

namespace twicetold {

namespace {

// Bytes 80 to 9F. What WHATWG leaves without a character of its own (81, 8D,
// 8F, 90, 9D) is the control character of the same number; from A0 on, byte
// and code point are the same.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

// One step of decoding: a character, the bytes it took and how many of these
// are bad (none or all).
struct Step {
  char32_t code_point;
  size_t length;
  size_t bad_bytes;
};

Step Bad(size_t length) { return {kReplacementCharacter, length, length}; }

bool IsSurrogate(uint32_t unit) { return unit >= 0xd800 && unit <= 0xdfff; }

Step StepWindows1252(std::string_view bytes) {
  const auto byte = static_cast<unsigned char>(bytes[0]);
  const bool mapped = byte >= 0x80 && byte < 0xa0;
  return {mapped ? kWindows1252[byte - 0x80] : char32_t{byte}, 1, 0};
}

// `kBytes` bytes of `bytes` from `offset` on as a number.
template <size_t kBytes, bool kBigEndian>
uint32_t Unit(std::string_view bytes, size_t offset) {
  uint32_t unit = 0;
  for (size_t i = 0; i < kBytes; ++i) {
    const size_t at = offset + (kBigEndian ? i : kBytes - 1 - i);
    unit = unit << 8 | static_cast<unsigned char>(bytes[at]);
  }
  return unit;
}

template <bool kBigEndian>
Step StepUtf16(std::string_view bytes) {
  if (bytes.size() < 2) return Bad(bytes.size());
  const uint32_t unit = Unit<2, kBigEndian>(bytes, 0);
  if (!IsSurrogate(unit)) return {unit, 2, 0};
  if (unit >= 0xdc00 || bytes.size() < 4) return Bad(2);
  const uint32_t next = Unit<2, kBigEndian>(bytes, 2);
  if (next < 0xdc00 || next > 0xdfff) return Bad(2);
  return {0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00), 4, 0};
}

template <bool kBigEndian>
Step StepUtf32(std::string_view bytes) {
  if (bytes.size() < 4) return Bad(bytes.size());
  const uint32_t unit = Unit<4, kBigEndian>(bytes, 0);
  if (unit > 0x10ffff || IsSurrogate(unit)) return Bad(4);
  return {unit, 4, 0};
}

// Puts all of `bytes` into `*storage` as UTF-8 and returns the number of bad
// bytes. Two passes, so that the memory taken is what the text needs.
template <typename StepFunction>
uint64_t Transcode(std::string_view bytes, StepFunction step,
                   std::string* storage) {
  size_t size = 0;
  uint64_t bad_bytes = 0;
  for (std::string_view rest = bytes; !rest.empty();) {
    const Step s = step(rest);
    size += Utf8Length(s.code_point);
    bad_bytes += s.bad_bytes;
    rest.remove_prefix(s.length);
  }
  storage->resize(size);
  char* out = storage->data();
  char last[kMaxUtf8Bytes];
  for (std::string_view rest = bytes; !rest.empty();) {
    const Step s = step(rest);
    const size_t length = EncodeUtf8(s.code_point, last);
    out = std::copy_n(last, length, out);
    rest.remove_prefix(s.length);
  }
  return bad_bytes;
}

uint64_t TranscodeFrom(Encoding encoding, std::string_view bytes,
                       std::string* storage) {
  switch (encoding) {
    case Encoding::kUtf16Le:
      return Transcode(bytes, StepUtf16<false>, storage);
    case Encoding::kUtf16Be:
      return Transcode(bytes, StepUtf16<true>, storage);
    case Encoding::kUtf32Le:
      return Transcode(bytes, StepUtf32<false>, storage);
    case Encoding::kUtf32Be:
      return Transcode(bytes, StepUtf32<true>, storage);
    case Encoding::kWindows1252:
      return Transcode(bytes, StepWindows1252, storage);
    case Encoding::kUtf8:
      break;
  }
  return 0;
}

// Bytes that the character whose UTF-8 starts with `lead` takes in `encoding`,
// which is not UTF-8. A unit that was no character became U+FFFD and counts
// like it; only at the end of the source there may be less of it.
size_t SourceLength(Encoding encoding, char lead) {
  switch (encoding) {
    case Encoding::kWindows1252:
      return 1;
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return static_cast<unsigned char>(lead) >= 0xf0 ? 4 : 2;
    default:
      return 4;
  }
}

bool StartsCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

// Walks over a decoded text and its source side by side.
class SourceCursor {
 public:
  explicit SourceCursor(const DecodedText& text)
      : text_(text), source_(text.bom_bytes) {}

  // The offset in the source of the character at `offset` in the text, which
  // is a border of characters and not before the last one asked for.
  size_t Advance(size_t offset) {
    for (; utf8_ < offset; ++utf8_) {
      const char byte = text_.utf8[utf8_];
      if (StartsCharacter(byte)) source_ += SourceLength(text_.encoding, byte);
    }
    return std::min(source_, text_.source.size());
  }

 private:
  const DecodedText& text_;
  size_t utf8_ = 0;
  size_t source_;
};

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "utf-8";
    case Encoding::kUtf16Le:
      return "utf-16le";
    case Encoding::kUtf16Be:
      return "utf-16be";
    case Encoding::kUtf32Le:
      return "utf-32le";
    case Encoding::kUtf32Be:
      return "utf-32be";
    case Encoding::kWindows1252:
      return "windows-1252";
  }
  return "";
}

std::optional<size_t> FindBinary(std::string_view bytes) {
  if (FindByteOrderMark(bytes) != nullptr) return std::nullopt;
  const size_t nul = bytes.find('\0');
  if (nul == std::string_view::npos) return std::nullopt;
  return nul;
}

DecodedText Decode(std::string_view bytes, std::string* storage) {
  DecodedText text;
  text.source = bytes;
  std::string_view body = bytes;
  const ByteOrderMark* mark = FindByteOrderMark(bytes);
  if (mark != nullptr) {
    text.encoding = mark->encoding;
    text.bom_bytes = mark->bytes.size();
    body.remove_prefix(text.bom_bytes);
  }
  if (text.encoding == Encoding::kUtf8) {
    // Nearly all text is valid, which takes far less time to tell than to
    // count what is not ASCII.
    if (simdjson::validate_utf8(body.data(), body.size())) {
      text.utf8 = body;
      return text;
    }
    const Utf8Counts counts = CountUtf8(body);
    // sequences / (sequences + bad bytes) >= 99 / 100, without the division.
    if (mark != nullptr || counts.sequences >= 99 * counts.bad_bytes) {
      text.bad_bytes = counts.bad_bytes;
      text.utf8 = body;
      return text;
    }
    text.encoding = Encoding::kWindows1252;
  }
  text.bad_bytes = TranscodeFrom(text.encoding, body, storage);
  text.utf8 = *storage;
  return text;
}

void MapToSource(const DecodedText& text, std::span<ByteRange> ranges) {
  if (text.encoding == Encoding::kUtf8) {
    const auto shift = static_cast<uint32_t>(text.bom_bytes);
    for (ByteRange& range : ranges) {
      range = {range.begin + shift, range.end + shift};
    }
    return;
  }
  SourceCursor cursor(text);
  // Ends ascend as well, but the end of one range can lie behind the begin of
  // the next where both are the same character, hence the copy.
  for (ByteRange& range : ranges) {
    const size_t begin = cursor.Advance(range.begin);
    SourceCursor ahead = cursor;
    const size_t end = ahead.Advance(range.end);
    range = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
}

}  // namespace twicetold
