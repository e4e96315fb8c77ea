// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/display.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace twicetold {
namespace {

using std::string_literals::operator""s;

TEST(HarmlessTest, TextStaysAsItIs) {
  for (const char* text :
       {"", "plain.txt", "a b\\n", "Grüße", "見本.txt", "ตลาด", "مكتبة",
        // A family joined by U+200D, and U+200C in Persian.
        "\U0001F468\u200D\U0001F469\u200D\U0001F467", "می\u200Cخواهم"}) {
    EXPECT_EQ(Harmless(text), text);
  }
}

TEST(HarmlessTest, WritesOutWhatATerminalWouldObey) {
  EXPECT_EQ(Harmless("a\nb\tc\rd"), "a\\u{000A}b\\u{0009}c\\u{000D}d");
  EXPECT_EQ(Harmless("\x1b[31mred"), "\\u{001B}[31mred");
  EXPECT_EQ(Harmless("x\0y"s), "x\\u{0000}y");
  EXPECT_EQ(Harmless("\x7f"), "\\u{007F}");
  EXPECT_EQ(Harmless("\u0085\u009b"), "\\u{0085}\\u{009B}");  // C1
  EXPECT_EQ(Harmless("\u2028\u2029"), "\\u{2028}\\u{2029}");
}

TEST(HarmlessTest, WritesOutWhatTurnsTheReadingDirectionOrIsUnseen) {
  EXPECT_EQ(Harmless("exe.\u202Etxt"), "exe.\\u{202E}txt");
  for (const char* mark :
       {"\u202A", "\u202B", "\u202C", "\u202D", "\u2066", "\u2067", "\u2068",
        "\u2069", "\u200E", "\u200F", "\u061C", "\u200B", "\uFEFF", "\u00AD"}) {
    const std::string shown = Harmless(mark);
    EXPECT_TRUE(shown.starts_with("\\u{")) << shown;
  }
  EXPECT_EQ(Harmless("\U000E0041"), "\\u{E0041}");  // a tag
  EXPECT_EQ(Harmless("\uE000"), "\\u{E000}");       // private use
  EXPECT_EQ(Harmless("\U0010FFFF"), "\\u{10FFFF}");
}

TEST(HarmlessTest, BytesThatAreNoText) {
  EXPECT_EQ(Harmless("caf\xe9.txt"), "caf\\xE9.txt");
  EXPECT_EQ(Harmless("\xe2\x82"), "\\xE2\\x82");
  EXPECT_EQ(Harmless("\xc0\x80"), "\\xC0\\x80");           // overlong
  EXPECT_EQ(Harmless("\xed\xa0\x80"), "\\xED\\xA0\\x80");  // a surrogate
}

// Whatever goes in: what comes out has no control byte and is valid to show
// again.
TEST(HarmlessTest, IsHarmlessForEveryPairOfBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string bytes = {static_cast<char>(first),
                                 static_cast<char>(second)};
      const std::string shown = Harmless(bytes);
      ASSERT_EQ(Harmless(shown), shown) << first << ' ' << second;
      for (const char c : shown) {
        ASSERT_GE(static_cast<unsigned char>(c), 0x20);
        ASSERT_NE(c, '\x7f');
      }
    }
  }
}

struct WidthCase {
  const char* text;
  size_t width;
};

TEST(DisplayWidthTest, Table) {
  constexpr WidthCase kCases[] = {
      {"", 0},
      {"plain", 5},
      {"Grüße", 5},
      {"Gru\u0308\u00dfe", 5},  // u and a combining diaeresis
      {"見本", 4},
      {"ｶﾅ", 2},    // half-width Katakana
      {"ＡＢ", 4},  // full-width Latin
      {"한국", 4},
      {"\u1112\u1161\u11ab", 2},  // one Hangul syllable of three letters
      {"ตลาด", 4},
      {"กำ", 2},
      {"कि", 2},
      {"مكتبة", 5},
      {"\U0001F600", 2},
      {"\U0001F468\u200D\U0001F469\u200D\U0001F467", 2},  // a family
      {"\U0001F1E9\U0001F1EA", 2},                        // a flag
      {"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 4},    // two flags
      {"\U0001F44D\U0001F3FD", 2},                        // a skin tone
      {"1\uFE0F\u20E3", 2},                               // a keycap
      {"\u2764", 1},                                      // a heart as text
      {"\u2764\uFE0F", 2},  // the same as an emoji
      {"a\u0301\u0302\u0303", 1},
      {"見a本b", 6},
  };
  for (const WidthCase& c : kCases) {
    EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
  }
}

TEST(PadTest, FillsColumnsNotBytes) {
  EXPECT_EQ(PadRight("ab", 4), "ab  ");
  EXPECT_EQ(PadLeft("ab", 4), "  ab");
  EXPECT_EQ(PadRight("見本", 6), "見本  ");
  EXPECT_EQ(PadLeft("見本", 6), "  見本");
  EXPECT_EQ(PadRight("ü", 2), "ü ");
  EXPECT_EQ(PadRight("", 2), "  ");
}

TEST(PadTest, NeverCutsOff) {
  EXPECT_EQ(PadRight("abcdef", 4), "abcdef");
  EXPECT_EQ(PadLeft("abcdef", 4), "abcdef");
  EXPECT_EQ(PadLeft("見本", 3), "見本");
}

}  // namespace
}  // namespace twicetold
