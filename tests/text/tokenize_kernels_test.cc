// SPDX-License-Identifier: Apache-2.0
//
// The tokenizer by every kernel that this machine can run against the one that
// takes a character at a time, which tokenize_oracle_test.cc holds against a
// slower one. The texts here are long and mixed: what matters is where blocks
// and pieces begin and end.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/base/kernel_tier.h"
#include "twicetold/base/utf8.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize_with.h"

namespace twicetold {
namespace {

// A copy that ends where its memory does and begins `shift` bytes after a
// multiple of 64, so that a sanitizer sees what is read beyond.
class Shifted {
 public:
  Shifted(std::string_view text, size_t shift)
      : bytes_(std::make_unique<char[]>(text.size() + shift)),
        text_(bytes_.get() + shift, text.size()) {
    std::copy(text.begin(), text.end(), bytes_.get() + shift);
  }
  std::string_view text() const { return text_; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::string_view text_;
};

class TokenizeKernelsTest : public ::testing::TestWithParam<KernelTier> {
 protected:
  const TextKernels& kernels() const { return TextKernelsOf(GetParam()); }

  // Says by its return value whether to go on.
  bool Agrees(std::string_view text) const {
    const StemmedTokens expected = TokenizeOneByOne(text);
    StemmedTokens stemmed = {.tokens = {.hashes = {1, 2, 3}, .ranges = {{}}},
                             .stems = {4},
                             .lone = {1}};
    TokenizeStemsWith(kernels(), text, &stemmed);
    EXPECT_EQ(stemmed.tokens.hashes, expected.tokens.hashes);
    EXPECT_TRUE(stemmed.tokens.ranges == expected.tokens.ranges);
    EXPECT_EQ(stemmed.stems, expected.stems);
    EXPECT_EQ(stemmed.lone, expected.lone);
    const Tokens tokens = TokenizeWith(kernels(), text);
    EXPECT_EQ(tokens.hashes, expected.tokens.hashes);
    EXPECT_TRUE(tokens.ranges == expected.tokens.ranges);
    std::vector<uint64_t> hashes = {1, 2, 3};
    TokenHashesWith(kernels(), text, &hashes);
    EXPECT_EQ(hashes, expected.tokens.hashes);
    if (HasFailure()) ADD_FAILURE() << "the text: " << text.substr(0, 5'000);
    return !HasFailure();
  }
};

INSTANTIATE_TEST_SUITE_P(AllTiers, TokenizeKernelsTest,
                         ::testing::ValuesIn(RunnableKernelTiers()),
                         [](const auto& tier) {
                           return std::string(KernelTierName(tier.param));
                         });

std::string Utf8(char32_t c) {
  char bytes[kMaxUtf8Bytes];
  return std::string(bytes, EncodeUtf8(c, bytes));
}

// What a text is made of: parts, each as likely as the others.
using Parts = std::vector<std::string>;

void AddRange(char32_t first, char32_t last, Parts* parts) {
  for (char32_t c = first; c <= last; ++c) parts->push_back(Utf8(c));
}

Parts Repeated(const Parts& parts, size_t times) {
  Parts all;
  for (size_t i = 0; i < times; ++i) {
    all.insert(all.end(), parts.begin(), parts.end());
  }
  return all;
}

Parts operator+(Parts a, const Parts& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const Parts& Ascii() {
  static const auto* const kParts = [] {
    auto* parts = new Parts;
    AddRange(0, 0x7f, parts);
    AddRange('a', 'z', parts);
    AddRange('a', 'z', parts);
    for (int i = 0; i < 25; ++i) parts->push_back(" ");
    for (int i = 0; i < 10; ++i) parts->push_back("'");
    return parts;
  }();
  return *kParts;
}

std::vector<Parts> AllParts() {
  const Parts bad = {"\x80",         "\xbf",        "\xc0", "\xc3",
                     "\xd0",         "\xe2",        "\xff", "\xe2\x80",
                     "\xf0\x9f\x98", "\xed\xa0\x80"};
  const Parts marks = {"\u0301", "\u0323", "\u0327", "\u064b", "\u0651",
                       "\u05b0", "\u093c", "\u3099", "\u00ad", "\u200d"};
  const Parts punctuation = {"\u2018", "\u2019", "\u201c", "\u201d",
                             "\u2013", "\u2026", "\u00ab", "\u00bb",
                             "\u00a0", "\u060c", "\u3002", "\uff0c"};
  Parts latin, cyrillic, arabic, han, kana, planes, all;
  AddRange(0x80, 0x24f, &latin);
  AddRange(0x400, 0x4ff, &cyrillic);
  AddRange(0x600, 0x6ff, &arabic);
  AddRange(0x4df0, 0x4e80, &han);
  AddRange(0x9fa0, 0xa010, &han);
  AddRange(0x3000, 0x30ff, &kana);
  AddRange(0xe00, 0xeff, &kana);
  AddRange(0x80, 0x7ff, &all);
  AddRange(0x1e00, 0x20ff, &all);
  AddRange(0xac00, 0xac40, &all);
  AddRange(0xfdf0, 0xffff, &all);
  AddRange(0x1d400, 0x1d440, &planes);
  const Parts spaces(10, " ");
  return {
      Ascii(),
      Ascii() + latin,
      Ascii() + punctuation,
      Repeated(Ascii(), 20) + latin + punctuation,
      cyrillic + spaces + spaces,
      cyrillic + Ascii() + punctuation + Repeated(marks, 2),
      arabic + spaces + marks + spaces,
      han,
      han + kana + marks + punctuation,
      han + Ascii(),
      all + spaces,
      all + planes + Ascii() + bad + marks,
      Repeated(bad, 4) + Ascii(),
      cyrillic + Repeated(bad, 3) + spaces,
      Repeated(marks, 10) + Parts{"a", "\u0430", " "},
      // Long words.
      Parts{"a", "b", "C", "'"},
      Repeated(cyrillic, 3) + Parts{" "},
      Repeated(latin, 3) + Parts{" "},
  };
}

std::string RandomText(const Parts& parts, size_t bytes, std::mt19937* random) {
  std::string text;
  while (text.size() < bytes) text += parts[(*random)() % parts.size()];
  text.resize(bytes);
  return text;
}

TEST_P(TokenizeKernelsTest, EveryLengthUpTo300) {
  std::mt19937 random(21);
  for (const Parts& parts : AllParts()) {
    for (size_t bytes = 0; bytes <= 300; ++bytes) {
      const Shifted text(RandomText(parts, bytes, &random), random() % 64);
      if (!Agrees(text.text())) return;
    }
  }
}

TEST_P(TokenizeKernelsTest, EveryAlignment) {
  std::mt19937 random(22);
  for (const Parts& parts : AllParts()) {
    const std::string text = RandomText(parts, 200, &random);
    for (size_t shift = 0; shift < 64; ++shift) {
      if (!Agrees(Shifted(text, shift).text())) return;
      if (!Agrees(std::string(shift, ' ') + text)) return;
      if (!Agrees(std::string(shift, 'x') + text)) return;
    }
  }
}

TEST_P(TokenizeKernelsTest, AroundTheEndsOfPieces) {
  std::mt19937 random(23);
  for (const Parts& parts : AllParts()) {
    for (size_t pieces = 1; pieces <= 3; ++pieces) {
      for (int i = 0; i < 20; ++i) {
        const size_t bytes = pieces * kPieceBytes - 70 + random() % 140;
        const Shifted text(RandomText(parts, bytes, &random), random() % 64);
        if (!Agrees(text.text())) return;
      }
      const Shifted text(RandomText(parts, pieces * kPieceBytes, &random), 0);
      if (!Agrees(text.text())) return;
    }
  }
}

// Every part across every border of bytes near the end of a piece.
TEST_P(TokenizeKernelsTest, PartsAcrossTheEndOfAPiece) {
  const Parts parts = {"'",      "a'b",    "a''b",        "\u0436",
                       "\u00fc", "\u2019", "a\u2019b",    "\u4e00\u4e01",
                       "\u00ab", "\u201c", "a\u0301",     "\u0436\u0301",
                       "\xd0",   "\xe2",   "\xe2\x80",    "\u00ad",
                       "\u0439", "A",      "\U0001d400x", "\u30ff"};
  for (const std::string& part : parts) {
    for (const std::string before : {" ", "a", "'", "\u0436", "\u4e00"}) {
      for (const std::string after : {"", " ", "a", "'", "\u0436", "\u4e00"}) {
        for (size_t back = 0; back <= 5; ++back) {
          std::string text(kPieceBytes - before.size() - back, ' ');
          text += before + part + after + " end";
          if (!Agrees(text)) return;
        }
      }
    }
  }
}

TEST_P(TokenizeKernelsTest, LongMixedTexts) {
  std::mt19937 random(24);
  const std::vector<Parts> all = AllParts();
  for (int i = 0; i < 60; ++i) {
    std::string text;
    while (text.size() < 40'000) {
      text +=
          RandomText(all[random() % all.size()],
                     1 + random() % (random() % 8 == 0 ? 9'000 : 300), &random);
    }
    if (!Agrees(Shifted(text, random() % 64).text())) return;
  }
}

TEST_P(TokenizeKernelsTest, WordsOfAnyLength) {
  for (const std::string letter :
       {"a", "Z", "\u0436", "\u0416", "\u00fc", "\u0915", "\u00df", "a'"}) {
    std::string word;
    for (size_t letters = 1; letters <= 300; ++letters) {
      word += letter;
      if (!Agrees("one " + word + " two " + word + ". " + word)) return;
    }
    while (word.size() < 3 * kPieceBytes) word += word;
    for (size_t cut = 0; cut < 5; ++cut) {
      if (!Agrees(word.substr(0, word.size() - cut))) return;
      if (!Agrees("x " + word.substr(cut) + " y")) return;
    }
  }
}

// What takes the most room when it is folded.
TEST_P(TokenizeKernelsTest, FoldsThatGrow) {
  for (const std::string part :
       {"\ufdfa", "\u3300", "\u0390", "\u1fb7", "\uac01", "\u33c2"}) {
    std::string text;
    while (text.size() < 3 * kPieceBytes) text += part;
    if (!Agrees(text)) return;
    std::string spaced;
    while (spaced.size() < 3 * kPieceBytes) spaced += part + " ";
    if (!Agrees(spaced)) return;
  }
}

// More marks on a letter than are ever put in order together.
TEST_P(TokenizeKernelsTest, VeryManyMarks) {
  std::mt19937 random(25);
  const Parts marks = {"\u0301", "\u0323", "\u0327", "\u0345"};
  for (const size_t count : {100u, 255u, 256u, 257u, 1'023u, 1'025u, 3'000u}) {
    std::string text = "a \u00fc";
    for (size_t i = 0; i < count; ++i) text += marks[random() % marks.size()];
    if (!Agrees(text + " b")) return;
    if (!Agrees(text + "\u00fcber b")) return;
  }
}

TEST(TextKernelsTest, AllTiersClassifyAsciiAlike) {
  std::mt19937 random(26);
  for (size_t bytes = 0; bytes <= 300; ++bytes) {
    const std::string text = RandomText(Ascii(), bytes, &random);
    const Shifted shifted(text, random() % 64);
    const size_t blocks = bytes / kBlockBytes + 1;
    for (const KernelTier tier : RunnableKernelTiers()) {
      std::vector<char> folded(blocks * kBlockBytes);
      std::vector<BlockMasks> masks(blocks);
      TextKernelsOf(tier).classify(shifted.text().data(), bytes, blocks,
                                   folded.data(), masks.data());
      for (size_t i = 0; i < blocks * kBlockBytes; ++i) {
        const char c = i < bytes ? text[i] : '\0';
        const bool upper = c >= 'A' && c <= 'Z';
        const bool word =
            upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const BlockMasks& block = masks[i / kBlockBytes];
        const size_t bit = i % kBlockBytes;
        ASSERT_EQ(block.word >> bit & 1, word ? 1u : 0u);
        ASSERT_EQ(block.apostrophe >> bit & 1, c == '\'' ? 1u : 0u);
        ASSERT_EQ(block.high >> bit & 1, 0u);
        if (word || c == '\'') {
          ASSERT_EQ(folded[i], upper ? static_cast<char>(c + 32) : c);
        }
      }
    }
  }
}

// The combining class of what a fold holds is in its entry, on which keys in
// place depend.
TEST(CharInfoTest, FoldsHoldTheirCombiningClass) {
  for (char32_t c = 0; c < unicode_tables::kCodePoints; ++c) {
    const CharInfo info = GetCharInfo(c);
    if (info.fold_kind() != CharInfo::FoldKind::kPool) continue;
    for (uint32_t i = 0; i < info.pool_size(); ++i) {
      const FoldedChar f =
          FoldedChar::FromBits(unicode_tables::kPool[info.pool_begin() + i]);
      const CharInfo again = GetCharInfo(f.code_point());
      const bool self = again.fold_kind() == CharInfo::FoldKind::kSelf;
      ASSERT_EQ(self ? again.combining_class() : 0, f.combining_class())
          << std::hex << uint32_t{c};
    }
  }
}

}  // namespace
}  // namespace twicetold
