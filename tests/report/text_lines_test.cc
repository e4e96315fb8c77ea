// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/text_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace twicetold {
namespace {

TEST(TextLinesTest, AreNumberedFromOne) {
  const TextLines lines("ab\ncd\r\nef\rg\n\n");
  // What ends a line is part of it.
  const uint32_t numbers[] = {1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6};
  for (uint32_t i = 0; i < std::size(numbers); ++i) {
    EXPECT_EQ(lines.NumberAt(i), numbers[i]) << i;
  }
  EXPECT_EQ(lines.NextAfter(0), 3u);
  EXPECT_EQ(lines.NextAfter(3), 7u);
  EXPECT_EQ(lines.NextAfter(13), UINT32_MAX);
  EXPECT_EQ(TextLines("").NumberAt(0), 1u);
}

bool Wrapped(const std::string& text) {
  const Words words = MakeWords(text);
  return IsWrapped(text, words, {0, words.size()});
}

TEST(TextLinesTest, TellProseThatIsWrapped) {
  EXPECT_TRUE(Wrapped(
      "A sentence that goes on\nover the end of a line and\nstops here. "
      "Another one of them\nbegins in the middle.\n"));
  EXPECT_TRUE(Wrapped("私はその本を\n三時間ぐらい\n読みました。\n"));
}

TEST(TextLinesTest, TellLinesThatAreParagraphs) {
  EXPECT_FALSE(
      Wrapped("A heading of some words\nA paragraph of one line.\n"
              "And of another one.\n"));
  EXPECT_FALSE(Wrapped("All of it is in a single line. There is no other."));
  EXPECT_FALSE(Wrapped("One two three four\n\nfive six seven eight"));
  EXPECT_FALSE(Wrapped(""));
}

// Only the passage counts.
TEST(TextLinesTest, LookInsideTheRange) {
  const std::string text =
      "Heading of the Text\nIn two Headings Here\nand then wrapped\nprose that "
      "goes on\nand on and on\n";
  const Words words = MakeWords(text);
  EXPECT_TRUE(IsWrapped(text, words, {8, words.size()}));
  EXPECT_FALSE(IsWrapped(text, words, {0, 8}));
}

}  // namespace
}  // namespace twicetold
