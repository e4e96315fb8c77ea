// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/quotation.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/testing/synthetic.h"
#include "twicetold/passage/align.h"

namespace twicetold {
namespace {

// What is quoted, pieces between bars.
std::string Quoted(std::string_view text) {
  std::string pieces;
  for (const ByteRange quote : FindQuotes(text)) {
    if (!pieces.empty()) pieces += '|';
    pieces += text.substr(quote.begin, quote.end - quote.begin);
  }
  return pieces;
}

TEST(FindQuotesTest, KnowsTheMarksOfManyLanguages) {
  for (const std::string_view quote :
       {"\"so it is\"", "'so it is'", "“so it is”", "‘so it is’", "„so ist es“",
        "„tak jest”", "”så är det”", "«так и есть»", "« c'est ainsi »",
        "»so ist es«", "»niin on»", "‹so ist es›", "›so ist es‹", "‚so ist es‘",
        "‚tak jest’", "``so it is''", "＂so it is＂", "〝そうです〟"}) {
    EXPECT_EQ(Quoted(absl::StrFormat("He said: %s, and left.", quote)), quote);
    EXPECT_EQ(Quoted(absl::StrFormat("(%s)", quote)), quote);
    EXPECT_EQ(Quoted(quote), quote);
  }
}

TEST(FindQuotesTest, KnowsMarksBetweenLettersOfScriptsWithoutSpaces) {
  EXPECT_EQ(Quoted("彼は「そうです」と言った。"), "「そうです」");
  EXPECT_EQ(Quoted("彼は『そうです』と言った。"), "『そうです』");
  EXPECT_EQ(Quoted("他说“好的”就走了。"), "“好的”");
  EXPECT_EQ(Quoted("他说\"好的\"就走了。"), "\"好的\"");
  EXPECT_EQ(Quoted("彼は｢そう｣と言った。"), "｢そう｣");
  EXPECT_EQ(Quoted("他读《红楼梦》很久。"), "《红楼梦》");
}

TEST(FindQuotesTest, GivesTheOuterQuotationWithWhatIsInside) {
  EXPECT_EQ(Quoted("“He said ‘no’ to me”, she said"), "“He said ‘no’ to me”");
  EXPECT_EQ(Quoted("« Il dit : « non » et sort » là"),
            "« Il dit : « non » et sort »");
  EXPECT_EQ(Quoted("「彼は『いや』と言った」と"), "「彼は『いや』と言った」");
  EXPECT_EQ(Quoted("„Er sagte ‚nein‘ dazu“, ja"), "„Er sagte ‚nein‘ dazu“");
}

TEST(FindQuotesTest, GivesEachOfSeveral) {
  EXPECT_EQ(Quoted("\"Yes,\" she said, \"and no.\" Then \"perhaps\"."),
            "\"Yes,\"|\"and no.\"|\"perhaps\"");
  EXPECT_EQ(Quoted("“a” “b” „c“ «d»"), "“a”|“b”|„c“|«d»");
}

TEST(FindQuotesTest, TakesNoApostropheForAMark) {
  EXPECT_EQ(Quoted("It isn't the neighbours' dog, it's the Joneses'."), "");
  EXPECT_EQ(Quoted("It isn’t the neighbours’ dog, it’s the Joneses’."), "");
  EXPECT_EQ(Quoted("Rock 'n' roll, 'tis said, in the summer of '69."), "'n'");
  EXPECT_EQ(Quoted("‘It isn’t mine’, he said"), "‘It isn’t mine’");
}

TEST(FindQuotesTest, StrayMarksFarApartAreNoPartners) {
  const std::string line = "A line of a book that was scanned.\n";
  for (const bool is_far : {false, true}) {
    std::string text = "It says \"so.\n";
    const size_t least = is_far ? kMostQuoteBytes : kMostQuoteBytes - 100;
    while (text.size() < least) text += line;
    text += "And that\" is all, but \"one\" more.";
    EXPECT_EQ(FindQuotes(text).front().begin, is_far ? text.find("\"one") : 8);
    EXPECT_EQ(FindQuotes(text).back().end, text.find(" more"));
  }
}

TEST(FindQuotesTest, TakesNoInchesForMarks) {
  EXPECT_EQ(Quoted("A board of 5\" by 7\" and one of 6' 2\" in length."), "");
}

TEST(FindQuotesTest, AMarkWithoutPartnerQuotesNothing) {
  const std::string rest = "\n\nAnother paragraph.\n\nAnd \"one\" more.";
  for (const std::string_view open :
       {"“", "„", "«", "‘", "‚", "\"", "'", "「", "『", "``", "‹", "《"}) {
    EXPECT_EQ(Quoted("He said: " + std::string(open) + "that was it." + rest),
              "\"one\"")
        << open;
    EXPECT_EQ(Quoted(std::string(open) + "that was it." + rest), "\"one\"")
        << open;
  }
  for (const std::string_view close : {"”", "»", "’", "\"", "'", "」", "''"}) {
    EXPECT_EQ(Quoted("That was it," + std::string(close) + " he said." + rest),
              "\"one\"")
        << close;
  }
}

TEST(FindQuotesTest, AMarkWithoutPartnerDoesNotReachForTheNextQuotation) {
  EXPECT_EQ(Quoted("An “open mark, and a “real one” here"), "“real one”");
  EXPECT_EQ(Quoted("An \"open mark, and a \"real one\" here"), "\"real one\"");
  EXPECT_EQ(Quoted("A „lone mark, and “a real one” here"), "“a real one”");
  EXPECT_EQ(Quoted("A closing” mark, and “a real one” here"), "“a real one”");
}

TEST(FindQuotesTest, EndsWithTheParagraph) {
  EXPECT_EQ(Quoted("An “open mark\n\nand its end” here"), "");
  EXPECT_EQ(Quoted("An “open mark\r\n \t\r\nand its end” here"), "");
  EXPECT_EQ(Quoted("An “open mark\fand its end” here"), "");
  EXPECT_EQ(Quoted("One “of two\nlines” here"), "“of two\nlines”");
  EXPECT_EQ(Quoted("One “of two\r\nlines” here"), "“of two\r\nlines”");
}

TEST(FindQuotesTest, ParagraphsThatAllBeginWithAMarkAreOneQuotation) {
  EXPECT_EQ(Quoted("“One day.\n\n“Another day.\n\n“The last.” He left.\n\nNo."),
            "“One day.|“Another day.|“The last.”");
  EXPECT_EQ(Quoted("\"One day.\n\n  \"The last.\" He left.\n\n\"No."),
            "\"One day.|\"The last.\"");
  EXPECT_EQ(Quoted("“One day.\n\n«Another» day."), "«Another»");
}

TEST(FindQuotesTest, LinesThatBeginWithAnAngleAreABlockQuote) {
  EXPECT_EQ(Quoted("You wrote:\n> one\n>two\n>> three\nI do not think so."),
            "> one\n>two\n>> three\n");
  EXPECT_EQ(Quoted("> one\r\n>\r\n> two"), "> one\r\n>\r\n> two");
  EXPECT_EQ(Quoted("> one\n\n  > two\n\nthree"), "> one\n|  > two\n");
  EXPECT_EQ(Quoted("one > two\n  three\n"), "");
  EXPECT_EQ(Quoted("> he said \"no\n> way\"\nthen"),
            "> he said \"no\n> way\"\n");
}

TEST(FindQuotesTest, ANoteOfMarkdownIsNoQuotation) {
  EXPECT_EQ(Quoted("> [!NOTE]\n> Do not do it.\n\n> He did.\n"), "> He did.\n");
  EXPECT_EQ(Quoted(">[!TIP]\n> Say \"no\".\n"), "\"no\"");
}

TEST(FindQuotesTest, StandsWhateverBytesThereAre) {
  for (const std::string_view text :
       {"", "\"", "\"\"", "'", "''", "``", ">", ">\n>", "\xc2", "\xe2\x80",
        "\"\xff\"", "\xe3\x80\x8c\xe3\x80", "\n\n\n", "“\n\n“\n\n“"}) {
    for (const ByteRange quote : FindQuotes(text)) {
      EXPECT_LT(quote.begin, quote.end) << text;
      EXPECT_LE(quote.end, text.size()) << text;
    }
  }
}

TEST(FindQuotesTest, DeepNestingIsCutNotFollowed) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "「";
  for (int i = 0; i < 1000; ++i) text += "」";
  // The innermost eight.
  EXPECT_EQ(Quoted(text).size(), 3 * 16);
}

// Text of marks and little else.
std::string RandomMarks(testing::Random* random, size_t pieces) {
  static constexpr std::string_view kPieces[] = {
      "a",  "b",  " ",  " ",  ". ", ", ", "\n", "\"", "'",    "“",       "”",
      "„",  "‘",  "’",  "‚",  "«",  "»",  "‹",  "›",  "``",   "''",      "「",
      "」", "『", "』", "字", "(",  ")",  "5",  "–",  "\xff", "\xe2\x80"};
  std::string text;
  for (size_t i = 0; i < pieces; ++i) {
    text += kPieces[random->Below(std::size(kPieces))];
  }
  return text;
}

TEST(FindQuotesTest, WhatIsQuotedDependsOnTheParagraphOnly) {
  testing::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string before = RandomMarks(&random, random.Below(20));
    const std::string after = "x " + RandomMarks(&random, random.Below(20));
    const std::string both = before + "\n\n" + after;
    std::vector<ByteRange> expected = FindQuotes(before);
    const auto shift = static_cast<uint32_t>(before.size() + 2);
    for (const ByteRange quote : FindQuotes(after)) {
      expected.push_back({quote.begin + shift, quote.end + shift});
    }
    const std::vector<ByteRange> found = FindQuotes(both);
    ASSERT_EQ(found, expected) << both;
    uint32_t end = 0;
    for (const ByteRange quote : found) {
      ASSERT_LE(end, quote.begin) << both;
      ASSERT_LT(quote.begin, quote.end) << both;
      end = quote.end;
    }
    ASSERT_LE(end, both.size());
  }
}

TEST(QuotedShareTest, CountsWords) {
  const Words words = MakeWords(
      "a b \"c d e f g h i j\" k l\n> m n o p q r s t u v\n\"w x y z");
  EXPECT_EQ(words.quoted, (std::vector<WordRange>{{2, 10}, {12, 22}}));
  EXPECT_DOUBLE_EQ(QuotedShare(words, {0, 12}), 8. / 12);
  EXPECT_DOUBLE_EQ(QuotedShare(words, {3, 9}), 1);
  EXPECT_DOUBLE_EQ(QuotedShare(words, {8, 14}), 4. / 6);
  EXPECT_DOUBLE_EQ(QuotedShare(words, {22, 25}), 0);
}

TEST(QuotedShareTest, StringsInATableAreNoQuotations) {
  const Words words = MakeWords(
      R"("name": "a b c", "path": "d/e/f/g", "title": "h i j k l m n")");
  EXPECT_TRUE(words.quoted.empty());
}

constexpr char kPlain[] = "a b c d e f g h i j";
constexpr char kQuoted[] = "\"a b c d e f g h i j\"";

PassageKind LabelOf(PassageKind kind, std::string_view a, std::string_view b) {
  Passage passage{.a = {0, 10}, .b = {0, 10}, .kind = kind};
  LabelQuotation(MakeWords(a), MakeWords(b), &passage);
  return passage.kind;
}

TEST(LabelQuotationTest, IsForVerbatimAndLightPassagesOnly) {
  for (const PassageKind kind : {PassageKind::kVerbatim, PassageKind::kLight}) {
    EXPECT_EQ(LabelOf(kind, kPlain, kQuoted), PassageKind::kQuotation);
    EXPECT_EQ(LabelOf(kind, kQuoted, kPlain), PassageKind::kQuotation);
    EXPECT_EQ(LabelOf(kind, kPlain, kPlain), kind);
  }
  for (const PassageKind kind :
       {PassageKind::kReworded, PassageKind::kSummary}) {
    EXPECT_EQ(LabelOf(kind, kPlain, kQuoted), kind);
  }
}

TEST(LabelQuotationTest, NeedsNineWordsOfTen) {
  const auto kind = [](std::string_view other) {
    return LabelOf(PassageKind::kVerbatim, kPlain, other);
  };
  EXPECT_EQ(kind("\"a b c d e f g h i\" j"), PassageKind::kQuotation);
  EXPECT_EQ(kind("a \"b c d e f g h i\" j"), PassageKind::kVerbatim);
}

TEST(LabelQuotationTest, AlignmentGivesTheKindWhicheverSideQuotes) {
  const std::string passage =
      "The ferryman kept three lists: of those who had paid, of those who "
      "would pay, and of those who had only ever waved from the other bank. "
      "The third was the longest, and he read it aloud on quiet evenings, "
      "slowly, as one reads the names of ships.";
  const std::string source = "Nobody lives at the landing now. " + passage +
                             " In the spring the hut was sold for its timber.";
  const std::string quoting =
      "My grandmother used to recite a page of it at table. \"" + passage +
      "\" Then she would ask for the salt, and nobody dared to laugh.";
  const std::string copying =
      "My grandmother used to recite a page of it at table. " + passage +
      " Then she would ask for the salt, and nobody dared to laugh.";
  const auto kinds = [](const std::string& a, const std::string& b) {
    std::vector<PassageKind> found;
    for (const Passage& p : AlignPair(MakeWords(a), MakeWords(b), {})) {
      found.push_back(p.kind);
    }
    return found;
  };
  const std::vector<PassageKind> quotation = {PassageKind::kQuotation};
  EXPECT_EQ(kinds(source, quoting), quotation);
  EXPECT_EQ(kinds(quoting, source), quotation);
  EXPECT_EQ(kinds(source, copying),
            std::vector<PassageKind>{PassageKind::kVerbatim});
}

}  // namespace
}  // namespace twicetold
