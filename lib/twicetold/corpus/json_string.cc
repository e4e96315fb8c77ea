// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/json_string.h"

#include <cstdint>
#include <cstring>

#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

constexpr uint32_t kNoEscape = UINT32_MAX;

bool IsHighSurrogate(uint32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool IsLowSurrogate(uint32_t c) { return c >= 0xDC00 && c < 0xE000; }

uint32_t HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') {
    return static_cast<uint32_t>(lower - 'a' + 10);
  }
  return kNoEscape;
}

// The number in the four digits at `at`, or kNoEscape.
uint32_t FourDigits(const char* at, const char* end) {
  if (end - at < 4) return kNoEscape;
  uint32_t number = 0;
  for (int i = 0; i < 4; ++i) {
    const uint32_t digit = HexDigit(at[i]);
    if (digit == kNoEscape) return kNoEscape;
    number = number << 4 | digit;
  }
  return number;
}

// Reads the character of \uXXXX, or of two of them, from behind the u.
uint32_t ReadUnicode(const char** at, const char* end) {
  const uint32_t first = FourDigits(*at, end);
  if (first == kNoEscape) return kNoEscape;
  *at += 4;
  if (IsLowSurrogate(first)) return kReplacementCharacter;
  if (!IsHighSurrogate(first)) return first;
  if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u') {
    return kReplacementCharacter;
  }
  const uint32_t second = FourDigits(*at + 2, end);
  // Whatever it is otherwise is looked at by itself.
  if (!IsLowSurrogate(second)) return kReplacementCharacter;
  *at += 6;
  return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

// Reads an escape from behind its backslash.
uint32_t ReadEscape(const char** at, const char* end) {
  if (*at == end) return kNoEscape;
  switch (*(*at)++) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '/':
      return '/';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      return ReadUnicode(at, end);
    default:
      return kNoEscape;
  }
}

const char* FindBackslash(const char* at, const char* end) {
  if (at == end) return end;  // an empty view may point nowhere
  const void* found = std::memchr(at, '\\', static_cast<size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace

bool HasValidEscapes(std::string_view raw) {
  const char* const end = raw.data() + raw.size();
  const char* at = FindBackslash(raw.data(), end);
  while (at != end) {
    ++at;
    if (ReadEscape(&at, end) == kNoEscape) return false;
    at = FindBackslash(at, end);
  }
  return true;
}

std::optional<std::string_view> Unescape(std::string_view raw,
                                         std::string* storage) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  const char* backslash = FindBackslash(at, end);
  if (backslash == end) return raw;
  // No escape is shorter than what it stands for.
  if (storage->size() < raw.size()) storage->resize(raw.size());
  char* out = storage->data();
  while (true) {
    const size_t plain = static_cast<size_t>(backslash - at);
    std::memcpy(out, at, plain);
    out += plain;
    if (backslash == end) break;
    at = backslash + 1;
    const uint32_t c = ReadEscape(&at, end);
    if (c == kNoEscape) return std::nullopt;
    out += EncodeUtf8(c, out);
    backslash = at != end && *at == '\\' ? at : FindBackslash(at, end);
  }
  return std::string_view(storage->data(),
                          static_cast<size_t>(out - storage->data()));
}

}  // namespace twicetold
