// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/locate.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// A character of a document: how it is written there, and as UTF-8.
struct Char {
  std::string source;
  std::string utf8;
};

// A document as the oracle sees it: character by character.
struct Document {
  Encoding encoding;
  std::string mark;
  std::vector<Char> chars;

  std::string Source() const {
    std::string source = mark;
    for (const Char& c : chars) source += c.source;
    return source;
  }
};

// The line of character i: one more than the lines that end before it.
uint32_t LineOf(const Document& document, size_t i) {
  uint32_t line = 1;
  for (size_t k = 0; k < i; ++k) {
    const std::string& c = document.chars[k].utf8;
    const bool before_lf =
        k + 1 < document.chars.size() && document.chars[k + 1].utf8 == "\n";
    if (c == "\n" || (c == "\r" && !before_lf)) ++line;
  }
  return line;
}

// The place of characters `begin` up to `end`.
Location SlowPlace(const Document& document, size_t begin, size_t end) {
  Location place;
  place.chars = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  size_t bytes = document.mark.size();
  for (size_t i = 0; i < begin; ++i) bytes += document.chars[i].source.size();
  place.bytes.begin = static_cast<uint32_t>(bytes);
  for (size_t i = begin; i < end; ++i) bytes += document.chars[i].source.size();
  place.bytes.end = static_cast<uint32_t>(bytes);
  place.lines.first = LineOf(document, begin);
  place.lines.last = LineOf(document, end > begin ? end - 1 : begin);
  return place;
}

ByteRange Utf8Of(const Document& document, size_t begin, size_t end) {
  size_t bytes = 0;
  ByteRange range;
  for (size_t i = 0; i < end; ++i) {
    if (i == begin) range.begin = static_cast<uint32_t>(bytes);
    bytes += document.chars[i].utf8.size();
  }
  range.end = static_cast<uint32_t>(bytes);
  if (begin == end) range.begin = range.end;
  return range;
}

void ExpectAsSlow(const Document& document, testing::Random* random) {
  const std::string source = document.Source();
  std::string storage;
  const DecodedText text = Decode(source, &storage);
  ASSERT_EQ(text.encoding, document.encoding);
  std::vector<ByteRange> ranges;
  std::vector<Location> expected;
  for (int i = 0; i < 20; ++i) {
    size_t begin = random->Below(document.chars.size() + 1);
    size_t end = random->Below(document.chars.size() + 1);
    if (begin > end) std::swap(begin, end);
    ranges.push_back(Utf8Of(document, begin, end));
    expected.push_back(SlowPlace(document, begin, end));
  }
  EXPECT_EQ(Locate(text, ranges), expected);
  const std::vector<ByteRange> bytes = LocateBytes(text, ranges);
  for (size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_EQ(bytes[i], expected[i].bytes);
  }
}

Document Draw(testing::Random* random, Encoding encoding, std::string mark,
              const std::vector<Char>& alphabet) {
  Document document = {encoding, std::move(mark), {}};
  for (size_t n = random->Below(60); n > 0; --n) {
    document.chars.push_back(alphabet[random->Below(alphabet.size())]);
  }
  return document;
}

const std::vector<Char>& LineEndsAndAscii() {
  static const std::vector<Char> chars = {
      {"a", "a"}, {" ", " "}, {"\n", "\n"}, {"\r", "\r"}};
  return chars;
}

TEST(LocateTest, Utf8WithBadBytes) {
  testing::Random random(1);
  std::vector<Char> alphabet = LineEndsAndAscii();
  for (const char* c : {"é", "語", "\U0001f600", "\xff", "\xc3", "\u2028"}) {
    alphabet.push_back({c, c});
  }
  for (int round = 0; round < 300; ++round) {
    // Marked, so that many bad bytes do not make it another encoding.
    ExpectAsSlow(Draw(&random, Encoding::kUtf8, "\xef\xbb\xbf", alphabet),
                 &random);
  }
}

TEST(LocateTest, Utf8WithoutMark) {
  testing::Random random(2);
  std::vector<Char> alphabet = LineEndsAndAscii();
  for (const char* c : {"é", "語", "\U0001f600", "\ufeff"}) {
    alphabet.push_back({c, c});
  }
  for (int round = 0; round < 300; ++round) {
    Document document = Draw(&random, Encoding::kUtf8, "", alphabet);
    document.chars.insert(document.chars.begin(), {"x", "x"});
    ExpectAsSlow(document, &random);
  }
}

TEST(LocateTest, Utf16) {
  testing::Random random(3);
  const auto unit = [](char low, char high) { return std::string{low, high}; };
  const std::vector<Char> alphabet = {
      {unit('a', 0), "a"},
      {unit('\n', 0), "\n"},
      {unit('\r', 0), "\r"},
      {unit('\xe9', 0), "é"},
      {"\x9e\x8a", "語"},
      {std::string("\x3d\xd8\x00\xde", 4), "\U0001f600"},
      {unit('\x00', '\xdc'), "\ufffd"},  // half a pair
  };
  for (int round = 0; round < 300; ++round) {
    ExpectAsSlow(Draw(&random, Encoding::kUtf16Le, "\xff\xfe", alphabet),
                 &random);
  }
}

TEST(LocateTest, Windows1252) {
  testing::Random random(4);
  std::vector<Char> alphabet = LineEndsAndAscii();
  alphabet.push_back({"\xe9", "é"});
  alphabet.push_back({"\x80", "€"});
  alphabet.push_back({"\x93", "“"});
  for (int round = 0; round < 300; ++round) {
    Document document = Draw(&random, Encoding::kWindows1252, "", alphabet);
    document.chars.push_back({"\xe9", "é"});
    ExpectAsSlow(document, &random);
  }
}

TEST(LocateTest, LinesOfEveryKind) {
  const std::string source = "one\ntwo\r\nthree\rfour\r\n\r\nsix";
  std::string storage;
  const DecodedText text = Decode(source, &storage);
  const auto lines_of = [&](std::string_view part) {
    const auto at = static_cast<uint32_t>(source.find(part));
    const ByteRange range = {at, at + static_cast<uint32_t>(part.size())};
    return Locate(text, {&range, 1}).at(0).lines;
  };
  EXPECT_EQ(lines_of("one"), (LineRange{1, 1}));
  EXPECT_EQ(lines_of("one\n"), (LineRange{1, 1}));
  EXPECT_EQ(lines_of("one\nt"), (LineRange{1, 2}));
  EXPECT_EQ(lines_of("two\r\n"), (LineRange{2, 2}));
  EXPECT_EQ(lines_of("two\r\nthree\rfour"), (LineRange{2, 4}));
  EXPECT_EQ(lines_of("six"), (LineRange{6, 6}));
}

TEST(LocateTest, Words) {
  const std::string source = "\xef\xbb\xbfÉté, “deux”\nmots.";
  std::string storage;
  const DecodedText text = Decode(source, &storage);
  const Words words = MakeWords(text.utf8);
  ASSERT_EQ(words.size(), 3u);
  const std::vector<WordRange> ranges = {{1, 3}, {0, 1}, {3, 3}};
  EXPECT_EQ(LocateWords(text, words, ranges),
            (std::vector<Location>{{{10, 26}, {5, 17}, {1, 2}},
                                   {{3, 9}, {0, 4}, {1, 1}},
                                   {{26, 26}, {17, 17}, {2, 2}}}));
  EXPECT_TRUE(Locate(text, {}).empty());
}

}  // namespace
}  // namespace twicetold
