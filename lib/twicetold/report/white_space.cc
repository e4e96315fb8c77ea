// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/white_space.h"

#include <unicode/uchar.h>

#include <cstdint>

#include "twicetold/base/utf8.h"

namespace twicetold {
namespace {

// The bytes of the white space character at the head of `utf8`, 0 if there is
// none.
size_t OneSpace(std::string_view utf8) {
  if (utf8.empty()) return 0;
  const auto first = static_cast<unsigned char>(utf8[0]);
  if (first < 0x80) return first == ' ' || (first >= '\t' && first <= '\r');
  const Utf8Char c = DecodeUtf8(utf8.data(), utf8.size());
  return u_isUWhiteSpace(static_cast<UChar32>(c.code_point)) != 0 ? c.length
                                                                  : 0;
}

}  // namespace

size_t SpaceBytes(std::string_view utf8) {
  size_t at = 0;
  while (const size_t bytes = OneSpace(utf8.substr(at))) at += bytes;
  return at;
}

size_t BytesBeforeSpace(std::string_view utf8) {
  size_t at = 0;
  while (at < utf8.size() && OneSpace(utf8.substr(at)) == 0) ++at;
  return at;
}

ByteRange WithoutSpaceAround(std::string_view utf8, ByteRange range) {
  const std::string_view text =
      utf8.substr(range.begin, range.end - range.begin);
  const auto begin = range.begin + static_cast<uint32_t>(SpaceBytes(text));
  uint32_t end = range.end;
  while (end > begin) {
    uint32_t at = end - 1;
    while (at > begin &&
           (static_cast<unsigned char>(utf8[at]) & 0xc0) == 0x80) {
      --at;
    }
    if (OneSpace(utf8.substr(at, end - at)) != end - at) break;
    end = at;
  }
  return {begin, end};
}

size_t CountLineEnds(std::string_view utf8) {
  size_t ends = 0;
  for (size_t i = 0; i < utf8.size(); ++i) {
    const bool crlf = utf8[i] == '\n' && i > 0 && utf8[i - 1] == '\r';
    if ((utf8[i] == '\n' || utf8[i] == '\r') && !crlf) ++ends;
  }
  return ends;
}

}  // namespace twicetold
