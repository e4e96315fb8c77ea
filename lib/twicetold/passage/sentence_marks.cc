// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_marks.h"

#include <unicode/uchar.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool EndsSentence(char32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x061f:  // Arabic question mark
    case 0x06d4:  // Urdu full stop
    case 0x0964:  // danda
    case 0x0965:  // double danda
    case 0x104b:  // Myanmar
    case 0x1362:  // Ethiopic
    case 0x17d5:  // Khmer
      return true;
    default:
      return false;
  }
}

// Written without a space behind it.
bool EndsSentenceAtOnce(char32_t c) {
  return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff61;
}

bool Closes(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d ||
         c == 0x2019 || c == 0xbb || c == 0x300d || c == 0x300f;
}

// Of a gap with other characters than ASCII, or a part of one.
GapMarks ReadAnyGap(std::string_view gap) {
  GapMarks marks;
  bool may_end = false;  // behind a mark that ends a sentence before a space
  char32_t last = 0;
  for (size_t at = 0; at < gap.size();) {
    const Utf8Char c = DecodeUtf8(gap.data() + at, gap.size() - at);
    const size_t length = c.length == 0 ? 1 : c.length;
    if (IsSpace(c.code_point) && c.length > 0) {
      if (!marks.has_space) marks.before_space = at;
      marks.has_space = true;
      marks.after_space = at + length;
      if (may_end) marks.sentence_end = true;
      if (c.code_point == '\r' || (c.code_point == '\n' && last != '\r')) {
        ++marks.newlines;
      }
    }
    if (EndsSentenceAtOnce(c.code_point)) marks.sentence_end = true;
    may_end = EndsSentence(c.code_point) || (may_end && Closes(c.code_point));
    last = c.code_point;
    at += length;
  }
  if (!marks.has_space) marks.before_space = gap.size();
  if (marks.newlines >= 2) marks.sentence_end = true;
  return marks;
}

// What the bytes of ASCII are to a gap.
enum AsciiClass : uint8_t { kSpace = 1, kEnds = 2, kCloses = 4, kOther = 8 };

constexpr std::array<uint8_t, 256> MakeAsciiClasses() {
  std::array<uint8_t, 256> classes{};
  for (const unsigned char c : {' ', '\t', '\n', '\v', '\f', '\r'}) {
    classes[c] = kSpace;
  }
  for (const unsigned char c : {'.', '!', '?'}) classes[c] = kEnds;
  for (const unsigned char c : {'"', '\'', ')', ']'}) classes[c] = kCloses;
  for (size_t i = 0x80; i < classes.size(); ++i) classes[i] = kOther;
  return classes;
}
constexpr std::array<uint8_t, 256> kAsciiClasses = MakeAsciiClasses();

}  // namespace

GapMarks ReadGap(std::string_view gap) {
  // The usual gap, and the one between letters of scripts without spaces.
  if (gap.size() == 1 && gap[0] == ' ') {
    return {.after_space = 1, .has_space = true};
  }
  GapMarks marks;
  bool may_end = false;
  char last = 0;
  for (size_t at = 0; at < gap.size(); ++at) {
    const char c = gap[at];
    const uint8_t is = kAsciiClasses[static_cast<unsigned char>(c)];
    if (is == kOther) return ReadAnyGap(gap);
    if (is == kSpace) {
      if (!marks.has_space) marks.before_space = at;
      marks.has_space = true;
      marks.after_space = at + 1;
      if (may_end) marks.sentence_end = true;
      if (c == '\r' || (c == '\n' && last != '\r')) ++marks.newlines;
    }
    may_end = is == kEnds || (may_end && is == kCloses);
    last = c;
  }
  if (!marks.has_space) marks.before_space = gap.size();
  if (marks.newlines >= 2) marks.sentence_end = true;
  return marks;
}

bool IsCapitalOrDigit(char32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  const auto code_point = static_cast<UChar32>(c);
  return u_isupper(code_point) != 0 || u_istitle(code_point) != 0 ||
         u_isdigit(code_point) != 0;
}

}  // namespace twicetold
