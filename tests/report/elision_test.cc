// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/elision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A sentence for each letter: = is the same, anything else differs.
std::vector<SentenceDiff> Sentences(std::string_view letters) {
  std::vector<SentenceDiff> sentences;
  for (const char letter : letters) {
    sentences.push_back(
        {.a = {},
         .b = {},
         .pieces = {{.same = letter == '=', .a = {0, 1}, .b = {0, 1}}}});
  }
  return sentences;
}

// Those left out as dots.
std::string Elided(std::string_view letters, size_t context) {
  std::string shown(letters);
  size_t end = 0;
  for (const SentenceStretch& stretch : Elide(Sentences(letters), context)) {
    EXPECT_EQ(stretch.begin, end);
    EXPECT_LT(stretch.begin, stretch.end);
    end = stretch.end;
    if (stretch.shown) continue;
    for (size_t i = stretch.begin; i < stretch.end; ++i) shown[i] = '.';
  }
  EXPECT_EQ(end, letters.size());
  return shown;
}

TEST(ElisionTest, LeavesContextAtBothEnds) {
  EXPECT_EQ(Elided("=====x======", 1), "=...=x=....=");
  EXPECT_EQ(Elided("x=====x", 1), "x=...=x");
  EXPECT_EQ(Elided("x=====x", 0), "x.....x");
  EXPECT_EQ(Elided("========", 2), "==....==");
}

// A line that says that one sentence is left out saves nothing.
TEST(ElisionTest, LeavesOutTwoAtLeast) {
  EXPECT_EQ(Elided("x=x", 0), "x=x");
  EXPECT_EQ(Elided("x==x", 0), "x..x");
  EXPECT_EQ(Elided("x===x", 1), "x===x");
  EXPECT_EQ(Elided("x====x", 1), "x=..=x");
}

TEST(ElisionTest, ShowsAllIfAsked) {
  EXPECT_EQ(Elided("==x=====", SIZE_MAX), "==x=====");
  EXPECT_EQ(Elided("==x=====", 3), "==x=====");
  EXPECT_THAT(Elide({}, 1), IsEmpty());
}

TEST(ElisionTest, ShowsAllThatDiffers) {
  EXPECT_THAT(Elide(Sentences("xyz"), 0),
              ElementsAre(SentenceStretch{0, 3, true}));
}

}  // namespace
}  // namespace twicetold
