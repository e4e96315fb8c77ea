// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/marked_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/report/display.h"
#include "twicetold/report/line_breaks.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Set(const MarkedText& text, size_t width,
                             bool color = false) {
  std::vector<std::string> lines;
  for (const MarkedLine& line : SetInLines(text, width, color)) {
    EXPECT_EQ(line.bytes.find('\n'), std::string::npos);
    lines.push_back(line.bytes);
  }
  return lines;
}

MarkedText Sample() {
  MarkedText text;
  text.Append("It ", Mark::kNone, false);
  text.Append("was once", Mark::kDeleted, false);
  text.breaks.push_back(text.text.size());
  text.Append("is", Mark::kInserted, false);
  text.Append("  a\n\n matter", Mark::kNone, false);
  return text;
}

TEST(MarkedTextTest, MarksAreWrittenOrColoured) {
  EXPECT_THAT(Set(Sample(), 80), ElementsAre("It [-was once-]{+is+} a matter"));
  EXPECT_THAT(Set(Sample(), 80, true),
              ElementsAre("It \x1b[1;31mwas once\x1b[0m\x1b[1;32mis\x1b[0m a "
                          "matter"));
}

// Written marks stand where a change begins and ends; colour is that of a
// line, for a pager that jumps into the middle.
TEST(MarkedTextTest, MarksOverTheEndOfALine) {
  EXPECT_THAT(Set(Sample(), 9),
              ElementsAre("It [-was", "once-]", "{+is+} a", "matter"));
  EXPECT_THAT(
      Set(Sample(), 7, true),
      ElementsAre("It \x1b[1;31mwas\x1b[0m",
                  "\x1b[1;31monce\x1b[0m\x1b[1;32mis\x1b[0m", "a", "matter"));
}

TEST(MarkedTextTest, MarksCountAsColumns) {
  MarkedText text;
  text.Append("ab ", Mark::kNone, false);
  text.Append("cd", Mark::kInserted, false);
  EXPECT_THAT(Set(text, 9), ElementsAre("ab {+cd+}"));
  EXPECT_THAT(Set(text, 8), ElementsAre("ab", "{+cd+}"));
  EXPECT_THAT(Set(text, 5, true), ElementsAre("ab \x1b[1;32mcd\x1b[0m"));
}

TEST(MarkedTextTest, LinesCanBeKept) {
  MarkedText text;
  text.Append("one\r\ntwo  three", Mark::kNone, true);
  EXPECT_EQ(text.text, "one\ntwo three");
  EXPECT_THAT(Set(text, 80), ElementsAre("one", "two three"));
}

TEST(MarkedTextTest, WideWordsAreBrokenBetweenGraphemes) {
  MarkedText text;
  text.Append(
      "a 👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧 loooong",
      Mark::kNone, false);
  EXPECT_THAT(Set(text, 4), ElementsAre("a 👨‍👩‍👧",
                                        "👨‍👩‍👧👨‍👩‍👧",
                                        "looo", "ong"));
  EXPECT_THAT(Set(text, 1).front(), "a");
}

TEST(MarkedTextTest, NothingHarmfulGetsThrough) {
  MarkedText text;
  text.Append("\x1b[31mred\u202e\xff\u200b", Mark::kDeleted, false);
  EXPECT_THAT(Set(text, 80),
              ElementsAre("[-\\u{001B}[31mred\\u{202E}\\xFF\\u{200B}-]"));
  // It would be seen where a line ends, and nowhere else.
  MarkedText soft;
  soft.Append("re\u00adnewal", Mark::kNone, false);
  EXPECT_THAT(Set(soft, 80), ElementsAre("re-newal"));
}

std::string WithoutBlanks(std::string_view text) {
  std::string without;
  for (const char c : text) {
    if (c != ' ' && c != '\n') without += c;
  }
  return without;
}

// For any text and width: no line is too wide unless it is one grapheme, and
// nothing is lost.
TEST(MarkedTextTest, LinesFitAndHoldEverything) {
  const std::vector<std::string> words = {"a",
                                          "the",
                                          "word-word",
                                          "extraordinarily",
                                          "古い本を",
                                          "e\u0301",
                                          "👨‍👩‍👧",
                                          "https://x.y/z",
                                          "“quote”",
                                          "—",
                                          "…",
                                          "!"};
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    MarkedText text;
    for (int i = 0; i < 30; ++i) {
      const auto mark = static_cast<Mark>(random() % 3);
      text.Append(words[random() % words.size()], mark, true);
      if (mark == Mark::kDeleted) text.breaks.push_back(text.text.size());
      if (random() % 4 != 0) {
        text.Append(random() % 9 == 0 ? "\n" : " ", Mark::kNone, true);
      }
    }
    const size_t width = 1 + random() % 40;
    const bool color = round % 2 == 0;
    std::string joined;
    for (const MarkedLine& line : SetInLines(text, width, color)) {
      const std::string shown =
          text.text.substr(line.begin, line.end - line.begin);
      joined += shown;
      if (!color) {
        EXPECT_EQ(line.width, DisplayWidth(line.bytes));
      }
      if (line.width > width) {
        EXPECT_EQ(GraphemeBreaks(WithoutBlanks(shown)).size(), 1u) << shown;
      }
    }
    EXPECT_EQ(WithoutBlanks(joined), WithoutBlanks(text.text));
  }
}

}  // namespace
}  // namespace twicetold
