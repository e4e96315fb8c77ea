// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/human.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace twicetold {
namespace {

TEST(HumanBytesTest, ThreeDigitsInDecimalUnits) {
  EXPECT_EQ(HumanBytes(0), "0 B");
  EXPECT_EQ(HumanBytes(1), "1 B");
  EXPECT_EQ(HumanBytes(999), "999 B");
  EXPECT_EQ(HumanBytes(1000), "1.00 kB");
  EXPECT_EQ(HumanBytes(1024), "1.02 kB");
  EXPECT_EQ(HumanBytes(17608), "17.6 kB");
  EXPECT_EQ(HumanBytes(215897), "216 kB");
  EXPECT_EQ(HumanBytes(5e9), "5.00 GB");
  EXPECT_EQ(HumanBytes(2.5e15), "2500 TB");
}

TEST(HumanBytesTest, RoundingNeverGivesAFourthDigit) {
  EXPECT_EQ(HumanBytes(9994), "9.99 kB");
  EXPECT_EQ(HumanBytes(9996), "10.0 kB");
  EXPECT_EQ(HumanBytes(99940), "99.9 kB");
  EXPECT_EQ(HumanBytes(99960), "100 kB");
  EXPECT_EQ(HumanBytes(999400), "999 kB");
  EXPECT_EQ(HumanBytes(999600), "1.00 MB");
}

TEST(HumanCountTest, Thousands) {
  EXPECT_EQ(HumanCount(0), "0");
  EXPECT_EQ(HumanCount(999), "999");
  EXPECT_EQ(HumanCount(1000), "1,000");
  EXPECT_EQ(HumanCount(999999), "999,999");
  EXPECT_EQ(HumanCount(1234567), "1,234,567");
  EXPECT_EQ(HumanCount(UINT64_MAX), "18,446,744,073,709,551,615");
}

TEST(HumanCountTest, OnlyOneIsSingular) {
  EXPECT_EQ(HumanCount(0, "document"), "0 documents");
  EXPECT_EQ(HumanCount(1, "document"), "1 document");
  EXPECT_EQ(HumanCount(2, "document"), "2 documents");
  EXPECT_EQ(HumanCount(1000, "document"), "1,000 documents");
}

TEST(HumanFractionTest, CutsOffAndNeverRoundsUp) {
  EXPECT_EQ(HumanFraction(0), ".000");
  EXPECT_EQ(HumanFraction(.0009), ".000");
  EXPECT_EQ(HumanFraction(.5), ".500");
  EXPECT_EQ(HumanFraction(.8769), ".876");
  EXPECT_EQ(HumanFraction(.9999), ".999");
  EXPECT_EQ(HumanFraction(1 - 1e-9), ".999");
  EXPECT_EQ(HumanFraction(1), "1.000");
}

// Fractions such as .29 have no exact double, and their products with 1,000
// may come out just below the whole number.
TEST(HumanFractionTest, ThousandthsStayWhatTheyAre) {
  for (int i = 0; i < 1000; ++i) {
    std::string digits = std::to_string(1000 + i);
    digits[0] = '.';
    EXPECT_EQ(HumanFraction(i / 1000.), digits);
  }
}

TEST(HumanFractionTest, JustBelowOneInManyShinglesIsNotOne) {
  for (const double n : {1e4, 1e6, 1e8, 4e9}) {
    EXPECT_EQ(HumanFraction((n - 1) / n), ".999") << n;
    EXPECT_EQ(HumanPercent((n - 1) / n), "99.9 %") << n;
  }
}

TEST(HumanPercentTest, CutsOffAndNeverRoundsUp) {
  EXPECT_EQ(HumanPercent(0), "0.0 %");
  EXPECT_EQ(HumanPercent(.0019), "0.1 %");
  EXPECT_EQ(HumanPercent(.29), "29.0 %");
  EXPECT_EQ(HumanPercent(.9344), "93.4 %");
  EXPECT_EQ(HumanPercent(.99999), "99.9 %");
  EXPECT_EQ(HumanPercent(1), "100 %");
}

TEST(HumanSecondsTest, UnitsAndTheirEdges) {
  EXPECT_EQ(HumanSeconds(0), "0.00 s");
  EXPECT_EQ(HumanSeconds(.014), "0.01 s");
  EXPECT_EQ(HumanSeconds(9.99), "9.99 s");
  EXPECT_EQ(HumanSeconds(9.996), "10.0 s");
  EXPECT_EQ(HumanSeconds(59.94), "59.9 s");
  EXPECT_EQ(HumanSeconds(99.94), "99.9 s");
  EXPECT_EQ(HumanSeconds(99.96), "1 min 40 s");
  EXPECT_EQ(HumanSeconds(200), "3 min 20 s");
  EXPECT_EQ(HumanSeconds(3599.4), "59 min 59 s");
  EXPECT_EQ(HumanSeconds(3599.6), "1 h 0 min");
  EXPECT_EQ(HumanSeconds(7500), "2 h 5 min");
  EXPECT_EQ(HumanSeconds(360000), "100 h 0 min");
}

}  // namespace
}  // namespace twicetold
