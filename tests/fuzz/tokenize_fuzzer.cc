// SPDX-License-Identifier: Apache-2.0
//
// Tokens of any bytes: ranges ascend, are not empty, lie on borders of
// characters, and are those that the slow tokenizer of the tests finds.
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/fuzz/check.h"
#include "tests/testing/oracle_tokenizer.h"
#include "twicetold/base/utf8.h"
#include "twicetold/text/tokenize.h"

namespace {

using twicetold::ByteRange;

constexpr size_t kMostForOracle = 256;

// Offsets at which a character, a bad byte or the end begins.
std::vector<bool> Borders(std::string_view text) {
  std::vector<bool> borders(text.size() + 1);
  for (size_t i = 0; i < text.size();) {
    borders[i] = true;
    const auto c = twicetold::DecodeUtf8(text.data() + i, text.size() - i);
    i += std::max<size_t>(c.length, 1);
  }
  borders[text.size()] = true;
  return borders;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = twicetold::testing::TextOf(data, size);
  const twicetold::Tokens tokens = twicetold::Tokenize(text);
  FUZZ_CHECK(tokens.hashes.size() == tokens.ranges.size());
  std::vector<uint64_t> hashes = {1, 2, 3};
  twicetold::TokenHashes(text, &hashes);
  FUZZ_CHECK(hashes == tokens.hashes);

  const std::vector<bool> borders = Borders(text);
  ByteRange before{};
  for (size_t i = 0; i < tokens.ranges.size(); ++i) {
    const ByteRange range = tokens.ranges[i];
    FUZZ_CHECK(range.begin < range.end && range.end <= text.size());
    FUZZ_CHECK(borders[range.begin] && borders[range.end]);
    // Two tokens of one character share its begin.
    FUZZ_CHECK(i == 0 || range.begin >= before.end ||
               range.begin == before.begin);
    before = range;
  }

  // The slow tokenizer finds the same; it is too slow for much.
  if (size > kMostForOracle) return 0;
  const auto slow = twicetold::testing::OracleTokenize(text);
  FUZZ_CHECK(slow.size() == tokens.ranges.size());
  for (size_t i = 0; i < slow.size(); ++i) {
    FUZZ_CHECK(slow[i].range == tokens.ranges[i]);
    FUZZ_CHECK(twicetold::HashToken(slow[i].key) == tokens.hashes[i]);
  }
  return 0;
}
