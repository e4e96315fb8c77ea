// SPDX-License-Identifier: Apache-2.0
//
// The tokenizer against the slow one in tests/testing/oracle_tokenizer.h.
#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/oracle_tokenizer.h"
#include "twicetold/base/utf8.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/fold.h"
#include "twicetold/text/tokenize.h"
#include "twicetold/text/tokenize_with.h"

namespace twicetold {
namespace {

using ::twicetold::testing::IcuFold;
using ::twicetold::testing::IcuNfc;
using ::twicetold::testing::IcuNfd;
using ::twicetold::testing::OracleToken;
using ::twicetold::testing::OracleTokenize;

std::string Utf8(char32_t c) {
  char bytes[kMaxUtf8Bytes];
  return std::string(bytes, EncodeUtf8(c, bytes));
}

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::vector<uint64_t> Hashes(std::string_view text) {
  std::vector<uint64_t> hashes;
  TokenHashes(text, &hashes);
  return hashes;
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte < 0x7f) {
      out += c;
    } else {
      out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

// All tokenizers on `text`. Says by its return value whether to go on, so
// that a mistake does not fail a million times.
bool Agrees(std::string_view text) {
  Tokens expected;
  for (const OracleToken& token : OracleTokenize(text)) {
    expected.hashes.push_back(HashToken(token.key));
    expected.ranges.push_back(token.range);
  }
  const Tokens actual = Tokenize(text);
  EXPECT_EQ(actual.hashes, expected.hashes) << Escaped(text);
  EXPECT_EQ(actual.ranges == expected.ranges, true) << Escaped(text);
  EXPECT_EQ(Hashes(text), actual.hashes) << Escaped(text);
  const Tokens one_by_one = TokenizeOneByOne(text).tokens;
  EXPECT_EQ(one_by_one.hashes, expected.hashes) << Escaped(text);
  EXPECT_EQ(one_by_one.ranges == expected.ranges, true) << Escaped(text);
  return !::testing::Test::HasFailure();
}

// Calls `check(c)` for every code point but the surrogates, while it is true.
// In planes 4 to 13, where nothing is assigned, only for one in `in_empty`.
template <typename Check>
void ForEveryCodePoint(Check check, char32_t in_empty = 1) {
  for (char32_t c = 0; c < unicode_tables::kCodePoints;) {
    if (!check(c)) return;
    c += c >= 0x40000 && c < 0xdff00 ? in_empty : 1;
    if (c == 0xd800) c = 0xe000;
  }
}

constexpr char32_t kFewInEmpty = 251;

// All strings of `length` parts, each one of `parts`.
template <typename Check>
void ForEveryString(const std::vector<std::string>& parts, size_t length,
                    Check check) {
  std::vector<size_t> digits(length);
  while (true) {
    std::string text;
    for (const size_t digit : digits) text += parts[digit];
    if (!check(text)) return;
    size_t i = 0;
    while (i < length && ++digits[i] == parts.size()) digits[i++] = 0;
    if (i == length) return;
  }
}

TEST(UnicodeTablesTest, AreOfTheVersionOfTheIcuInUse) {
  EXPECT_EQ(UnicodeVersion(), U_UNICODE_VERSION);
}

TEST(FoldTest, EqualsIcuOnEveryCodePoint) {
  ForEveryCodePoint([](char32_t c) {
    const CharInfo info = GetCharInfo(c);
    if (info.char_class() == CharClass::kApostrophe) return true;
    std::string fold;
    ForEachFolded(c, info, [&](FoldedChar f) {
      fold += Utf8(f.code_point());
      EXPECT_EQ(f.combining_class(),
                u_getCombiningClass(static_cast<UChar32>(f.code_point())));
    });
    EXPECT_EQ(fold, IcuFold(Utf8(c))) << "U+" << std::hex << uint32_t{c};
    return !::testing::Test::HasFailure();
  });
}

TEST(FoldTest, LettersThatStandAloneFoldToNothingOfWords) {
  ForEveryCodePoint([](char32_t c) {
    const CharInfo info = GetCharInfo(c);
    if (info.char_class() != CharClass::kLone) return true;
    ForEachFolded(c, info, [&](FoldedChar f) {
      const CharClass part = GetCharInfo(f.code_point()).char_class();
      EXPECT_TRUE(part == CharClass::kLone || part == CharClass::kMark ||
                  part == CharClass::kOther)
          << "U+" << std::hex << uint32_t{c} << " " << uint32_t{f.code_point()};
    });
    return true;
  });
}

TEST(TokenizeOracleTest, EveryCodePoint) {
  ForEveryCodePoint([](char32_t c) { return Agrees(Utf8(c)); });
}

TEST(TokenizeOracleTest, EveryCodePointBetweenLetters) {
  ForEveryCodePoint(
      [](char32_t c) {
        const std::string it = Utf8(c);
        return Agrees(Join({"a", it, "b", it, "\u0e01", it, it}));
      },
      kFewInEmpty);
}

TEST(TokenizeOracleTest, EveryCodePointNextToApostrophesAndMarks) {
  ForEveryCodePoint(
      [](char32_t c) {
        const std::string it = Utf8(c);
        return Agrees(
            Join({"a'", it, "'b\u2019", it, "\u0301\u0323", it, "\u0316"}));
      },
      kFewInEmpty);
}

// Canonically equivalent spellings have the same tokens.
TEST(TokenizeOracleTest, NormalFormsOfEveryCodePointAreTheSame) {
  ForEveryCodePoint(
      [](char32_t c) {
        const std::string it = Utf8(c);
        const std::string text = Join({"\u0e01", it, "a", it});
        EXPECT_EQ(Hashes(IcuNfc(text)), Hashes(text)) << Escaped(text);
        EXPECT_EQ(Hashes(IcuNfd(text)), Hashes(text)) << Escaped(text);
        return !::testing::Test::HasFailure();
      },
      kFewInEmpty);
}

// One or more of every kind of character, and the neighbours of every border
// in the rules.
const std::vector<std::string>& Interesting() {
  static const auto* const kInteresting =
      new std::vector<std::string>{"a",
                                   "Z",
                                   "0",
                                   "_",
                                   " ",
                                   "'",
                                   "-",
                                   ".",
                                   "\n",
                                   std::string(1, '\0'),
                                   "\u00e9",
                                   "\u00c9",
                                   "\u0130",
                                   "\u0131",
                                   "\u00df",
                                   "\u1e9e",
                                   "\ufb01",
                                   "\uff21",
                                   "\uff07",
                                   "\u2018",
                                   "\u2019",
                                   "\u02bb",
                                   "\u02bc",
                                   "\u0149",
                                   "\u00b4",
                                   "\u00ad",
                                   "\u034f",
                                   "\u0300",
                                   "\u0301",
                                   "\u0323",
                                   "\u0327",
                                   "\u0345",
                                   "\u0344",
                                   "\u0340",
                                   "\u20dd",
                                   "\u093c",
                                   "\u0915",
                                   "\u094d",
                                   "\u0903",
                                   "\u0958",
                                   "\u0640",
                                   "\u064b",
                                   "\u0651",
                                   "\u0600",
                                   "\u06dd",
                                   "\u070f",
                                   "\ufefb",
                                   "\u05d0",
                                   "\u05f3",
                                   "\u0e01",
                                   "\u0e33",
                                   "\u0e34",
                                   "\u0e49",
                                   "\u0e51",
                                   "\u0e81",
                                   "\u0eb3",
                                   "\u0edc",
                                   "\u1780",
                                   "\u17d2",
                                   "\u17b4",
                                   "\u1000",
                                   "\u1026",
                                   "\u102e",
                                   "\u1040",
                                   "\u4e00",
                                   "\u3005",
                                   "\u3007",
                                   "\u3021",
                                   "\u3038",
                                   "\u3041",
                                   "\u304b",
                                   "\u3099",
                                   "\u309b",
                                   "\u309f",
                                   "\u30ac",
                                   "\u30fb",
                                   "\u30fc",
                                   "\u30ff",
                                   "\u3131",
                                   "\u3164",
                                   "\u3192",
                                   "\u3220",
                                   "\u3300",
                                   "\uff76",
                                   "\uff70",
                                   "\uff9e",
                                   "\uff9f",
                                   "\uffa0",
                                   "\uf900",
                                   "\u1100",
                                   "\u1161",
                                   "\u11a8",
                                   "\u1160",
                                   "\uac00",
                                   "\uac01",
                                   "\u200b",
                                   "\u200c",
                                   "\u200d",
                                   "\u200e",
                                   "\u2060",
                                   "\ufeff",
                                   "\ufe0f",
                                   "\u2122",
                                   "\u2460",
                                   "\u00bd",
                                   "\u2167",
                                   "\u037a",
                                   "\ufffd",
                                   "\ue000",
                                   "\U0001f600",
                                   "\U0001f3fd",
                                   "\U0001d15e",
                                   "\U0001d400",
                                   "\U00020000",
                                   "\U0002f800",
                                   "\U000110bd",
                                   "\U000e0041",
                                   "\U000e0100",
                                   "\U0010ffff",
                                   "\x80",
                                   "\xc0",
                                   "\xc3",
                                   "\xe2\x80",
                                   "\xed\xa0\x80",
                                   "\xf0\x9f\x98",
                                   "\xff"};
  return *kInteresting;
}

TEST(TokenizeOracleTest, PairsOfInterestingCharacters) {
  ForEveryString(Interesting(), 2, [](const std::string& text) {
    return Agrees(text) && Agrees(Join({"x", text, "y"}));
  });
}

TEST(TokenizeOracleTest, ShortStringsOverASmallAlphabet) {
  const std::vector<std::string> alphabet = {
      "a",      "B",      "7",      "'",      "\u2019", " ",   "\u00e9",
      "\u0301", "\u0e01", "\u0e33", "\u4e00", "\u00ad", "\xc3"};
  for (size_t length = 0; length <= 5; ++length) {
    ForEveryString(alphabet, length, Agrees);
  }
}

TEST(TokenizeOracleTest, LongerStringsOverASmallerAlphabet) {
  const std::vector<std::string> alphabet = {"a",      "'",      "\u2019", " ",
                                             "\u0301", "\u0e33", "\u00ad"};
  ForEveryString(alphabet, 6, Agrees);
}

// Runs of ASCII with an odd character now and then, where one way of reading
// hands over to the other; words on both sides of 8 and 16 bytes.
TEST(TokenizeOracleTest, RandomWordsOfAscii) {
  std::mt19937 random(11);
  const std::string_view letters = "aAzZ09mM'_ -";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const size_t words = random() % 6;
    for (size_t w = 0; w < words; ++w) {
      const size_t length = random() % 20;
      for (size_t j = 0; j < length; ++j) {
        text += letters[random() % (random() % 4 == 0 ? letters.size() : 8)];
      }
      if (random() % 3 == 0) {
        text += Interesting()[random() % Interesting().size()];
      } else {
        text += ' ';
      }
    }
    if (!Agrees(text)) return;
  }
}

TEST(TokenizeOracleTest, RandomInterestingCharacters) {
  std::mt19937 random(12);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const size_t length = random() % 16;
    for (size_t j = 0; j < length; ++j) {
      text += Interesting()[random() % Interesting().size()];
    }
    if (!Agrees(text)) return;
  }
}

TEST(TokenizeOracleTest, RandomMarks) {
  std::vector<std::string> parts = {"a", "\u00e5", "\uac00"};
  ForEveryCodePoint([&](char32_t c) {
    const CharInfo info = GetCharInfo(c);
    if (info.char_class() == CharClass::kMark) parts.push_back(Utf8(c));
    return true;
  });
  std::mt19937 random(13);
  for (int i = 0; i < 20000; ++i) {
    std::string text = "x";
    const size_t length = random() % 12;
    for (size_t j = 0; j < length; ++j) {
      text += parts[random() % 8 == 0 ? random() % 3 : random() % parts.size()];
    }
    if (!Agrees(text)) return;
  }
}

TEST(TokenizeOracleTest, RandomCodePoints) {
  std::mt19937 random(14);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const size_t length = random() % 12;
    for (size_t j = 0; j < length; ++j) {
      // Most of what is assigned lies low.
      char32_t c = random() % (random() % 4 == 0 ? 0x110000 : 0x3200);
      if (c >= 0xd800 && c <= 0xdfff) c = 'a';
      text += Utf8(c);
    }
    if (!Agrees(text)) return;
  }
}

TEST(TokenizeOracleTest, RandomBytes) {
  std::mt19937 random(15);
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    const size_t length = random() % 24;
    for (size_t j = 0; j < length; ++j) {
      text += static_cast<char>(random() % 2 == 0 ? random() : 'a');
    }
    if (!Agrees(text)) return;
  }
}

}  // namespace
}  // namespace twicetold
