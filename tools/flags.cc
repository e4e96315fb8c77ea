// SPDX-License-Identifier: Apache-2.0
#include "tools/flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "absl/strings/str_format.h"
#include "tools/help.h"
#include "tools/usage_error.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

// What CLI11 fills before it is checked and turned into ScanFlags.
struct RawFlags {
  std::string max_filesize;
  std::vector<std::string> reports;
  std::string seed;
  std::string color;
  std::string fail_on;
  bool no_passages = false;
};

// An option with one value; given again, the last one counts.
template <typename T>
CLI::Option* AddValue(CLI::App* app, const std::string& name, T* value,
                      const std::string& help) {
  return app->add_option(name, *value, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

CLI::Option* AddFlag(CLI::App* app, const std::string& name, bool* value,
                     const std::string& help) {
  return app->add_flag(name, *value, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

CLI::Validator WholeNumber(int low, int high) {
  return CLI::Validator(
      [low, high](std::string& text) {
        return CheckWholeNumber(low, high, &text);
      },
      "");
}

CLI::Validator Fraction(bool one_is_valid) {
  return CLI::Validator(
      [one_is_valid](std::string& text) {
        return CheckFraction(one_is_valid, text);
      },
      "");
}

// Repeatable, one value each, so that PATHs may follow.
template <typename T>
CLI::Option* AddRepeatable(CLI::App* app, const std::string& name, T* values,
                           const std::string& help) {
  return app->add_option(name, *values, help)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void AddInputOptions(CLI::App* app, InputFlags* input, RawFlags* raw) {
  app->add_option("PATH", input->paths,
                  "Files and folders to scan; - is stdin");
  AddRepeatable(app, "--files-from", &input->files_from,
                "Take paths from FILE, one a line; - is stdin")
      ->option_text("--files-from FILE")
      ->group("Input");
  AddFlag(app, "--from0", &input->from0,
          "Paths in --files-from end with NUL, not with\na newline")
      ->group("Input");
  AddRepeatable(app, "-g,--glob", &input->globs,
                "Only files that match GLOB; with ! before it,\nonly others; "
                "repeatable\n(not for files named as PATH)")
      ->option_text("-g, --glob GLOB")
      ->group("Input");
  AddFlag(app, "--hidden", &input->hidden, "Scan hidden files and folders, too")
      ->group("Input");
  AddFlag(app, "--no-ignore", &input->no_ignore,
          "Heed no ignore files (.gitignore, .ignore, ...)")
      ->group("Input");
  AddValue(app, "--max-filesize", &raw->max_filesize,
           "Leave out files above SIZE bytes (K, M, G)\n(not for files named "
           "as PATH)")
      ->option_text("--max-filesize SIZE")
      ->check(CLI::Validator(CheckByteSize, ""))
      ->group("Input");
  AddFlag(app, "-L,--follow", &input->follow, "Follow symbolic links")
      ->option_text("-L, --follow")
      ->group("Input");
}

void AddSearchOptions(CLI::App* app, ScanOptions* scan, RawFlags* raw) {
  AddValue(app, "--min-jaccard", &scan->min_jaccard,
           "How alike near-duplicates are at least:\n"
           "Jaccard similarity of their shingles [.8]")
      ->option_text("--min-jaccard J")
      ->check(Fraction(true))
      ->group("Search");
  AddValue(app, "--recall", &scan->recall,
           "Share of the pairs at exactly that similarity to\n"
           "find; more alike ones are found more surely [.99]")
      ->option_text("--recall R")
      ->check(Fraction(false))
      ->group("Search");
  AddValue(app, "--shingle", &scan->shingle_size, "Words in a shingle [5]")
      ->option_text("--shingle K")
      ->transform(WholeNumber(1, 1000))
      ->group("Search");
  AddValue(app, "--sketch-size", &scan->sketch_size,
           "Slots of a document's sketch, 16 to 4096 [128]")
      ->option_text("--sketch-size N")
      ->transform(WholeNumber(kMinSketchSize, kMaxSketchSize))
      ->group("Search");
  AddValue(app, "--seed", &raw->seed, "Seed of the random functions [0]")
      ->option_text("--seed N")
      ->check(CLI::Validator(CheckSeed, ""))
      ->group("Search");
  AddFlag(app, "--no-passages", &raw->no_passages,
          "Whole documents only; this version has\nnothing else")
      ->group("Search");
}

void AddOutputOptions(CLI::App* app, ScanFlags* flags, RawFlags* raw) {
  AddRepeatable(
      app, "-o,--report", &raw->reports,
      "Report as text or jsonl, to FILE or stdout\n[text]; repeatable")
      ->option_text("-o, --report FORMAT[:FILE]")
      ->check(CLI::Validator(CheckReportTarget, ""))
      ->group("Output");
  AddValue(app, "--color", &raw->color,
           "auto, always or never [auto];\nauto heeds NO_COLOR")
      ->option_text("--color WHEN")
      ->check(CLI::Validator(CheckColor, ""))
      ->group("Output");
  AddValue(app, "--fail-on", &raw->fail_on,
           "With 'found': status 1 if anything was found")
      ->option_text("--fail-on found")
      ->check(CLI::Validator(CheckFailOn, ""))
      ->group("Output");
  AddValue(app, "-j,--threads", &flags->scan.threads,
           "Threads; 0 is as many as the machine has [0]")
      ->option_text("-j, --threads N")
      ->transform(WholeNumber(0, 1024))
      ->group("Output");
}

std::string VersionText() {
  return absl::StrFormat("twicetold %s (kernel: %s)\n", kVersion,
                         ChosenSketchKernels().name);
}

std::string FileNamedTwice(const std::vector<ReportTarget>& reports) {
  std::set<std::string> files;
  for (const ReportTarget& report : reports) {
    if (report.path.empty()) continue;
    if (!files.insert(std::filesystem::path(report.path).lexically_normal())
             .second) {
      return report.path;
    }
  }
  return "";
}

// Where the reports go; what is wrong with that.
std::string CompleteReports(const RawFlags& raw, ScanFlags* flags) {
  for (const std::string& report : raw.reports) {
    flags->reports.push_back(
        ParseReportTarget(report).value_or(ReportTarget()));
  }
  if (flags->reports.empty()) flags->reports.push_back({});
  const auto to_stdout =
      std::count_if(flags->reports.begin(), flags->reports.end(),
                    [](const ReportTarget& t) { return t.path.empty(); });
  if (to_stdout > 1) {
    return "-o, --report: only one report can go to stdout; give the others a "
           "file, as "
           "in -o jsonl:FILE";
  }
  const std::string twice = FileNamedTwice(flags->reports);
  if (!twice.empty()) return "-o, --report: two reports would go to " + twice;
  return "";
}

// What is wrong with the inputs.
std::string CheckInput(const InputFlags& input) {
  if (input.paths.empty() && input.files_from.empty()) {
    return "no PATH given; 'twicetold scan .' scans this folder";
  }
  const auto stdin_uses =
      std::count(input.files_from.begin(), input.files_from.end(), "-") +
      (std::count(input.paths.begin(), input.paths.end(), "-") > 0 ? 1 : 0);
  if (stdin_uses > 1) {
    return "stdin can be read only once: as a document or as one list for "
           "--files-from";
  }
  if (input.from0 && input.files_from.empty()) {
    return "--from0 says how --files-from is to be read, which was not given";
  }
  return "";
}

// Checks what concerns several options, and fills in what was left out.
// Values were checked one by one when they were parsed.
std::string Complete(const RawFlags& raw, ScanFlags* flags) {
  if (!raw.max_filesize.empty()) {
    flags->input.max_filesize = ParseByteSize(raw.max_filesize);
  }
  if (!raw.seed.empty()) flags->scan.seed = ParseSeed(raw.seed).value_or(0);
  if (!raw.color.empty())
    flags->color = ParseColor(raw.color).value_or(flags->color);
  flags->fail_on_found = raw.fail_on == "found";
  const std::string problem = CompleteReports(raw, flags);
  return problem.empty() ? CheckInput(flags->input) : problem;
}

// `twicetold help scan` in the words that the parser knows.
std::vector<std::string> HelpAsOption(int argc, const char* const* argv) {
  std::vector<std::string> args(argv + std::min(argc, 1), argv + argc);
  if (args.empty() || args[0] != "help") return args;
  args.erase(args.begin());
  if (!args.empty() && args[0] == "help") args.clear();
  args.push_back("--help");
  return args;
}

// Takes the PATHs behind a -- off `args`: CLI11 would take them for arguments
// of the tool as a whole if there is a PATH before.
std::vector<std::string> TakePathsBehindMark(std::vector<std::string>* args) {
  if (args->empty() || args->front() != "scan") return {};
  const auto mark = std::find(args->begin(), args->end(), "--");
  if (mark == args->end()) return {};
  std::vector<std::string> paths(mark + 1, args->end());
  args->erase(mark, args->end());
  return paths;
}

}  // namespace

std::variant<ScanFlags, PrintAndExit> ParseFlags(int argc,
                                                 const char* const* argv) {
  ScanFlags flags;
  RawFlags raw;
  CLI::App app(
      "twicetold finds text that has been told twice: identical documents, "
      "the same\ntext in another dress, near-duplicates.",
      "twicetold");
  app.formatter(ExamplesFirst());
  app.footer(std::string(MainExamples()));
  app.set_help_flag("-h,--help", "Show this help")->option_text("-h, --help");
  app.set_version_flag("-V,--version", VersionText(),
                       "Show the version and the kernel in use")
      ->option_text("-V, --version");
  app.require_subcommand(0, 1);

  CLI::App* scan =
      app.add_subcommand("scan", "Find duplicate and near-duplicate documents");
  scan->set_help_flag("-h,--help", "Show this help")->option_text("-h, --help");
  scan->set_version_flag("-V,--version", VersionText(),
                         "Show the version and the kernel in use")
      ->option_text("-V, --version");
  scan->footer(std::string(ScanExamples()));
  AddInputOptions(scan, &flags.input, &raw);
  AddSearchOptions(scan, &flags.scan, &raw);
  AddOutputOptions(scan, &flags, &raw);

  std::vector<std::string> args = HelpAsOption(argc, argv);
  const bool asks_for_help = argc > 1 && std::string_view(argv[1]) == "help";
  if (asks_for_help && args[0] != "scan" && args[0] != "--help") {
    return PrintAndExit{.text = UnknownCommand(args[0]), .is_error = true};
  }
  const std::vector<std::string> paths = TakePathsBehindMark(&args);
  try {
    std::reverse(args.begin(), args.end());  // as CLI11 takes them
    app.parse(std::move(args));
  } catch (const CLI::CallForHelp&) {
    return PrintAndExit{.text = app.help()};
  } catch (const CLI::CallForVersion&) {
    return PrintAndExit{.text = VersionText()};
  } catch (const CLI::ParseError& error) {
    return PrintAndExit{.text = ExplainParseError(error, app, *scan),
                        .is_error = true};
  }
  if (!scan->parsed()) {
    return PrintAndExit{.text = app.help(), .is_error = true};
  }
  flags.input.paths.insert(flags.input.paths.end(), paths.begin(), paths.end());
  const std::string problem = Complete(raw, &flags);
  if (!problem.empty()) {
    return PrintAndExit{.text = UsageError("twicetold scan", problem),
                        .is_error = true};
  }
  return flags;
}

}  // namespace twicetold
