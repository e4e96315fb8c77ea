// SPDX-License-Identifier: Apache-2.0
#include "tools/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <variant>
#include <vector>

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Flags Parse(std::vector<const char*> args) {
  args.insert(args.begin(), "twicetold");
  return ParseFlags(static_cast<int>(args.size()), args.data());
}

// Flags of `twicetold scan ARGS`, which must be right.
ScanFlags Scan(std::vector<const char*> args) {
  args.insert(args.begin(), "scan");
  auto parsed = Parse(args);
  if (const auto* print = std::get_if<PrintAndExit>(&parsed)) {
    ADD_FAILURE() << print->text;
    return {};
  }
  return std::get<ScanFlags>(parsed);
}

// What is printed for `args`.
PrintAndExit Printed(std::vector<const char*> args) {
  auto parsed = Parse(std::move(args));
  if (!std::holds_alternative<PrintAndExit>(parsed)) {
    ADD_FAILURE() << "nothing is printed";
    return {};
  }
  return std::get<PrintAndExit>(parsed);
}

// The message for `twicetold scan ARGS`, which must be wrong.
std::string Error(std::vector<const char*> args) {
  args.insert(args.begin(), "scan");
  const PrintAndExit print = Printed(std::move(args));
  EXPECT_TRUE(print.is_error);
  EXPECT_TRUE(print.text.starts_with("twicetold: ")) << print.text;
  EXPECT_THAT(print.text, HasSubstr("\nTry 'twicetold scan --help'.\n"));
  return print.text;
}

TEST(FlagsTest, Defaults) {
  const ScanFlags flags = Scan({"docs"});
  EXPECT_THAT(flags.input.paths, ElementsAre("docs"));
  EXPECT_THAT(flags.input.files_from, IsEmpty());
  EXPECT_THAT(flags.input.globs, IsEmpty());
  EXPECT_FALSE(flags.input.from0);
  EXPECT_FALSE(flags.input.hidden);
  EXPECT_FALSE(flags.input.no_ignore);
  EXPECT_FALSE(flags.input.follow);
  EXPECT_FALSE(flags.input.max_filesize.has_value());
  const ScanOptions options;
  EXPECT_EQ(flags.scan.shingle_size, options.shingle_size);
  EXPECT_EQ(flags.scan.min_jaccard, options.min_jaccard);
  EXPECT_EQ(flags.scan.recall, options.recall);
  EXPECT_EQ(flags.scan.sketch_size, options.sketch_size);
  EXPECT_EQ(flags.scan.seed, options.seed);
  EXPECT_EQ(flags.scan.threads, options.threads);
  ASSERT_EQ(flags.output.reports.size(), 1u);
  EXPECT_EQ(flags.output.reports[0].format, ReportFormat::kText);
  EXPECT_EQ(flags.output.reports[0].path, "");
  EXPECT_EQ(flags.output.color, ColorChoice::kAuto);
  EXPECT_FALSE(flags.output.fail_on_found);
}

// Help names the default of each number; it is the library's.
TEST(FlagsTest, HelpTellsTheDefaultsThatAre) {
  const std::string help = Printed({"scan", "--help"}).text;
  const ScanOptions options;
  EXPECT_EQ(options.min_jaccard, .8);
  EXPECT_THAT(help, HasSubstr("[.8]"));
  EXPECT_EQ(options.recall, .99);
  EXPECT_THAT(help, HasSubstr("[.99]"));
  EXPECT_THAT(help, HasSubstr("Words in a shingle [" +
                              std::to_string(options.shingle_size) + "]"));
  EXPECT_THAT(help, HasSubstr("16 to 4096 [" +
                              std::to_string(options.sketch_size) + "]"));
}

TEST(FlagsTest, Inputs) {
  const ScanFlags flags =
      Scan({"--files-from", "list", "--from0", "--files-from=-", "-g", "*.md",
            "--glob", "!old/", "--hidden", "--no-ignore", "-L",
            "--max-filesize", "3M", "a", "b"});
  EXPECT_THAT(flags.input.paths, ElementsAre("a", "b"));
  EXPECT_THAT(flags.input.files_from, ElementsAre("list", "-"));
  EXPECT_THAT(flags.input.globs, ElementsAre("*.md", "!old/"));
  EXPECT_TRUE(flags.input.from0);
  EXPECT_TRUE(flags.input.hidden);
  EXPECT_TRUE(flags.input.no_ignore);
  EXPECT_TRUE(flags.input.follow);
  EXPECT_EQ(flags.input.max_filesize, uint64_t{3} << 20);
  EXPECT_TRUE(Scan({"--follow", "."}).input.follow);
}

TEST(FlagsTest, PathsMayStandAnywhere) {
  EXPECT_THAT(Scan({"a", "--hidden", "b"}).input.paths, ElementsAre("a", "b"));
  EXPECT_THAT(Scan({"-g", "*.md", "a"}).input.paths, ElementsAre("a"));
  EXPECT_THAT(Scan({"--", "--hidden", "-x"}).input.paths,
              ElementsAre("--hidden", "-x"));
  EXPECT_THAT(Scan({"a", "--", "--hidden", "--"}).input.paths,
              ElementsAre("a", "--hidden", "--"));
  EXPECT_THAT(Scan({"-"}).input.paths, ElementsAre("-"));
}

TEST(FlagsTest, ListsAloneAreEnough) {
  EXPECT_THAT(Scan({"--files-from", "list"}).input.paths, IsEmpty());
}

TEST(FlagsTest, Search) {
  const ScanFlags flags =
      Scan({"--shingle", "3", "--min-jaccard", ".5", "--recall", "0.999",
            "--sketch-size", "256", "--seed", "18446744073709551615",
            "--no-passages", "."});
  EXPECT_EQ(flags.scan.shingle_size, 3);
  EXPECT_EQ(flags.scan.min_jaccard, .5);
  EXPECT_EQ(flags.scan.recall, .999);
  EXPECT_EQ(flags.scan.sketch_size, 256);
  EXPECT_EQ(flags.scan.seed, UINT64_MAX);
  EXPECT_EQ(Scan({"--min-jaccard", "1", "."}).scan.min_jaccard, 1);
}

TEST(FlagsTest, IgnoreText) {
  const ScanFlags flags =
      Scan({"--ignore-text", "x", ".", "--ignore-text=y", "--all"});
  EXPECT_THAT(flags.ignore_text, ElementsAre("x", "y"));
  EXPECT_TRUE(flags.all);
  EXPECT_THAT(flags.input.paths, ElementsAre("."));
  EXPECT_FALSE(Scan({"."}).all);
  EXPECT_THAT(Error({"--no-passages", "--ignore-text", "x", "."}),
              HasSubstr("--no-passages"));
}

TEST(FlagsTest, Output) {
  const ScanFlags flags =
      Scan({"-o", "text", "--report", "jsonl:a:b", "-j", "4", "--fail-on",
            "found", "--color", "never", "."});
  ASSERT_EQ(flags.output.reports.size(), 2u);
  EXPECT_EQ(flags.output.reports[0].format, ReportFormat::kText);
  EXPECT_EQ(flags.output.reports[1].format, ReportFormat::kJsonl);
  EXPECT_EQ(flags.output.reports[1].path, "a:b");
  EXPECT_EQ(flags.scan.threads, 4);
  EXPECT_TRUE(flags.output.fail_on_found);
  EXPECT_EQ(flags.output.color, ColorChoice::kNever);
  EXPECT_EQ(Scan({"--color=always", "."}).output.color, ColorChoice::kAlways);
  EXPECT_EQ(Scan({"--color", "auto", "."}).output.color, ColorChoice::kAuto);
}

TEST(FlagsTest, TheLastOfSeveralValuesCounts) {
  const ScanFlags flags = Scan({"--min-jaccard",
                                ".5",
                                "--hidden",
                                "--recall",
                                ".9",
                                "-j",
                                "1",
                                "--seed",
                                "1",
                                "--shingle",
                                "2",
                                "--sketch-size",
                                "64",
                                "--color",
                                "never",
                                "--max-filesize",
                                "1K",
                                "--fail-on",
                                "found",
                                "--hidden",
                                "--min-jaccard",
                                ".6",
                                "--recall=.8",
                                "-j2",
                                "--seed",
                                "2",
                                "--shingle",
                                "3",
                                "--sketch-size",
                                "32",
                                "--color",
                                "always",
                                "--max-filesize",
                                "2K",
                                "--fail-on",
                                "found",
                                "."});
  EXPECT_EQ(flags.scan.min_jaccard, .6);
  EXPECT_EQ(flags.scan.recall, .8);
  EXPECT_EQ(flags.scan.threads, 2);
  EXPECT_EQ(flags.scan.seed, 2u);
  EXPECT_EQ(flags.scan.shingle_size, 3);
  EXPECT_EQ(flags.scan.sketch_size, 32);
  EXPECT_EQ(flags.output.color, ColorChoice::kAlways);
  EXPECT_EQ(flags.input.max_filesize, 2048u);
  EXPECT_TRUE(flags.input.hidden);
  EXPECT_THAT(Error({".", "--seed", "1", "--seed"}),
              HasSubstr("--seed needs a value"));
}

// Never octal.
TEST(FlagsTest, WholeNumbersAreDecimal) {
  EXPECT_EQ(Scan({"--sketch-size", "0100", "."}).scan.sketch_size, 100);
  EXPECT_THAT(Error({"--shingle", "0x10", "."}),
              HasSubstr("--shingle: '0x10' is not a whole number from 1 to "
                        "1000\n"));
}

TEST(FlagsTest, NothingInAnArgumentReachesATerminalRaw) {
  EXPECT_THAT(Error({"--seed", "\x1b[1m", "."}), HasSubstr("'\\u{001B}[1m'"));
  EXPECT_THAT(Error({"--\x1b[1m", "."}), HasSubstr("--\\u{001B}[1m"));
  EXPECT_THAT(Printed({"\x1b[1m"}).text, HasSubstr("'\\u{001B}[1m'"));
}

TEST(FlagsTest, OptionsOfAScanStandAfterTheCommand) {
  for (const char* option : {"--hidden", "-L", "-j4", "--seed=3"}) {
    const PrintAndExit print = Printed({option, "scan", "."});
    EXPECT_TRUE(print.is_error);
    const std::string name =
        std::string(option).substr(0, option[1] == '-' ? 6 : 2);
    EXPECT_THAT(print.text, HasSubstr("stand after the command: twicetold "
                                      "scan " +
                                      name));
  }
}

TEST(FlagsTest, ErrorsNameTheOptionAndTheValue) {
  struct Case {
    std::vector<const char*> args;
    const char* option;
    const char* value;
  };
  const std::vector<Case> cases = {
      {{"--min-jaccard", "0", "."}, "--min-jaccard", "'0'"},
      {{"--min-jaccard", "1.01", "."}, "--min-jaccard", "'1.01'"},
      {{"--min-jaccard", "nan", "."}, "--min-jaccard", "'nan'"},
      {{"--min-jaccard", "high", "."}, "--min-jaccard", "'high'"},
      {{"--recall", "1", "."}, "--recall", "'1'"},
      {{"--recall", "-.5", "."}, "--recall", "'-.5'"},
      {{"--shingle", "0", "."}, "--shingle", "'0'"},
      {{"--shingle", "five", "."}, "--shingle", "five"},
      {{"--sketch-size", "15", "."}, "--sketch-size", "15"},
      {{"--sketch-size", "4097", "."}, "--sketch-size", "4097"},
      {{"--seed", "-1", "."}, "--seed", "'-1'"},
      {{"--seed", "1.5", "."}, "--seed", "'1.5'"},
      {{"-j", "-1", "."}, "-j, --threads", "'-1'"},
      {{"--shingle", "2.5", "."}, "--shingle", "from 1 to 1000"},
      {{"--hidden=x", "."}, "--hidden", "takes no value"},
      {{"--max-filesize", "1T", "."}, "--max-filesize", "'1T'"},
      {{"--color", "0", "."}, "--color", "'0'"},
      {{"--fail-on", "0", "."}, "--fail-on", "'0'"},
      {{"-o", "xml", "."}, "-o, --report", "'xml'"},
      {{"-o", "jsonl:", "."}, "-o, --report", "'jsonl:'"},
      {{"-o", "json", "."}, "-o, --report", "did you mean jsonl?"},
      {{".", "-o"}, "-o, --report", "needs a value"},
      {{".", "--seed"}, "--seed", "needs a value"},
  };
  for (const Case& c : cases) {
    const std::string error = Error(c.args);
    EXPECT_THAT(error, HasSubstr(std::string("twicetold: ") + c.option));
    EXPECT_THAT(error, HasSubstr(c.value));
  }
}

TEST(FlagsTest, WhatDoesNotGoTogether) {
  EXPECT_THAT(Error({}), HasSubstr("no PATH given"));
  EXPECT_THAT(Error({"--hidden"}), HasSubstr("no PATH given"));
  EXPECT_THAT(Error({"-o", "text", "-o", "jsonl", "."}),
              HasSubstr("only one report can go to stdout"));
  EXPECT_THAT(Error({"-o", "text", "-o", "jsonl:-", "."}),
              HasSubstr("only one report can go to stdout"));
  EXPECT_THAT(Error({"-o", "text:a/../out", "-o", "jsonl:./out", "."}),
              HasSubstr("two reports would go to ./out"));
  EXPECT_THAT(Error({"--from0", "."}), HasSubstr("--files-from"));
  EXPECT_THAT(Error({"-", "--files-from", "-"}), HasSubstr("stdin"));
  EXPECT_THAT(Error({"--files-from", "-", "--files-from", "-"}),
              HasSubstr("stdin"));
}

TEST(FlagsTest, Against) {
  const ScanFlags flags =
      Scan({"--against", "a", "b", "--against=c", "--across-only", "d"});
  EXPECT_THAT(flags.input.against, ElementsAre("a", "c"));
  EXPECT_THAT(flags.input.paths, ElementsAre("b", "d"));
  EXPECT_TRUE(flags.scan.against);
  EXPECT_FALSE(Scan({"a"}).scan.against);
  EXPECT_THAT(Error({"--against", "a"}), HasSubstr("no PATH given"));
  EXPECT_THAT(Error({"--against", "-", "-"}), HasSubstr("stdin"));
  EXPECT_THAT(Error({"--against", "a", "--within-only", "b"}),
              HasSubstr("--within-only"));
}

TEST(FlagsTest, Passages) {
  const ScanFlags flags =
      Scan({"--min-words", "40", "--min-score", "12.5", "--within-only",
            "--edits", "-o", "jsonl", "."});
  EXPECT_TRUE(flags.scan.passages);
  EXPECT_EQ(flags.scan.passage.evidence.min_words, 40u);
  EXPECT_EQ(flags.scan.min_score, 12.5);
  EXPECT_EQ(flags.scan.scope, PassageScope::kWithin);
  EXPECT_TRUE(flags.scan.edits);
  EXPECT_EQ(Scan({"--across-only", "."}).scan.scope, PassageScope::kAcross);
  EXPECT_EQ(Scan({"."}).scan.scope, PassageScope::kAll);
  EXPECT_FALSE(Scan({"--no-passages", "."}).scan.passages);
  EXPECT_THAT(Error({"--within-only", "--across-only", "."}),
              HasSubstr("leave nothing"));
  for (const auto& given :
       std::vector<std::vector<const char*>>{{"--min-words", "3"},
                                             {"--min-score", "1"},
                                             {"--within-only"},
                                             {"--across-only"},
                                             {"--edits"},
                                             {"--diff"}}) {
    std::vector<const char*> args = given;
    args.insert(args.end(), {"-o", "text", "-o", "jsonl:x", "--no-passages"});
    args.push_back(".");
    EXPECT_THAT(Error(args),
                HasSubstr(std::string(given[0]) + " is about passages, which"));
  }
}

TEST(FlagsTest, Diff) {
  const ScanFlags flags = Scan({"--diff", "--layout", "inline", "--context",
                                "2", "--width", "120", "."});
  EXPECT_TRUE(flags.diff);
  EXPECT_EQ(flags.layout.diff.layout, DiffLayout::kInline);
  EXPECT_EQ(flags.layout.diff.context, 2u);
  EXPECT_EQ(flags.layout.width, 120u);
  EXPECT_FALSE(Scan({"."}).diff);
  EXPECT_EQ(Scan({"--width", "120", "."}).layout.width, 120u);
  EXPECT_THAT(Error({"--layout", "inline", "."}),
              HasSubstr("--layout says how --diff looks"));
  EXPECT_THAT(Error({"--context", "0", "."}),
              HasSubstr("--context says how --diff looks"));
  EXPECT_THAT(Error({"--diff", "--layout", "changes", "--context", "1", "."}),
              HasSubstr("--context has nothing to say"));
  EXPECT_THAT(Error({"--diff", "-o", "jsonl", "."}),
              HasSubstr("--diff is for -o text"));
  EXPECT_THAT(Error({"--edits", "."}), HasSubstr("--edits is for -o jsonl"));
}

TEST(FlagsTest, SuggestsTheNearestOption) {
  EXPECT_THAT(Error({"--min-jacard", ".9", "."}),
              HasSubstr("unknown option --min-jacard; did you mean "
                        "--min-jaccard?"));
  EXPECT_THAT(Error({"--max-filsize=3M", "."}),
              HasSubstr("did you mean --max-filesize?"));
  EXPECT_THAT(Error({"--something-else", "."}),
              HasSubstr("unknown option --something-else\n"));
  const PrintAndExit print = Printed({"sacn", "."});
  EXPECT_TRUE(print.is_error);
  EXPECT_THAT(print.text, HasSubstr("unknown command 'sacn'; did you mean "
                                    "'scan'?\nTry 'twicetold --help'.\n"));
}

TEST(FlagsTest, HelpAndVersionAreNoErrors) {
  for (const char* flag : {"--help", "-h", "--version", "-V"}) {
    EXPECT_FALSE(Printed({flag}).is_error) << flag;
  }
  EXPECT_FALSE(Printed({"scan", "-h"}).is_error);
  for (const char* flag : {"--version", "-V"}) {
    EXPECT_FALSE(Printed({"scan", flag}).is_error);
    EXPECT_EQ(Printed({"scan", flag}).text, Printed({flag}).text);
  }
  EXPECT_TRUE(Printed({}).is_error);
}

TEST(FlagsTest, HelpIsACommand) {
  EXPECT_EQ(Printed({"help"}).text, Printed({"--help"}).text);
  EXPECT_EQ(Printed({"help", "help"}).text, Printed({"--help"}).text);
  EXPECT_EQ(Printed({"help", "scan"}).text, Printed({"scan", "--help"}).text);
  EXPECT_EQ(Printed({"help", "diff"}).text, Printed({"diff", "--help"}).text);
  EXPECT_FALSE(Printed({"help", "scan"}).is_error);
  EXPECT_TRUE(Printed({"help", "sacn"}).is_error);
  EXPECT_THAT(Printed({"help", "sacn"}).text, HasSubstr("did you mean 'scan'"));
  EXPECT_THAT(Scan({"help"}).input.paths, ElementsAre("help"));
}

TEST(FlagsTest, HelpFitsATerminal) {
  for (const auto& args : std::vector<std::vector<const char*>>{
           {"--help"}, {"scan", "--help"}, {"diff", "--help"}}) {
    std::istringstream help(Printed(args).text);
    for (std::string line; std::getline(help, line);) {
      EXPECT_LE(line.size(), 80u) << line;
    }
  }
}

TEST(FlagsTest, ExamplesStandBeforeTheOptions) {
  for (const auto& args : std::vector<std::vector<const char*>>{
           {"--help"}, {"scan", "--help"}, {"diff", "--help"}}) {
    const std::string help = Printed(args).text;
    EXPECT_LT(help.find("Examples:"), help.find("Usage:"));
    EXPECT_LT(help.find("Usage:"), help.find("Options:"));
    EXPECT_NE(help.find("Options:"), std::string::npos);
  }
}

}  // namespace
}  // namespace twicetold
