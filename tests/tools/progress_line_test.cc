// SPDX-License-Identifier: Apache-2.0
#include "tools/progress_line.h"

#include <gtest/gtest.h>

namespace twicetold {
namespace {

constexpr Progress kHalf = {.stage = Stage::kSketch,
                            .documents_done = 12345,
                            .documents = 20000,
                            .bytes_done = 50000000,
                            .bytes = 100000000};

TEST(ProgressTextTest, StageShareRatesAndTimeLeft) {
  EXPECT_EQ(ProgressText(kHalf, 2, 100),
            "sketching   50 %  2 s left  6,172 documents/s  25.0 MB/s");
}

TEST(ProgressTextTest, NoRateWhereTheTimeIsTooShortForOne) {
  EXPECT_EQ(ProgressText(kHalf, .1, 100), "sketching   50 %");
}

TEST(ProgressTextTest, NothingDoneYet) {
  EXPECT_EQ(ProgressText({.stage = Stage::kVerify, .documents = 10}, 5, 100),
            "verifying");
  EXPECT_EQ(ProgressText({.stage = Stage::kCandidates}, 5, 100),
            "comparing sketches");
}

TEST(ProgressTextTest, WithoutBytesDocumentsAreTheMeasure) {
  EXPECT_EQ(
      ProgressText(
          {.stage = Stage::kVerify, .documents_done = 25, .documents = 100}, 1,
          100),
      "verifying   25 %  3 s left  25 documents/s");
}

TEST(ProgressTextTest, LongTimes) {
  EXPECT_EQ(ProgressText(kHalf, 59.6, 29), "sketching   50 %  1 min 0 s l");
  EXPECT_EQ(ProgressText(kHalf, 3720, 34),
            "sketching   50 %  1 h 2 min left  ");
}

// Files may grow, and documents be read twice.
TEST(ProgressTextTest, NeverAboveTheWhole) {
  EXPECT_EQ(
      ProgressText(
          {.stage = Stage::kVerify, .documents_done = 300, .documents = 100}, 1,
          100),
      "verifying  100 %  0 s left  300 documents/s");
}

TEST(ProgressTextTest, FitsTheWidth) {
  for (size_t width = 0; width < 80; ++width) {
    const std::string text = ProgressText(kHalf, 2, width);
    EXPECT_LE(text.size(), width);
    EXPECT_TRUE(ProgressText(kHalf, 2, 100).starts_with(text));
  }
}

}  // namespace
}  // namespace twicetold
