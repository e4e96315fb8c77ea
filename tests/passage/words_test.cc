// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/told_again.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using testing::ToldAgain;

// The text with a bar at the end of each cell, and a dot before each other
// word at which a passage may begin.
std::string Spell(std::string_view text) {
  const Words words = MakeWords(text);
  std::set<uint32_t> ends;
  for (const WordRange cell : words.cells) ends.insert(cell.end);
  std::string spelled;
  for (uint32_t i = 0; i < words.size(); ++i) {
    if (i > 0) spelled += ends.contains(i) ? "|" : " ";
    if (i > 0 && words.cuts[i] != 0) spelled += "^";
    const ByteRange range = words.ranges[i];
    spelled += text.substr(range.begin, range.end - range.begin);
  }
  return spelled;
}

TEST(WordsTest, SentencesAreCells) {
  EXPECT_EQ(Spell("One two three four. Five six seven eight! Is nine ten it?"),
            "One two three four.|^Five six seven eight!|^Is nine ten it?");
  EXPECT_EQ(Spell("He said “go on with it now.” Then he left us all."),
            "He said “go on with it now.”|^Then he left us all.");
  // No white space behind the mark.
  EXPECT_EQ(Spell("pi is 3.14 or so, see www.example.org for it"),
            "pi is 3. 14 or so, see www. example. org for it");
}

TEST(WordsTest, LinesAreCutsAndSometimesCells) {
  EXPECT_EQ(Spell("one two three four\nfive six seven eight"),
            "one two three four ^five six seven eight");
  EXPECT_EQ(Spell("one two three four\nFive six seven eight"),
            "one two three four|^Five six seven eight");
  EXPECT_EQ(Spell("one two three four\r\n7 six seven eight"),
            "one two three four|^7 six seven eight");
  EXPECT_EQ(Spell("one two three four\r\n\r\nfive six seven eight"),
            "one two three four|^five six seven eight");
}

TEST(WordsTest, ShortSentencesAreJoinedToTheNext) {
  EXPECT_EQ(Spell("No. One two three. Four five six seven. Yes."),
            "No. ^One two three.|^Four five six seven.|^Yes.");
}

TEST(WordsTest, LongSentencesAreCut) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "word ";
  const Words words = MakeWords(text);
  ASSERT_EQ(words.cells.size(), 4u);
  EXPECT_EQ(words.cells[0], (WordRange{0, kMostCellWords}));
  EXPECT_EQ(words.cells[3], (WordRange{3 * kMostCellWords, 200}));
  EXPECT_EQ(std::count(words.cuts.begin(), words.cuts.end(), 1), 2);
}

TEST(WordsTest, MarksOfOtherScriptsEndSentences) {
  EXPECT_EQ(MakeWords("我们今天去学校。你们明天来这里。").cells.size(), 2u);
  EXPECT_EQ(MakeWords("यह एक छोटा वाक्य है। यह दूसरा छोटा वाक्य है।").cells.size(),
            2u);
}

TEST(WordsTest, PunctuationClingsToWords) {
  const std::string text = "  (Hello,) «wide»  world!  ";
  const Words words = MakeWords(text);
  ASSERT_EQ(words.size(), 3u);
  const auto cut = [&](uint32_t i) {
    return text.substr(words.ranges[i].begin,
                       words.ranges[i].end - words.ranges[i].begin);
  };
  EXPECT_EQ(cut(0), "(Hello,)");
  EXPECT_EQ(cut(1), "«wide»");
  EXPECT_EQ(cut(2), "world!");
}

TEST(WordsTest, AStemIsFiveLetters) {
  const Words words = MakeWords("Investing investors invest investment invite");
  EXPECT_EQ(words.stem_hashes.size(), 2u);
  EXPECT_EQ(words.stems[0], words.stems[3]);
  EXPECT_NE(words.stems[0], words.stems[4]);
  EXPECT_NE(words.hashes[0], words.hashes[1]);
}

TEST(WordsTest, InScriptsWithoutSpacesAStemIsTwoLetters) {
  const Words words = MakeWords("中文 中国 中文");
  ASSERT_EQ(words.size(), 6u);
  EXPECT_EQ(words.hashes[0], words.hashes[2]);
  EXPECT_NE(words.stems[0], words.stems[2]);
  EXPECT_EQ(words.stems[0], words.stems[4]);
}

TEST(WordsTest, NothingIsNothing) {
  for (const std::string_view text : {"", "...", " \n\n ", "\xff\xfe"}) {
    const Words words = MakeWords(text);
    EXPECT_EQ(words.size(), 0u);
    EXPECT_TRUE(words.cells.empty());
    EXPECT_EQ(words.cuts.size(), 1u);
  }
}

void ExpectCellsTile(const Words& words) {
  uint32_t at = 0;
  for (const WordRange cell : words.cells) {
    ASSERT_EQ(cell.begin, at);
    ASSERT_LT(cell.begin, cell.end);
    EXPECT_LE(cell.size(), kMostCellWords + kLeastCellWords);
    at = cell.end;
    EXPECT_TRUE(at == words.size() || cell.size() >= kLeastCellWords);
  }
  EXPECT_EQ(at, words.size());
}

void ExpectStemsAreCounted(const Words& words) {
  EXPECT_TRUE(std::is_sorted(words.stem_hashes.begin(), words.stem_hashes.end(),
                             std::less_equal<>()) ||
              words.stem_hashes.size() < 2);
  std::map<uint32_t, uint32_t> cells_with;
  for (size_t i = 0; i < words.cells.size(); ++i) {
    std::map<uint32_t, uint32_t> counts;
    for (uint32_t w = words.cells[i].begin; w < words.cells[i].end; ++w) {
      ++counts[words.stems[w]];
    }
    const auto stems = words.StemsOf(i);
    ASSERT_EQ(stems.size(), counts.size());
    uint32_t word = words.cells[i].begin;
    for (const StemCount& stem : stems) {
      EXPECT_EQ(stem.count, counts[stem.stem]);
      ++cells_with[stem.stem];
      // In the order in which they are met.
      while (word < words.cells[i].end && words.stems[word] != stem.stem) {
        ++word;
      }
      EXPECT_LT(word, words.cells[i].end);
    }
  }
  for (const auto& [stem, count] : cells_with) {
    EXPECT_EQ(words.stem_cells[stem], count);
  }
  EXPECT_EQ(cells_with.size(), words.stem_hashes.size());
}

// One maker for texts of any length makes of each what a new one does.
TEST(WordsMakerTest, RemembersNothingOfOtherTexts) {
  WordsMaker maker;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::string text = ToldAgain(seed, testing::kAllWritings[seed % 8]).a +
                       "\n> " + "eight words that are quoted in the text\n\n";
    for (int i = seed % 3 == 0 ? 10 : 0; i > 0; --i) {
      text += ToldAgain(seed + 100 * static_cast<uint64_t>(i),
                        testing::kAllWritings[i % 8])
                  .a;
    }
    const Words expected = MakeWords(text);
    const Words words = maker.Make(text);
    ASSERT_EQ(words.hashes, expected.hashes) << seed;
    EXPECT_EQ(words.stems, expected.stems);
    EXPECT_EQ(words.ranges, expected.ranges);
    EXPECT_TRUE(words.bare_ranges.empty());
    EXPECT_EQ(words.cuts, expected.cuts);
    EXPECT_EQ(words.cells, expected.cells);
    EXPECT_EQ(words.cell_begins, expected.cell_begins);
    EXPECT_EQ(words.stem_hashes, expected.stem_hashes);
    EXPECT_EQ(words.stem_cells, expected.stem_cells);
    EXPECT_EQ(words.quoted, expected.quoted);
    EXPECT_FALSE(words.quoted.empty());
    ExpectCellsTile(words);
    ExpectStemsAreCounted(words);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(WordsTest, WhatIsPromisedHoldsForAnyWriting) {
  for (const testing::Writing writing : testing::kAllWritings) {
    for (uint64_t seed = 0; seed < 10; ++seed) {
      const std::string text = ToldAgain(seed, writing).a;
      const Words words = MakeWords(text);
      const Tokens tokens = Tokenize(text);
      ASSERT_EQ(words.hashes, tokens.hashes);
      ASSERT_EQ(words.bare_ranges, tokens.ranges);
      ExpectCellsTile(words);
      ExpectStemsAreCounted(words);
      for (uint32_t i = 0; i < words.size(); ++i) {
        const ByteRange wide = words.ranges[i];
        EXPECT_LE(wide.begin, words.bare_ranges[i].begin);
        EXPECT_LE(i == 0 ? 0 : words.ranges[i - 1].begin, wide.begin);
      }
      // A sentence begins where a passage may, unless it was cut for its
      // length.
      for (const WordRange cell : words.cells) {
        EXPECT_TRUE(words.cuts[cell.end] != 0 || cell.size() >= kMostCellWords)
            << cell.begin;
      }
      if (HasFailure()) FAIL() << NameOf(writing) << ", seed " << seed;
    }
  }
}

}  // namespace
}  // namespace twicetold
