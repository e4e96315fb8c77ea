// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/utf8.h"

#include <cstring>

namespace twicetold {

Utf8Counts CountUtf8(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  Utf8Counts counts;
  size_t i = 0;
  while (i < text.size()) {
    uint64_t eight;
    while (text.size() - i >= sizeof(eight)) {
      std::memcpy(&eight, text.data() + i, sizeof(eight));
      if ((eight & kHighBits) != 0) break;
      i += sizeof(eight);
    }
    if (i == text.size()) break;
    const uint32_t length = DecodeUtf8(text.data() + i, text.size() - i).length;
    counts.sequences += length > 1;
    counts.bad_bytes += length == 0;
    i += length == 0 ? 1 : length;
  }
  return counts;
}

}  // namespace twicetold
