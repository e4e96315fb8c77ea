// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/base/utf8.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using std::string_literals::operator""s;

constexpr Encoding kWithByteOrderMark[] = {
    Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be, Encoding::kUtf32Le,
    Encoding::kUtf32Be};

// The characters of a valid UTF-8 text.
std::u32string Characters(std::string_view utf8) {
  std::u32string characters;
  while (!utf8.empty()) {
    const Utf8Char c = DecodeUtf8(utf8.data(), utf8.size());
    characters += c.code_point;
    utf8.remove_prefix(c.length);
  }
  return characters;
}

std::string Number(uint32_t value, size_t bytes, bool big_endian) {
  std::string out;
  for (size_t i = 0; i < bytes; ++i) {
    out += static_cast<char>(value >> 8 * i);
  }
  if (big_endian) std::reverse(out.begin(), out.end());
  return out;
}

std::string Encode(Encoding encoding, char32_t c) {
  const bool big =
      encoding == Encoding::kUtf16Be || encoding == Encoding::kUtf32Be;
  switch (encoding) {
    case Encoding::kUtf8: {
      char bytes[kMaxUtf8Bytes];
      return std::string(bytes, EncodeUtf8(c, bytes));
    }
    case Encoding::kUtf32Le:
    case Encoding::kUtf32Be:
      return Number(c, 4, big);
    default:
      if (c < 0x10000) return Number(c, 2, big);
      return Number(0xd7c0 + (c >> 10), 2, big) +
             Number(0xdc00 + (c & 0x3ff), 2, big);
  }
}

// `utf8` in `encoding`, after a byte order mark.
std::string Encode(Encoding encoding, std::string_view utf8) {
  std::string out = Encode(encoding, U'\ufeff');
  for (const char32_t c : Characters(utf8)) out += Encode(encoding, c);
  return out;
}

std::string DecodedUtf8(std::string_view bytes) {
  std::string storage;
  return std::string(Decode(bytes, &storage).utf8);
}

// The source bytes of every token.
std::vector<std::string> SourceWords(std::string_view bytes) {
  std::string storage;
  const DecodedText text = Decode(bytes, &storage);
  Tokens tokens = Tokenize(text.utf8);
  MapToSource(text, tokens.ranges);
  std::vector<std::string> words;
  for (const ByteRange& range : tokens.ranges) {
    words.emplace_back(bytes.substr(range.begin, range.end - range.begin));
  }
  return words;
}

TEST(EncodingNameTest, NamesAreThoseOfTheResult) {
  EXPECT_EQ(EncodingName(Encoding::kUtf8), "utf-8");
  EXPECT_EQ(EncodingName(Encoding::kUtf16Le), "utf-16le");
  EXPECT_EQ(EncodingName(Encoding::kUtf16Be), "utf-16be");
  EXPECT_EQ(EncodingName(Encoding::kUtf32Le), "utf-32le");
  EXPECT_EQ(EncodingName(Encoding::kUtf32Be), "utf-32be");
  EXPECT_EQ(EncodingName(Encoding::kWindows1252), "windows-1252");
}

TEST(FindBinaryTest, ANulMeansBinaryUnlessThereIsAByteOrderMark) {
  EXPECT_EQ(FindBinary(""), std::nullopt);
  EXPECT_EQ(FindBinary("text"), std::nullopt);
  EXPECT_EQ(FindBinary("\xff\xfe"), std::nullopt);
  EXPECT_EQ(FindBinary("\0"s), 0u);
  EXPECT_EQ(FindBinary("text\0more\0"s), 4u);
  EXPECT_EQ(FindBinary("\xff\0\xfe"s), 1u);
  for (const Encoding encoding : kWithByteOrderMark) {
    EXPECT_EQ(FindBinary(Encode(encoding, "a\0b"s)), std::nullopt)
        << EncodingName(encoding);
  }
}

TEST(DecodeTest, Utf8IsNotCopied) {
  const std::string bytes = "na\u00efve";
  std::string storage = "untouched";
  const DecodedText text = Decode(bytes, &storage);
  EXPECT_EQ(text.encoding, Encoding::kUtf8);
  EXPECT_EQ(text.bom_bytes, 0u);
  EXPECT_EQ(text.bad_bytes, 0u);
  EXPECT_EQ(text.utf8.data(), bytes.data());
  EXPECT_EQ(text.utf8.size(), bytes.size());
  EXPECT_EQ(text.source.data(), bytes.data());
  EXPECT_EQ(storage, "untouched");
}

TEST(DecodeTest, TheEmptyTextIsUtf8) {
  std::string storage;
  const DecodedText text = Decode("", &storage);
  EXPECT_EQ(text.encoding, Encoding::kUtf8);
  EXPECT_EQ(text.utf8, "");
}

TEST(DecodeTest, ByteOrderMarksDecide) {
  const std::string plain = "Zo\u00eb \u6f22 \U0001d538\U00020000 \uffff\ufffd";
  for (const Encoding encoding : kWithByteOrderMark) {
    const std::string bytes = Encode(encoding, plain);
    std::string storage;
    const DecodedText text = Decode(bytes, &storage);
    EXPECT_EQ(text.encoding, encoding) << EncodingName(encoding);
    EXPECT_EQ(text.utf8, plain) << EncodingName(encoding);
    EXPECT_EQ(text.bad_bytes, 0u) << EncodingName(encoding);
    EXPECT_EQ(text.bom_bytes, Encode(encoding, U'\ufeff').size());
    EXPECT_EQ(text.source, bytes);
  }
}

TEST(DecodeTest, AByteOrderMarkAloneIsAnEmptyText) {
  for (const Encoding encoding : kWithByteOrderMark) {
    const std::string bytes = Encode(encoding, "");
    std::string storage = "old";
    const DecodedText text = Decode(bytes, &storage);
    EXPECT_EQ(text.encoding, encoding);
    EXPECT_EQ(text.utf8, "");
  }
}

TEST(DecodeTest, AByteOrderMarkSaysUtf8HoweverBadTheRest) {
  const std::string bytes = "\xef\xbb\xbf\xff\xff";
  std::string storage;
  const DecodedText text = Decode(bytes, &storage);
  EXPECT_EQ(text.encoding, Encoding::kUtf8);
  EXPECT_EQ(text.bad_bytes, 2u);
  EXPECT_EQ(text.utf8, "\xff\xff");
}

TEST(DecodeTest, NinetyNineInAHundredMustBeValid) {
  const auto mix = [](size_t sequences, size_t bad) {
    std::string bytes = "some plain text that counts for nothing";
    for (size_t i = 0; i < sequences; ++i) bytes += "\u20ac";
    for (size_t i = 0; i < bad; ++i) bytes += "\xff ";
    return bytes;
  };
  std::string storage;
  for (const size_t bad : {1u, 2u, 7u}) {
    const DecodedText enough = Decode(mix(99 * bad, bad), &storage);
    EXPECT_EQ(enough.encoding, Encoding::kUtf8);
    EXPECT_EQ(enough.bad_bytes, bad);
    const DecodedText less = Decode(mix(99 * bad - 1, bad), &storage);
    EXPECT_EQ(less.encoding, Encoding::kWindows1252);
    EXPECT_EQ(less.bad_bytes, 0u);
  }
}

TEST(DecodeTest, Windows1252IsAsInTheEncodingStandard) {
  std::string bytes;
  for (int i = 1; i < 256; ++i) bytes += static_cast<char>(i);
  std::u32string expected;
  for (char32_t c = 1; c < 0x80; ++c) expected += c;
  expected +=
      U"\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021"
      U"\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
      U"\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014"
      U"\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";
  for (char32_t c = 0xa0; c < 0x100; ++c) expected += c;
  std::string storage;
  const DecodedText text = Decode(bytes, &storage);
  ASSERT_EQ(text.encoding, Encoding::kWindows1252);
  EXPECT_EQ(Characters(text.utf8), expected);
  EXPECT_EQ(text.bad_bytes, 0u);
}

TEST(DecodeTest, Windows1252WordsMapToTheirBytes) {
  EXPECT_THAT(SourceWords("caf\xe9 \x80 d\x92"
                          "accord"),
              ElementsAre("caf\xe9",
                          "d\x92"
                          "accord"));
}

TEST(DecodeTest, LoneSurrogatesAreBad) {
  const std::string high = "\x3d\xd8", low = "\x00\xde"s, a = "a\0"s;
  const auto decode = [](const std::string& body) {
    const std::string bytes = "\xff\xfe" + body;
    std::string storage;
    const DecodedText text = Decode(bytes, &storage);
    EXPECT_EQ(text.encoding, Encoding::kUtf16Le);
    return std::pair(std::string(text.utf8), text.bad_bytes);
  };
  EXPECT_EQ(decode(high + low), std::pair("\U0001f600"s, 0ul));
  EXPECT_EQ(decode(high + a), std::pair("\ufffda"s, 2ul));
  EXPECT_EQ(decode(a + low + a), std::pair("a\ufffda"s, 2ul));
  EXPECT_EQ(decode(low + high), std::pair("\ufffd\ufffd"s, 4ul));
  EXPECT_EQ(decode(high + high + low), std::pair("\ufffd\U0001f600"s, 2ul));
  EXPECT_EQ(decode(a + high), std::pair("a\ufffd"s, 2ul));
  EXPECT_EQ(decode(a + high + "\0"s), std::pair("a\ufffd\ufffd"s, 3ul));
  EXPECT_EQ(decode(a + "a"), std::pair("a\ufffd"s, 1ul));
}

TEST(DecodeTest, WhatIsNoCharacterOfUtf32IsBad) {
  const auto decode = [](const std::string& body) {
    const std::string bytes = "\0\0\xfe\xff"s + body;
    std::string storage;
    const DecodedText text = Decode(bytes, &storage);
    EXPECT_EQ(text.encoding, Encoding::kUtf32Be);
    return std::pair(std::string(text.utf8), text.bad_bytes);
  };
  EXPECT_EQ(decode("\0\x10\xff\xff"s), std::pair("\U0010ffff"s, 0ul));
  EXPECT_EQ(decode("\0\x11\0\0"s), std::pair("\ufffd"s, 4ul));
  EXPECT_EQ(decode("\xff\0\0\0"s), std::pair("\ufffd"s, 4ul));
  EXPECT_EQ(decode("\0\0\xd8\0\0\0\xdf\xff"s), std::pair("\ufffd\ufffd"s, 8ul));
  EXPECT_EQ(decode("\0\0\0a\0\0\0"s), std::pair("a\ufffd"s, 3ul));
}

TEST(DecodeTest, EveryCharacterOfEveryEncoding) {
  std::string all;
  for (char32_t c = 1; c <= 0x10ffff; ++c) {
    if (c == 0xd800) c = 0xe000;
    all += Encode(Encoding::kUtf8, c);
  }
  for (const Encoding encoding : kWithByteOrderMark) {
    EXPECT_TRUE(DecodedUtf8(Encode(encoding, all)) == all)
        << EncodingName(encoding);
  }
}

TEST(MapToSourceTest, TheSameTextHasTheSameTokensInEveryEncoding) {
  const std::string plain =
      "\u00bfQu\u00e9? don\u2019t \U0001d400\U0001d401 \u30ab\u3099\u30ff "
      "\u0e19\u0e49\u0e33 \U0001f600 last\ufffdword";
  const Tokens expected = Tokenize(plain);
  ASSERT_EQ(expected.hashes.size(), 10u);
  for (const Encoding encoding : kWithByteOrderMark) {
    std::string storage;
    const std::string bytes = Encode(encoding, plain);
    const DecodedText text = Decode(bytes, &storage);
    Tokens tokens = Tokenize(text.utf8);
    EXPECT_EQ(tokens.hashes, expected.hashes) << EncodingName(encoding);
    MapToSource(text, tokens.ranges);
    for (size_t i = 0; i < tokens.ranges.size(); ++i) {
      const ByteRange& in_plain = expected.ranges[i];
      std::string word;
      for (const char32_t c : Characters(std::string_view(plain).substr(
               in_plain.begin, in_plain.end - in_plain.begin))) {
        word += Encode(encoding, c);
      }
      const ByteRange& in_source = tokens.ranges[i];
      EXPECT_EQ(bytes.substr(in_source.begin, in_source.end - in_source.begin),
                word)
          << EncodingName(encoding) << " " << i;
    }
  }
}

// Every border of a character of a random text, good and bad, against a table
// made while the text was put together.
TEST(MapToSourceTest, EveryBorderOfRandomTexts) {
  struct Piece {
    std::string source, utf8;
  };
  const auto piece = [](Encoding encoding, char32_t c) {
    return Piece{Encode(encoding, c), Encode(Encoding::kUtf8, c)};
  };
  std::mt19937 random(5);
  for (const Encoding encoding : kWithByteOrderMark) {
    if (encoding == Encoding::kUtf8) continue;
    const bool wide =
        encoding == Encoding::kUtf32Le || encoding == Encoding::kUtf32Be;
    std::vector<Piece> pieces;
    for (const char32_t c :
         {U'a', U'\u00e9', U'\u6f22', U'\U0001f600', U'\ufffd', U'\0'}) {
      pieces.push_back(piece(encoding, c));
    }
    // A low surrogate is alone wherever it stands here.
    pieces.push_back({piece(encoding, 0xdc00).source, "\ufffd"});
    const Piece cut = {wide ? "\x01\x02\x03"s : "\x01"s, "\ufffd"};
    for (int trial = 0; trial < 2000; ++trial) {
      // The letter first: a NUL there would make UTF-16LE look like UTF-32LE.
      std::string source = Encode(encoding, "x"), utf8 = "x";
      std::vector<ByteRange> ranges, expected;
      const size_t count = random() % 12;
      for (size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count && random() % 3 == 0;
        const Piece& p = last ? cut : pieces[random() % pieces.size()];
        const auto from = static_cast<uint32_t>(source.size());
        const auto at = static_cast<uint32_t>(utf8.size());
        source += p.source;
        utf8 += p.utf8;
        // One range a character, twice, and one that is empty.
        for (int copy = 0; copy < 2; ++copy) {
          ranges.push_back({at, static_cast<uint32_t>(utf8.size())});
          expected.push_back({from, static_cast<uint32_t>(source.size())});
        }
        ranges.push_back({static_cast<uint32_t>(utf8.size()),
                          static_cast<uint32_t>(utf8.size())});
        expected.push_back({static_cast<uint32_t>(source.size()),
                            static_cast<uint32_t>(source.size())});
      }
      std::string storage;
      const DecodedText text = Decode(source, &storage);
      ASSERT_EQ(text.encoding, encoding);
      ASSERT_EQ(text.utf8, utf8);
      MapToSource(text, ranges);
      ASSERT_EQ(ranges == expected, true) << EncodingName(encoding);
    }
  }
}

TEST(MapToSourceTest, Utf8CountsTheByteOrderMark) {
  EXPECT_THAT(SourceWords("\xef\xbb\xbf"
                          "one two"),
              ElementsAre("one", "two"));
  EXPECT_THAT(SourceWords("one two"), ElementsAre("one", "two"));
}

// The library that tells valid text at once, held against counting one by one.
TEST(EncodingTest, WhatIsValidIsWhatCountingSays) {
  constexpr std::string_view kPieces[] = {
      "a",
      "plain words, more than a vector of them, so that blocks are told apart",
      "\xc3\xa9",
      "\xe2\x80\x99",
      "\xf0\x9f\x98\x80",
      "\xed\x9f\xbf",
      "\xef\xbf\xbf",
      "\xf4\x8f\xbf\xbf",
      "\x80",              // nothing before it
      "\xc3",              // nothing after it
      "\xe2\x80",          // cut
      "\xf0\x9f\x98",      // cut
      "\xc1\xbf",          // longer than need be
      "\xe0\x9f\xbf",      // likewise
      "\xf0\x8f\xbf\xbf",  // likewise
      "\xed\xa0\x80",      // half of a pair
      "\xf4\x90\x80\x80",  // beyond the last character
      "\xff"};
  constexpr uint64_t kValid = 8;
  std::mt19937_64 random(5);
  for (int round = 0; round < 20'000; ++round) {
    const uint64_t pieces = round % 2 == 0 ? kValid : std::size(kPieces);
    std::string bytes = "a";
    for (uint64_t i = random() % 40; i > 0; --i) {
      bytes += kPieces[random() % pieces];
    }
    const Utf8Counts counts = CountUtf8(bytes);
    std::string storage;
    const DecodedText text = Decode(bytes, &storage);
    if (pieces == kValid) ASSERT_EQ(counts.bad_bytes, 0u);
    if (counts.sequences < 99 * counts.bad_bytes) {
      ASSERT_EQ(text.encoding, Encoding::kWindows1252);
    } else {
      ASSERT_EQ(text.encoding, Encoding::kUtf8);
      ASSERT_EQ(text.bad_bytes, counts.bad_bytes);
      ASSERT_EQ(text.utf8, bytes);
    }
  }
}

}  // namespace
}  // namespace twicetold
