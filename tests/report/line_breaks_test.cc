// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/line_breaks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Parts(std::string_view text,
                               const std::vector<size_t>& ends) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (const size_t end : ends) {
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return parts;
}

std::vector<std::string> Lines(std::string_view text) {
  return Parts(text, LineBreaks(text));
}

TEST(LineBreaksTest, StandBehindSpacesAndHyphens) {
  EXPECT_THAT(Lines("a well-known “quoted” word."),
              ElementsAre("a ", "well-", "known ", "“quoted” ", "word."));
  EXPECT_THAT(Lines(""), IsEmpty());
}

TEST(LineBreaksTest, StandBetweenHanButNotBeforePunctuation) {
  EXPECT_THAT(Lines("古い本。"), ElementsAre("古", "い", "本。"));
}

TEST(GraphemeBreaksTest, KeepTogetherWhatIsOneSign) {
  EXPECT_THAT(Parts("e\u0301x👨‍👩‍👧",
                    GraphemeBreaks("e\u0301x👨‍👩‍👧")),
              ElementsAre("e\u0301", "x", "👨‍👩‍👧"));
  EXPECT_THAT(GraphemeBreaks(""), IsEmpty());
}

}  // namespace
}  // namespace twicetold
