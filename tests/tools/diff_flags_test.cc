// SPDX-License-Identifier: Apache-2.0
#include "tools/diff_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "tools/flags.h"

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Flags Parse(std::vector<const char*> args) {
  args.insert(args.begin(), {"twicetold", "diff"});
  return ParseFlags(static_cast<int>(args.size()), args.data());
}

// Flags of `twicetold diff ARGS`, which must be right.
DiffFlags Diff(std::vector<const char*> args) {
  const Flags parsed = Parse(std::move(args));
  if (const auto* print = std::get_if<PrintAndExit>(&parsed)) {
    ADD_FAILURE() << print->text;
    return {};
  }
  return std::get<DiffFlags>(parsed);
}

// The message for `twicetold diff ARGS`, which must be wrong.
std::string Error(std::vector<const char*> args) {
  const Flags parsed = Parse(std::move(args));
  const auto* print = std::get_if<PrintAndExit>(&parsed);
  if (print == nullptr) {
    ADD_FAILURE() << "nothing is printed";
    return "";
  }
  EXPECT_TRUE(print->is_error);
  EXPECT_THAT(print->text, HasSubstr("\nTry 'twicetold diff --help'.\n"));
  return print->text;
}

TEST(DiffFlagsTest, Defaults) {
  const DiffFlags flags = Diff({"a", "b"});
  EXPECT_THAT(flags.paths, ElementsAre("a", "b"));
  EXPECT_EQ(flags.layout.diff.layout, DiffLayout::kAuto);
  EXPECT_FALSE(flags.layout.diff.context.has_value());
  EXPECT_FALSE(flags.layout.width.has_value());
  EXPECT_FALSE(flags.all);
  EXPECT_FALSE(flags.no_pager);
  EXPECT_EQ(flags.passages.evidence.min_words, EvidenceOptions().min_words);
  ASSERT_EQ(flags.output.reports.size(), 1u);
  EXPECT_EQ(flags.output.reports[0].format, ReportFormat::kText);
  EXPECT_EQ(flags.output.color, ColorChoice::kAuto);
  EXPECT_FALSE(flags.output.fail_on_found);
}

// Help names the defaults; they are the library's.
TEST(DiffFlagsTest, HelpTellsTheDefaultsThatAre) {
  const Flags parsed = Parse({"--help"});
  const std::string help = std::get<PrintAndExit>(parsed).text;
  EXPECT_THAT(help,
              HasSubstr("or more [" +
                        std::to_string(EvidenceOptions().min_words) + "]"));
  EXPECT_THAT(help,
              HasSubstr("first " + std::to_string(kMostPassagesShown) + "\n"));
  EXPECT_THAT(help,
              HasSubstr("from " + std::to_string(kSideBySideColumns) + " "));
}

TEST(DiffFlagsTest, IgnoreText) {
  EXPECT_THAT(
      Diff({"--ignore-text", "x", "a", "--ignore-text=y", "b"}).ignore_text,
      ElementsAre("x", "y"));
  EXPECT_THAT(Diff({"a"}).ignore_text, ElementsAre());
}

TEST(DiffFlagsTest, All) {
  const DiffFlags flags =
      Diff({"--layout", "side-by-side", "--context", "0", "--width=132",
            "--all", "--min-words", "50", "--no-pager", "-o", "text:out", "-o",
            "jsonl", "--color", "always", "--fail-on", "found", "-"});
  EXPECT_THAT(flags.paths, ElementsAre("-"));
  EXPECT_EQ(flags.layout.diff.layout, DiffLayout::kSideBySide);
  EXPECT_EQ(flags.layout.diff.context, 0u);
  EXPECT_EQ(flags.layout.width, 132u);
  EXPECT_TRUE(flags.all);
  EXPECT_TRUE(flags.no_pager);
  EXPECT_EQ(flags.passages.evidence.min_words, 50u);
  EXPECT_EQ(flags.output.reports.size(), 2u);
  EXPECT_EQ(flags.output.color, ColorChoice::kAlways);
  EXPECT_TRUE(flags.output.fail_on_found);
  EXPECT_EQ(Diff({"--layout", "inline", "a"}).layout.diff.layout,
            DiffLayout::kInline);
  EXPECT_EQ(Diff({"--layout", "changes", "a"}).layout.diff.layout,
            DiffLayout::kChanges);
  EXPECT_EQ(Diff({"--layout", "inline", "--layout", "changes", "a"})
                .layout.diff.layout,
            DiffLayout::kChanges);
}

TEST(DiffFlagsTest, FilesMayStandAnywhere) {
  EXPECT_THAT(Diff({"a", "--all", "b"}).paths, ElementsAre("a", "b"));
  EXPECT_THAT(Diff({"a", "--", "--all"}).paths, ElementsAre("a", "--all"));
  EXPECT_THAT(Diff({"b", "a"}).paths, ElementsAre("b", "a"));
  EXPECT_THAT(Diff({"a", "a"}).paths, ElementsAre("a", "a"));
}

TEST(DiffFlagsTest, WhatIsWrong) {
  EXPECT_THAT(Error({}), HasSubstr("no file given"));
  EXPECT_THAT(Error({"a", "b", "c"}), HasSubstr("one file or two, not 3"));
  EXPECT_THAT(Error({"-", "-"}), HasSubstr("stdin can be read only once"));
  EXPECT_THAT(Error({"--layout", "side", "a"}),
              HasSubstr("'side' is not side-by-side, inline or changes\n"));
  EXPECT_THAT(Error({"--layout", "side-by-sid", "a"}),
              HasSubstr("did you mean side-by-side?"));
  EXPECT_THAT(Error({"--context", "-1", "a"}), HasSubstr("--context: '-1'"));
  EXPECT_THAT(Error({"--width", "19", "a"}), HasSubstr("from 20 to 10000"));
  EXPECT_THAT(Error({"--min-words", "0", "a"}), HasSubstr("--min-words: '0'"));
  EXPECT_THAT(Error({"--layout", "changes", "--context", "1", "a"}),
              HasSubstr("--context"));
  EXPECT_THAT(Error({"--layotu", "inline", "a"}),
              HasSubstr("unknown option --layotu; did you mean --layout?"));
  EXPECT_THAT(Error({"-o", "html", "a"}), HasSubstr("-o, --report"));
  EXPECT_THAT(Error({"a", "--width"}), HasSubstr("--width needs a value"));
  EXPECT_THAT(Error({"--hidden", "a"}), HasSubstr("unknown option --hidden"));
}

TEST(DiffFlagsTest, OptionsStandAfterTheCommand) {
  for (const std::vector<const char*>& args :
       std::vector<std::vector<const char*>>{
           {"twicetold", "--no-pager", "diff", "a"},
           {"twicetold", "--no-pager"}}) {
    const Flags parsed = ParseFlags(static_cast<int>(args.size()), args.data());
    EXPECT_THAT(std::get<PrintAndExit>(parsed).text,
                HasSubstr("options of a diff stand after the command: "
                          "twicetold diff --no-pager ..."));
  }
}

}  // namespace
}  // namespace twicetold
