// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/diff_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/report/sample_comparison.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

using testing::AddPassage;
using testing::CompareAll;
using testing::MakeText;

std::string TextOf(const Comparison& comparison, const DiffTextStyle& style) {
  std::string text;
  EXPECT_TRUE(WriteDiffText(comparison, style, [&text](std::string_view piece) {
    text += piece;
    return true;
  }));
  return text;
}

DiffTextStyle Style(size_t width, DiffLayout layout = DiffLayout::kAuto) {
  DiffTextStyle style;
  style.text.width = width;
  style.diff.layout = layout;
  return style;
}

// A heading, a dialogue of which a line is a paragraph, an item of a list.
constexpr char kMiller[] =
    "The Miller and His Cat\n"
    "Reporter: Good evening, Mr. Miller. What did your father leave you in his "
    "will, and how did you take the news?\n"
    "Miller: He left me the cat. My brothers got the mill and the donkey. I "
    "thought that I would have to eat it and then die of hunger.\n"
    "Boots: they cost me two gold coins.\n";
constexpr char kMarquis[] =
    "The Marquis and His Cat\n"
    "A tale of our time.\n"
    "Reporter: Good evening, Mr. Carabas. What did your father leave you in "
    "his testament, and how did you receive the news?\n"
    "Carabas: He left me nothing but the cat. I thought that I would have to "
    "eat it and then starve.\n"
    "Boots: they cost me three gold coins.\n";

Comparison Tales() {
  return CompareAll(kMiller, kMarquis, PassageKind::kReworded, 45);
}

// Escape characters as ^[.
std::string Visible(const std::string& text) {
  std::string visible;
  for (const char c : text) {
    if (c == '\x1b') {
      visible += "^[";
    } else {
      visible += c;
    }
  }
  return visible;
}

constexpr char kAt80[] =
    R"(Passage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words,
  75.6 % in common
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will
    -> testament, two -> three, Miller -> Marquis

1 1 The [-Miller-]{+Marquis+} and His Cat
  2 {+A tale of our time.+}

2 3 Reporter: Good evening, Mr. [-Miller-]{+Carabas+}. What did your father
    leave you in his [-will-]{+testament+}, and how did you [-take-]{+receive+}
    the news?

3 4 [-Miller-]{+Carabas+}: He left me {+nothing but+} the cat. [-My brothers got
    the mill and the donkey.-] I thought that I would have to eat it and then
    [-die of hunger-]{+starve+}.

4 5 Boots: they cost me [-two-]{+three+} gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

constexpr char kAt120[] =
    R"(Passage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words, 75.6 % in common
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will -> testament, two -> three, Miller ->
    Marquis

1 The [-Miller-] and His Cat                                 1 The {+Marquis+} and His Cat
                                                             2 {+A tale of our time.+}

2 Reporter: Good evening, Mr.                                3 Reporter: Good evening, Mr.
  [-Miller-]. What did your father leave you in his            {+Carabas+}. What did your father leave you in his
  [-will-], and how did you [-take-] the news?                 {+testament+}, and how did you {+receive+} the news?

3 [-Miller-]: He left me the cat.                            4 {+Carabas+}: He left me {+nothing but+} the cat.
  [-My brothers got the mill and the donkey.-]
  I thought that I would have to eat it and then [-die of      I thought that I would have to eat it and then
  hunger-].                                                    {+starve+}.

4 Boots: they cost me [-two-] gold coins.                    5 Boots: they cost me {+three+} gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

constexpr char kAt200[] =
    R"(Passage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words, 75.6 % in common
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will -> testament, two -> three, Miller -> Marquis

1 The [-Miller-] and His Cat                                                                         1 The {+Marquis+} and His Cat
                                                                                                     2 {+A tale of our time.+}

2 Reporter: Good evening, Mr.                                                                        3 Reporter: Good evening, Mr.
  [-Miller-]. What did your father leave you in his [-will-], and how did you [-take-] the news?       {+Carabas+}. What did your father leave you in his {+testament+}, and how did you {+receive+} the
                                                                                                       news?

3 [-Miller-]: He left me the cat.                                                                    4 {+Carabas+}: He left me {+nothing but+} the cat.
  [-My brothers got the mill and the donkey.-]
  I thought that I would have to eat it and then [-die of hunger-].                                    I thought that I would have to eat it and then {+starve+}.

4 Boots: they cost me [-two-] gold coins.                                                            5 Boots: they cost me {+three+} gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

constexpr char kChangesAt80[] =
    R"(Passage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words,
  75.6 % in common
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will
    -> testament, two -> three, Miller -> Marquis

1 1 The [-Miller-]{+Marquis+} and His Cat
  2 {+A tale of our time.+}
2 3 [-Miller-]{+Carabas+}. What did your father leave you in his [-will-]
    {+testament+}, and how did you [-take-]{+receive+} the news?
3 4 [-Miller-]{+Carabas+}: He left me {+nothing but+} the cat.
3   [-My brothers got the mill and the donkey.-]
3 4 ... eat it and then [-die of hunger-]{+starve+}.
4 5 Boots: they cost me [-two-]{+three+} gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

constexpr char kColoredAt120[] =
    R"(^[[1mPassage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words, 75.6 % in common^[[0m
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will -> testament, two -> three, Miller ->
    Marquis

^[[2m1^[[0m The ^[[1;31mMiller^[[0m and His Cat                                     ^[[2m1^[[0m The ^[[1;32mMarquis^[[0m and His Cat
                                                             ^[[2m2^[[0m ^[[1;32mA tale of our time.^[[0m

^[[2m2^[[0m Reporter: Good evening, Mr.                                ^[[2m3^[[0m Reporter: Good evening, Mr.
  ^[[1;31mMiller^[[0m. What did your father leave you in his ^[[1;31mwill^[[0m, and      ^[[1;32mCarabas^[[0m. What did your father leave you in his ^[[1;32mtestament^[[0m,
  how did you ^[[1;31mtake^[[0m the news?                                   and how did you ^[[1;32mreceive^[[0m the news?

^[[2m3^[[0m ^[[1;31mMiller^[[0m: He left me the cat.                                ^[[2m4^[[0m ^[[1;32mCarabas^[[0m: He left me ^[[1;32mnothing but^[[0m the cat.
  ^[[1;31mMy brothers got the mill and the donkey.^[[0m
  I thought that I would have to eat it and then ^[[1;31mdie of^[[0m        I thought that I would have to eat it and then ^[[1;32mstarve^[[0m.
  ^[[1;31mhunger^[[0m.

^[[2m4^[[0m Boots: they cost me ^[[1;31mtwo^[[0m gold coins.                        ^[[2m5^[[0m Boots: they cost me ^[[1;32mthree^[[0m gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

constexpr char kColoredInlineAt80[] =
    R"(^[[1mPassage 1 of 1, reworded: a.txt lines 1-4 and b.txt lines 1-5, 61 and 58 words,^[[0m
  ^[[1m75.6 % in common^[[0m
  swapped: Miller -> Carabas (2), die of hunger -> starve, take -> receive, will
    -> testament, two -> three, Miller -> Marquis

^[[2m1 1^[[0m The ^[[1;31mMiller^[[0m ^[[1;32mMarquis^[[0m and His Cat
^[[2m  2^[[0m ^[[1;32mA tale of our time.^[[0m

^[[2m2 3^[[0m Reporter: Good evening, Mr. ^[[1;31mMiller^[[0m ^[[1;32mCarabas^[[0m. What did your father leave you
    in his ^[[1;31mwill^[[0m ^[[1;32mtestament^[[0m, and how did you ^[[1;31mtake^[[0m ^[[1;32mreceive^[[0m the news?

^[[2m3 4^[[0m ^[[1;31mMiller^[[0m ^[[1;32mCarabas^[[0m: He left me ^[[1;32mnothing but^[[0m the cat. ^[[1;31mMy brothers got the mill and^[[0m
    ^[[1;31mthe donkey.^[[0m I thought that I would have to eat it and then ^[[1;31mdie of hunger^[[0m
    ^[[1;32mstarve^[[0m.

^[[2m4 5^[[0m Boots: they cost me ^[[1;31mtwo^[[0m ^[[1;32mthree^[[0m gold coins.

1 passage: 100 % of the words of a.txt, 100 % of b.txt
)";

TEST(DiffTextTest, InlineOnANarrowTerminal) {
  EXPECT_EQ(TextOf(Tales(), Style(80)), kAt80);
  EXPECT_EQ(TextOf(Tales(), Style(99)),
            TextOf(Tales(), Style(99, DiffLayout::kInline)));
}

TEST(DiffTextTest, SideBySideOnAWideTerminal) {
  EXPECT_EQ(TextOf(Tales(), Style(120)), kAt120);
  EXPECT_EQ(TextOf(Tales(), Style(200)), kAt200);
  EXPECT_EQ(TextOf(Tales(), Style(100)),
            TextOf(Tales(), Style(100, DiffLayout::kSideBySide)));
}

TEST(DiffTextTest, ChangesOnly) {
  EXPECT_EQ(TextOf(Tales(), Style(80, DiffLayout::kChanges)), kChangesAt80);
}

TEST(DiffTextTest, InColour) {
  DiffTextStyle style = Style(120);
  style.text.color = true;
  EXPECT_EQ(Visible(TextOf(Tales(), style)), kColoredAt120);
  style.text.width = 80;
  EXPECT_EQ(Visible(TextOf(Tales(), style)), kColoredInlineAt80);
}

// The text of a passage: what stands between the head and the totals.
std::string Body(const std::string& report) {
  const size_t begin = report.find("\n\n") + 2;
  return report.substr(begin, report.rfind("\n\n") + 1 - begin);
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

constexpr char kJapaneseAt60[] =
    R"(1 昨日、[-東京の大き-]な図書   1 昨日、{+大阪の小さ+}な図書
  館で古い本をたくさん見つけ     館で古い本をたくさん見つけ
  ました。                       ました。
  私はその本を[-三-]時間ぐら     私はその本を{+二+}時間ぐら
  い読みました。                 い読みました{+👨‍👩‍👧+}。
)";

// Letters are two columns wide, and a line may end behind any but those that
// punctuation follows.
TEST(DiffTextTest, WithoutSpacesBetweenWords) {
  const std::string report = TextOf(
      CompareAll(
          "昨日、東京の大きな図書館で古い本をたくさん見つけました。私はその本を"
          "三時間ぐらい読みました。\n",
          "昨日、大阪の小さな図書館で古い本をたくさん見つけました。私はその本を"
          "二時間ぐらい読みました👨‍👩‍👧。\n"),
      Style(60, DiffLayout::kSideBySide));
  EXPECT_EQ(Body(report), kJapaneseAt60);
  for (const std::string& line : LinesOf(report)) {
    EXPECT_LE(DisplayWidth(line), 60u) << line;
  }
}

TEST(DiffTextTest, NoLineIsWiderThanAsked) {
  for (const DiffLayout layout :
       {DiffLayout::kSideBySide, DiffLayout::kInline, DiffLayout::kChanges}) {
    for (size_t width = 40; width <= 240; width += 7) {
      for (const std::string& line :
           LinesOf(TextOf(Tales(), Style(width, layout)))) {
        EXPECT_LE(DisplayWidth(line), width) << line;
      }
    }
  }
}

// `count` sentences in lines of their own, none like another.
std::string Sentences(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    text += "Word" + n + " stands by word" + n + "x and word" + n + "y.\n";
  }
  return text;
}

std::string Replaced(std::string text, const std::string& from,
                     const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

constexpr char kElided[] =
    R"( 1  1 Word0 stands by word0x and word0y.
      ... 7 sentences the same
 9  9 Word8 stands by word8x and word8y.
10 10 Word9 stands by [-word9x-]{+another+} and word9y.
11 11 Word10 stands by word10x and word10y.
      ... 19 sentences the same
31 31 Word30 stands by word30x and word30y.
)";

// Where most is the same, little of that is shown unless asked for.
TEST(DiffTextTest, LeavesOutSentencesThatAreTheSame) {
  const std::string a = Sentences(31);
  const std::string b = Replaced(a, "word9x", "another");
  const Comparison light = CompareAll(a, b, PassageKind::kLight);
  DiffTextStyle style = Style(80);
  EXPECT_EQ(Body(TextOf(light, style)), kElided);
  style.diff.context = SIZE_MAX;
  EXPECT_EQ(Body(TextOf(light, style)),
            Body(TextOf(CompareAll(a, b, PassageKind::kReworded), Style(80))));
  EXPECT_EQ(LinesOf(Body(TextOf(light, style))).size(), 31u);
  style.diff.context = 0;
  EXPECT_EQ(Body(TextOf(light, style)),
            "      ... 9 sentences the same\n"
            "10 10 Word9 stands by [-word9x-]{+another+} and word9y.\n"
            "      ... 21 sentences the same\n");
  EXPECT_EQ(Body(TextOf(light, Style(80, DiffLayout::kChanges))),
            "10 10 Word9 stands by [-word9x-]{+another+} and word9y.\n");
  EXPECT_EQ(Body(TextOf(CompareAll(a, a, PassageKind::kVerbatim),
                        Style(80, DiffLayout::kChanges))),
            "No sentence differs.\n");
}

TEST(DiffTextTest, SaysWhatWasLeftOutSideBySide) {
  const std::string a = Sentences(12);
  const std::string b = Replaced(a, "word9x", "another");
  EXPECT_EQ(
      Body(TextOf(CompareAll(a, b, PassageKind::kVerbatim), Style(100))),
      " 1 Word0 stands by word0x and word0y.               1 Word0 stands by "
      "word0x and word0y.\n"
      "   ... 7 sentences the same\n"
      " 9 Word8 stands by word8x and word8y.               9 Word8 stands by "
      "word8x and word8y.\n"
      "10 Word9 stands by [-word9x-] and word9y.          10 Word9 stands by "
      "{+another+} and word9y.\n"
      "11 Word10 stands by word10x and word10y.           11 Word10 stands by "
      "word10x and word10y.\n"
      "12 Word11 stands by word11x and word11y.           12 Word11 stands by "
      "word11x and word11y.\n");
}

// Sentences that share little are not woven into each other.
TEST(DiffTextTest, TellsSentencesThatShareLittleOneAfterTheOther) {
  EXPECT_EQ(
      Body(TextOf(CompareAll("Therefore he and I went to the old mill.",
                             "He and I thereupon travelled towards some city."),
                  Style(200, DiffLayout::kInline))),
      "1 1 [-Therefore he and I went to the old mill.-]{+He and I thereupon "
      "travelled towards some city.+}\n");
}

TEST(DiffTextTest, WithinOneDocument) {
  Comparison comparison;
  comparison.texts.push_back(
      MakeText("tale.txt",
               "He left me the cat and nothing else.\n"
               "So much for the first telling of it.\n"
               "He left me the donkey and nothing else.\n"));
  AddPassage({.a = {0, 8},
              .b = {16, 24},
              .kind = PassageKind::kLight,
              .score = 1,
              .common_words = 7},
             &comparison);
  EXPECT_EQ(
      TextOf(comparison, Style(80)),
      R"(Passage 1 of 1, light: tale.txt line 1 and line 3, 8 and 8 words, 87.5 % in
  common
  swapped: cat -> donkey

1 3 He left me the [-cat-]{+donkey+} and nothing else.

1 passage: 66.6 % of the words of tale.txt
)");
}

TEST(DiffTextTest, ShowsThoseOfHighestScore) {
  Comparison comparison = CompareAll(Sentences(9), Sentences(9));
  for (int i = 0; i < 2; ++i)
    AddPassage({.a = {0, 7}, .b = {0, 7}}, &comparison);
  DiffTextStyle style = Style(80);
  style.most_passages = 1;
  const std::string report = TextOf(comparison, style);
  EXPECT_NE(report.find("Passage 1 of 3"), std::string::npos);
  EXPECT_EQ(report.find("Passage 2 of 3"), std::string::npos);
  EXPECT_NE(report.find("2 passages more of lower score (--all shows them)"),
            std::string::npos);
}

TEST(DiffTextTest, CountsAndHidesIgnoredText) {
  Comparison comparison = CompareAll(Sentences(9), Sentences(9));
  comparison.passages.push_back(comparison.passages.front());
  comparison.diffs.push_back(comparison.diffs.front());
  comparison.passages[0].kind = PassageKind::kBoilerplate;
  DiffTextStyle style = Style(120);
  std::string report = TextOf(comparison, style);
  EXPECT_NE(report.find("Passage 1 of 1, "), std::string::npos);
  EXPECT_EQ(report.find("boilerplate"), std::string::npos);
  EXPECT_TRUE(report.ends_with("; 1 of ignored text\n")) << report;
  style.show_ignored = true;
  report = TextOf(comparison, style);
  EXPECT_NE(report.find("Passage 1 of 2, boilerplate"), std::string::npos);
  EXPECT_NE(report.find("Passage 2 of 2, "), std::string::npos);
  EXPECT_TRUE(report.ends_with("; 1 of ignored text\n")) << report;
  comparison.passages[1].kind = PassageKind::kBoilerplate;
  EXPECT_EQ(TextOf(comparison, Style(120)),
            "No passage of 25 words or more stands in both a.txt and b.txt; 2 "
            "of ignored text\n");
}

TEST(DiffTextTest, SaysWhereNothingWasFound) {
  Comparison comparison;
  comparison.texts.push_back(MakeText("a\x1b.txt", "Nothing twice."));
  EXPECT_EQ(DiffTotalsText(comparison, 25),
            "No passage of 25 words or more stands twice in a\\u{001B}.txt. "
            "a\\u{001B}.txt has only 2 words.");
  EXPECT_EQ(DiffTotalsText(comparison, 2),
            "No passage of 2 words or more stands twice in a\\u{001B}.txt.");
  comparison.texts.push_back(MakeText("b.txt", "Something else."));
  EXPECT_EQ(DiffTotalsText(comparison, 1),
            "No passage of 1 word or more stands in both a\\u{001B}.txt and "
            "b.txt.");
  comparison.texts.back() = MakeText("b.txt", "");
  EXPECT_EQ(DiffTotalsText(comparison, 1),
            "No passage of 1 word or more stands in both a\\u{001B}.txt and "
            "b.txt. b.txt has no word.");
  comparison.texts.back() = MakeText("b.txt", "nothing, TWICE");
  EXPECT_EQ(DiffTotalsText(comparison, 1),
            "No passage of 1 word or more stands in both a\\u{001B}.txt and "
            "b.txt. But both have the same words.");
}

// Overlapping passages are counted once.
TEST(DiffTextTest, TotalsCountEachWordOnce) {
  Comparison comparison = CompareAll(Sentences(10), Sentences(20));
  comparison.passages = {{.a = {0, 20}, .b = {0, 35}},
                         {.a = {10, 35}, .b = {100, 140}},
                         {.a = {15, 18}, .b = {100, 120}}};
  EXPECT_EQ(DiffTotalsText(comparison, 25),
            "3 passages: 58.3 % of the words of a.txt, 62.5 % of b.txt");
}

TEST(DiffTextTest, NothingOfTheTextReachesATerminalRaw) {
  const Comparison evil =
      CompareAll("Once \x1b[31m upon a \u202e time.\r\nBye.",
                 "Once \x1b[32m upon a \x07 time.\nBye\xff.");
  for (const DiffLayout layout :
       {DiffLayout::kSideBySide, DiffLayout::kInline, DiffLayout::kChanges}) {
    const std::string report = TextOf(evil, Style(120, layout));
    EXPECT_EQ(report.find_first_of("\x1b\x07\xff\r"), std::string::npos);
    EXPECT_EQ(report.find("\u202e"), std::string::npos);
  }
}

TEST(DiffTextTest, StopsWhenNobodyReads) {
  int pieces = 0;
  EXPECT_FALSE(WriteDiffText(Tales(), Style(120), [&pieces](std::string_view) {
    return ++pieces < 3;
  }));
  EXPECT_EQ(pieces, 3);
}

}  // namespace
}  // namespace twicetold
