// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_marks.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;

// The same of a gap without characters beyond ASCII, by regular expressions.
GapMarks ReadSlowly(const std::string& gap) {
  GapMarks marks;
  const size_t first = gap.find_first_of(" \t\n\v\f\r");
  marks.has_space = first != std::string::npos;
  marks.before_space = marks.has_space ? first : gap.size();
  if (marks.has_space) {
    marks.after_space = gap.find_last_of(" \t\n\v\f\r") + 1;
  }
  const std::regex newline("\r\n|\r|\n");
  marks.newlines = static_cast<size_t>(
      std::distance(std::sregex_iterator(gap.begin(), gap.end(), newline),
                    std::sregex_iterator()));
  marks.sentence_end =
      marks.newlines >= 2 ||
      std::regex_search(gap, std::regex("[.!?][\"')\\]]*[ \t\n\v\f\r]"));
  return marks;
}

void ExpectSame(const GapMarks& read, const GapMarks& wanted) {
  EXPECT_EQ(read.before_space, wanted.before_space);
  EXPECT_EQ(read.after_space, wanted.after_space);
  EXPECT_EQ(read.has_space, wanted.has_space);
  EXPECT_EQ(read.sentence_end, wanted.sentence_end);
  EXPECT_EQ(read.newlines, wanted.newlines);
}

std::string AnyGap(Random* random) {
  constexpr std::string_view kParts = "  \t\n\n\r\v\f..!?\"')](-:";
  std::string gap;
  const size_t length = random->Below(8);
  while (gap.size() < length) gap += kParts[random->Below(kParts.size())];
  return gap;
}

TEST(SentenceMarksTest, GapsOfAsciiAreReadAsSlowly) {
  Random random(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string gap = AnyGap(&random);
    SCOPED_TRACE(::testing::PrintToString(gap));
    ExpectSame(ReadGap(gap), ReadSlowly(gap));
    if (HasFailure()) return;
  }
}

// A zero-width space, which is none, makes a gap take the way of other scripts.
TEST(SentenceMarksTest, AllGapsAreReadAlike) {
  constexpr std::string_view kNothing = "\xe2\x80\x8b";
  Random random(2);
  for (int round = 0; round < 3000; ++round) {
    const std::string gap = AnyGap(&random);
    SCOPED_TRACE(::testing::PrintToString(gap));
    GapMarks read = ReadGap(gap + std::string(kNothing));
    if (!read.has_space) read.before_space -= kNothing.size();
    ExpectSame(read, ReadSlowly(gap));
    if (HasFailure()) return;
  }
}

TEST(SentenceMarksTest, CapitalsAndDigitsAreThoseOfUnicode) {
  for (char32_t c = 0; c < 0x3000; ++c) {
    const auto code_point = static_cast<UChar32>(c);
    EXPECT_EQ(IsCapitalOrDigit(c), u_isupper(code_point) != 0 ||
                                       u_istitle(code_point) != 0 ||
                                       u_isdigit(code_point) != 0)
        << static_cast<uint32_t>(c);
  }
}

}  // namespace
}  // namespace twicetold
