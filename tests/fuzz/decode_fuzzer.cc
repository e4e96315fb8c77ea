// SPDX-License-Identifier: Apache-2.0
//
// Any bytes can be decoded, and every range of characters of the text leads
// back to bytes of the source.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/base/utf8.h"
#include "twicetold/corpus/encoding.h"

namespace {

using twicetold::ByteRange;

std::vector<ByteRange> Characters(std::string_view text) {
  std::vector<ByteRange> characters;
  for (size_t i = 0; i < text.size();) {
    const auto c = twicetold::DecodeUtf8(text.data() + i, text.size() - i);
    const size_t end = i + std::max<size_t>(c.length, 1);
    characters.push_back(
        {static_cast<uint32_t>(i), static_cast<uint32_t>(end)});
    i = end;
  }
  return characters;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = twicetold::testing::TextOf(data, size);
  if (const auto nul = twicetold::FindBinary(bytes)) {
    FUZZ_CHECK(*nul < size && bytes[*nul] == '\0');
    return 0;
  }
  std::string storage = "from before";
  const twicetold::DecodedText text = twicetold::Decode(bytes, &storage);
  FUZZ_CHECK(text.source.data() == bytes.data());
  FUZZ_CHECK(text.source.size() == bytes.size());
  FUZZ_CHECK(text.bom_bytes <= 4 && text.bom_bytes <= size);
  FUZZ_CHECK(text.bad_bytes <= size);
  FUZZ_CHECK(!twicetold::EncodingName(text.encoding).empty());
  const bool is_utf8 = text.encoding == twicetold::Encoding::kUtf8;
  const auto counts = twicetold::CountUtf8(text.utf8);
  FUZZ_CHECK(counts.bad_bytes == (is_utf8 ? text.bad_bytes : 0));

  std::vector<ByteRange> ranges = Characters(text.utf8);
  const size_t count = ranges.size();
  twicetold::MapToSource(text, ranges);
  FUZZ_CHECK(ranges.size() == count);
  // Together they tile what follows the byte order mark.
  size_t at = text.bom_bytes;
  for (const ByteRange& range : ranges) {
    FUZZ_CHECK(range.begin == at && range.end > range.begin);
    at = range.end;
  }
  FUZZ_CHECK(at == size);
  return 0;
}
