// SPDX-License-Identifier: Apache-2.0
#include "tools/flag_values.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twicetold {
namespace {

TEST(ParseByteSizeTest, Table) {
  EXPECT_EQ(ParseByteSize("0"), 0u);
  EXPECT_EQ(ParseByteSize("500"), 500u);
  EXPECT_EQ(ParseByteSize("10K"), 10240u);
  EXPECT_EQ(ParseByteSize("10k"), 10240u);
  EXPECT_EQ(ParseByteSize("3M"), uint64_t{3} << 20);
  EXPECT_EQ(ParseByteSize("2g"), uint64_t{2} << 30);
  EXPECT_EQ(ParseByteSize("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(ParseByteSize("17179869183G"), uint64_t{17179869183} << 30);
  for (const char* wrong :
       {"", "K", "-1", "+1", " 1", "1 ", "1KB", "1.5M", "1T", "0x10",
        "18446744073709551616", "17179869184G"}) {
    EXPECT_FALSE(ParseByteSize(wrong).has_value()) << wrong;
  }
}

TEST(ParseReportTargetTest, Table) {
  EXPECT_EQ(ParseReportTarget("text")->format, ReportFormat::kText);
  EXPECT_EQ(ParseReportTarget("text")->path, "");
  EXPECT_EQ(ParseReportTarget("jsonl")->format, ReportFormat::kJsonl);
  EXPECT_EQ(ParseReportTarget("jsonl:out/x.jsonl")->path, "out/x.jsonl");
  EXPECT_EQ(ParseReportTarget("jsonl:-")->path, "");
  EXPECT_EQ(ParseReportTarget("jsonl:./-")->path, "./-");
  EXPECT_EQ(ParseReportTarget("text:a:b")->path, "a:b");
  for (const char* wrong : {"", "json", "TEXT", "text:", ":x", "html"}) {
    EXPECT_FALSE(ParseReportTarget(wrong).has_value()) << wrong;
  }
}

TEST(CheckReportTargetTest, SuggestsAFormatOnlyWhereOneIsWrong) {
  EXPECT_EQ(CheckReportTarget("jsonl:out"), "");
  EXPECT_TRUE(CheckReportTarget("json:out").ends_with("did you mean jsonl?"));
  EXPECT_TRUE(CheckReportTarget("txt").ends_with("did you mean text?"));
  EXPECT_TRUE(CheckReportTarget("html").ends_with("or jsonl:FILE"));
  EXPECT_TRUE(CheckReportTarget("text:").ends_with("or jsonl:FILE"));
}

TEST(CheckChoiceTest, NamesAllAndTheNearest) {
  const std::vector<std::string> choices = {"auto", "always", "never"};
  EXPECT_EQ(CheckChoice(choices, "never"), "");
  EXPECT_EQ(CheckChoice(choices, "nevr"),
            "'nevr' is not auto, always or never; did you mean never?");
  EXPECT_EQ(CheckChoice(choices, "sometimes"),
            "'sometimes' is not auto, always or never");
}

TEST(CheckWholeNumberTest, Table) {
  for (std::string right : {"1", "10", "1000", "007"}) {
    EXPECT_EQ(CheckWholeNumber(1, 1000, &right), "") << right;
    EXPECT_NE(right[0], '0');
  }
  for (std::string wrong : {"", "0", "1001", "-1", "+1", "2.5", "1e2", "0x10",
                            " 1", "1 ", "99999999999999999999"}) {
    EXPECT_EQ(CheckWholeNumber(1, 1000, &wrong),
              "'" + wrong + "' is not a whole number from 1 to 1000");
  }
}

TEST(CheckFractionTest, Table) {
  for (const char* right : {".5", "0.5", "1e-3", ".999999"}) {
    EXPECT_EQ(CheckFraction(false, right), "") << right;
  }
  EXPECT_EQ(CheckFraction(true, "1"), "");
  EXPECT_EQ(CheckFraction(true, "1.0"), "");
  for (const char* wrong :
       {"", "0", "1", "1.5", "-.5", "nan", "inf", "x", ".5x", " .5", "0,5"}) {
    EXPECT_NE(CheckFraction(false, wrong), "") << wrong;
  }
}

}  // namespace
}  // namespace twicetold
