// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/utf8.h"

#include <cstddef>
#include <cstring>

namespace twicetold {
namespace {

// Whether all of the `kBytes` at `bytes` are ASCII. For a fixed number of them
// the compiler takes whole vectors.
template <size_t kBytes>
bool AreAscii(const char* bytes) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  uint64_t all = 0;
  for (size_t i = 0; i < kBytes; i += sizeof(all)) {
    uint64_t eight;
    std::memcpy(&eight, bytes + i, sizeof(eight));
    all |= eight;
  }
  return (all & kHighBits) == 0;
}

// Bytes at the head of `text` that are ASCII; a few more may follow.
size_t SkipAscii(std::string_view text) {
  constexpr size_t kLong = 128;
  constexpr size_t kShort = 8;
  // So that letters of other scripts do not pay for the longer look.
  if (text.size() >= kShort && !AreAscii<kShort>(text.data())) return 0;
  size_t i = 0;
  while (text.size() - i >= kLong && AreAscii<kLong>(text.data() + i)) {
    i += kLong;
  }
  while (text.size() - i >= kShort && AreAscii<kShort>(text.data() + i)) {
    i += kShort;
  }
  // The last ones with some of those before them.
  const bool ends = text.size() >= kShort && text.size() - i < kShort &&
                    AreAscii<kShort>(text.data() + text.size() - kShort);
  return ends ? text.size() : i;
}

}  // namespace

Utf8Counts CountUtf8(std::string_view text) {
  Utf8Counts counts;
  size_t i = 0;
  while (i < text.size()) {
    i += SkipAscii(text.substr(i));
    if (i == text.size()) break;
    const uint32_t length = DecodeUtf8(text.data() + i, text.size() - i).length;
    counts.sequences += length > 1;
    counts.bad_bytes += length == 0;
    i += length == 0 ? 1 : length;
  }
  return counts;
}

}  // namespace twicetold
