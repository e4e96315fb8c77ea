// SPDX-License-Identifier: Apache-2.0
//
// Tokens of any bytes by every kernel that this machine can run, against those
// of the tokenizer that takes one character at a time. The first two bytes say
// how often the text is repeated and what is put before it, so that short
// inputs reach the ends of blocks and pieces too.
#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize_with.h"

namespace {

constexpr size_t kMostBytes = 9'000;

std::string MakeText(const uint8_t* data, size_t size) {
  if (size < 2) return std::string(twicetold::testing::TextOf(data, size));
  const auto part = twicetold::testing::TextOf(data + 2, size - 2);
  // From nothing over all alignments to close to the end of a piece.
  const size_t shift =
      data[0] < 128 ? data[0] : twicetold::kPieceBytes - (data[0] - 128u);
  std::string text(shift, data[1] % 2 == 0 ? ' ' : 'x');
  for (int times = data[1] / 16; times >= 0; --times) {
    if (text.size() + part.size() > kMostBytes) break;
    text += part;
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string made = MakeText(data, size);
  // Without the NUL behind a string, so that reading it is an error.
  const std::vector<char> text(made.begin(), made.end());
  const std::string_view view(text.data(), text.size());
  const auto expected = twicetold::TokenizeOneByOne(view);
  for (const auto tier : twicetold::RunnableKernelTiers()) {
    const auto& kernels = twicetold::TextKernelsOf(tier);
    twicetold::StemmedTokens stemmed;
    twicetold::TokenizeStemsWith(kernels, view, &stemmed);
    FUZZ_CHECK(stemmed.tokens.hashes == expected.tokens.hashes);
    FUZZ_CHECK(stemmed.tokens.ranges == expected.tokens.ranges);
    FUZZ_CHECK(stemmed.stems == expected.stems);
    FUZZ_CHECK(stemmed.lone == expected.lone);
    std::vector<uint64_t> hashes;
    twicetold::TokenHashesWith(kernels, view, &hashes);
    FUZZ_CHECK(hashes == expected.tokens.hashes);
  }
  return 0;
}
