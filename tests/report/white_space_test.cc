// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/white_space.h"

#include <gtest/gtest.h>

#include <string>

namespace twicetold {
namespace {

constexpr char kWide[] = "\u3000";      // ideographic space
constexpr char kNoBreak[] = "\u00a0";   // no-break space
constexpr char kNextLine[] = "\u0085";  // a control character

TEST(WhiteSpaceTest, OfAllKindsIsCounted) {
  const std::string space =
      std::string(" \t\r\n\v\f") + kWide + kNoBreak + kNextLine;
  EXPECT_EQ(SpaceBytes(space + "x "), space.size());
  EXPECT_EQ(SpaceBytes("x "), 0u);
  EXPECT_EQ(SpaceBytes(""), 0u);
  EXPECT_EQ(BytesBeforeSpace("né" + space), 3u);
  EXPECT_EQ(BytesBeforeSpace("né"), 3u);
  EXPECT_EQ(BytesBeforeSpace(space), 0u);
}

// A byte that is no character is no white space either, though U+0085 and
// U+00A0 are.
TEST(WhiteSpaceTest, BadBytesAreText) {
  EXPECT_EQ(SpaceBytes("\x85 "), 0u);
  EXPECT_EQ(SpaceBytes("\xa0"), 0u);
  EXPECT_EQ(BytesBeforeSpace("\xc2\x85"), 0u);
  EXPECT_EQ(BytesBeforeSpace("\xe3\x80 "), 2u);
}

TEST(WhiteSpaceTest, IsTakenOffAtBothEnds) {
  const std::string text = std::string(" ") + kWide + "a b" + kWide + "\n.";
  const ByteRange bare = WithoutSpaceAround(text, {0, 11});
  EXPECT_EQ(bare, (ByteRange{4, 7}));
  EXPECT_EQ(WithoutSpaceAround(text, {5, 6}).begin,
            WithoutSpaceAround(text, {5, 6}).end);
  EXPECT_EQ(WithoutSpaceAround(text, {4, 4}), (ByteRange{4, 4}));
  EXPECT_EQ(WithoutSpaceAround("\x80\x80 ", {0, 3}), (ByteRange{0, 2}));
}

TEST(WhiteSpaceTest, LinesEndInThreeWays) {
  EXPECT_EQ(CountLineEnds(""), 0u);
  EXPECT_EQ(CountLineEnds(" \t"), 0u);
  EXPECT_EQ(CountLineEnds("\n \r\n\r"), 3u);
  EXPECT_EQ(CountLineEnds("\n\r"), 2u);
}

}  // namespace
}  // namespace twicetold
