// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/display.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "absl/strings/str_format.h"
#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

bool IsHarmful(char32_t code_point) {
  constexpr char32_t kZeroWidthNonJoiner = 0x200c;
  constexpr char32_t kZeroWidthJoiner = 0x200d;
  if (code_point == kZeroWidthNonJoiner || code_point == kZeroWidthJoiner) {
    return false;
  }
  constexpr uint32_t kHarmful = U_GC_C_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(code_point)) & kHarmful) != 0;
}

bool Has(char32_t code_point, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(code_point), property) != 0;
}

// Zero for what combines with the character before it, vowels and final
// consonants of a Hangul syllable included.
size_t CharWidth(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  constexpr uint32_t kCombining = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK;
  if ((U_GET_GC_MASK(c) & kCombining) != 0) return 0;
  const int32_t hangul = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO) return 0;
  const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// An emoji sequence is as wide as an emoji, whatever it is made of; any other
// cluster is as wide as its characters together, as terminals have it.
size_t ClusterWidth(std::string_view cluster) {
  constexpr char32_t kEmojiStyle = 0xfe0f;
  size_t width = 0;
  bool is_emoji = false;
  for (size_t i = 0; i < cluster.size();) {
    const Utf8Char c = DecodeUtf8(cluster.data() + i, cluster.size() - i);
    if (c.length == 0) return cluster.size() - i + width;
    width += CharWidth(c.code_point);
    is_emoji = is_emoji || c.code_point == kEmojiStyle ||
               Has(c.code_point, UCHAR_EMOJI_PRESENTATION);
    i += c.length;
  }
  return is_emoji ? 2 : width;
}

struct CloseBreaks {
  void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};
struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

}  // namespace

std::string Harmless(std::string_view bytes) {
  std::string harmless;
  for (size_t i = 0; i < bytes.size();) {
    const Utf8Char c = DecodeUtf8(bytes.data() + i, bytes.size() - i);
    if (c.length == 0) {
      harmless +=
          absl::StrFormat("\\x%02X", static_cast<unsigned char>(bytes[i]));
      ++i;
      continue;
    }
    if (IsHarmful(c.code_point)) {
      harmless += absl::StrFormat("\\u{%04X}", uint32_t{c.code_point});
    } else {
      harmless += bytes.substr(i, c.length);
    }
    i += c.length;
  }
  return harmless;
}

size_t DisplayWidth(std::string_view utf8) {
  const bool ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (ascii) return utf8.size();
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> text(utext_openUTF8(
      nullptr, utf8.data(), static_cast<int64_t>(utf8.size()), &error));
  const std::unique_ptr<UBreakIterator, CloseBreaks> breaks(
      ubrk_open(UBRK_CHARACTER, "", nullptr, 0, &error));
  ubrk_setUText(breaks.get(), text.get(), &error);
  // Without ICU's data there are no clusters to be had: bytes are the bound.
  if (U_FAILURE(error)) return utf8.size();
  size_t width = 0;
  int32_t begin = ubrk_first(breaks.get());
  for (int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE;
       end = ubrk_next(breaks.get())) {
    width += ClusterWidth(utf8.substr(static_cast<size_t>(begin),
                                      static_cast<size_t>(end - begin)));
    begin = end;
  }
  return width;
}

std::string PadRight(std::string_view utf8, size_t width) {
  const size_t has = DisplayWidth(utf8);
  std::string padded(utf8);
  if (has < width) padded.append(width - has, ' ');
  return padded;
}

std::string PadLeft(std::string_view utf8, size_t width) {
  const size_t has = DisplayWidth(utf8);
  std::string padded(has < width ? width - has : 0, ' ');
  padded += utf8;
  return padded;
}

}  // namespace twicetold
