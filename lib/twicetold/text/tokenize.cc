// SPDX-License-Identifier: Apache-2.0
#include "twicetold/text/tokenize.h"

#include <algorithm>
#include <cstddef>

#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/piece_tokenizer.h"
#include "twicetold/text/scanner.h"
#include "twicetold/text/token_key.h"
#include "twicetold/text/tokenize_with.h"

namespace twicetold {
namespace {

const TextKernels& ChosenTextKernels() {
  return TextKernelsOf(ChosenKernelTier());
}

// The sink of TokenizeOneByOne.
struct StemSink {
  StemmedTokens* stemmed;

  void Add(KeyBuilder* key, bool lone, size_t begin, size_t end) {
    stemmed->stems.push_back(key->HashStem(kStemLetters));
    stemmed->lone.push_back(lone ? 1 : 0);
    stemmed->tokens.hashes.push_back(key->Finish());
    stemmed->tokens.ranges.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
};

}  // namespace

void TokenHashesWith(const TextKernels& kernels, std::string_view utf8,
                     std::vector<uint64_t>* hashes) {
  PieceTokenizer<Wanted::kHashes>(kernels, utf8, {.hashes = hashes}).Run();
}

Tokens TokenizeWith(const TextKernels& kernels, std::string_view utf8) {
  Tokens tokens;
  PieceTokenizer<Wanted::kRanges>(
      kernels, utf8, {.hashes = &tokens.hashes, .ranges = &tokens.ranges})
      .Run();
  return tokens;
}

void TokenizeStemsWith(const TextKernels& kernels, std::string_view utf8,
                       StemmedTokens* stemmed) {
  stemmed->tokens.hashes.clear();
  stemmed->tokens.ranges.clear();
  stemmed->stems.clear();
  stemmed->lone.clear();
  PieceTokenizer<Wanted::kStems>(kernels, utf8,
                                 {.hashes = &stemmed->tokens.hashes,
                                  .ranges = &stemmed->tokens.ranges,
                                  .stems = &stemmed->stems,
                                  .lone = &stemmed->lone})
      .Run();
}

StemmedTokens TokenizeOneByOne(std::string_view utf8) {
  StemmedTokens stemmed;
  KeyBuilder key;
  StemSink sink{&stemmed};
  Scanner(utf8, &key, &sink).Run(0, utf8.size());
  return stemmed;
}

Tokens Tokenize(std::string_view utf8) {
  return TokenizeWith(ChosenTextKernels(), utf8);
}

void TokenHashes(std::string_view utf8, std::vector<uint64_t>* hashes) {
  TokenHashesWith(ChosenTextKernels(), utf8, hashes);
}

StemmedTokens TokenizeWithStems(std::string_view utf8) {
  StemmedTokens stemmed;
  TokenizeWithStems(utf8, &stemmed);
  return stemmed;
}

void TokenizeWithStems(std::string_view utf8, StemmedTokens* stemmed) {
  TokenizeStemsWith(ChosenTextKernels(), utf8, stemmed);
}

uint64_t HashToken(std::string_view key) {
  if (key.size() <= kShortKey) {
    uint64_t low_high[2] = {};
    std::copy(key.begin(), key.end(), reinterpret_cast<char*>(low_high));
    return HashShortKey(low_high[0], low_high[1]);
  }
  uint64_t hash = 0;
  for (; !key.empty(); key.remove_prefix(std::min(key.size(), kKeyBlock))) {
    hash = HashBytes(key.substr(0, kKeyBlock), hash);
  }
  return hash;
}

std::string_view UnicodeVersion() { return unicode_tables::kVersion; }

}  // namespace twicetold
