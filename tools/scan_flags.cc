// SPDX-License-Identifier: Apache-2.0
#include "tools/scan_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/add_options.h"
#include "tools/command_parser.h"
#include "tools/ignore_text.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

constexpr char kExamples[] = R"(Examples:
  twicetold scan docs/                       a folder, by ripgrep's rules
  twicetold scan -g '*.md' -g '!old/' .      Markdown only, without old/
  twicetold scan --min-jaccard .5 drafts/    pairs that are less alike, too
  git ls-files -z | twicetold scan --files-from - --from0
  curl -s URL | twicetold scan - page.txt    stdin against a file
  twicetold scan -o text -o jsonl:out.jsonl docs/
  twicetold scan --fail-on found src/        status 1 if there is any duplicate
  twicetold scan --ignore-text LICENSE src/  passages of the licence are no news
)";

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

class ScanParser : public CommandParser {
 public:
  CommandHelp help() const override {
    return {.name = "scan",
            .summary = "Find near-duplicates and recycled passages",
            .operands = "[PATH]...",
            .examples = kExamples};
  }

  void AddOptions(CLI::App* app) override {
    AddInputOptions(app);
    AddSearchOptions(app);
    AddPassageOptions(app);
    output_.AddTo(app, "anything");
    AddValue(app, "-j,--threads", &flags_.scan.threads,
             "Threads; 0 is as many as the machine has [0]")
        ->option_text("-j, --threads N")
        ->transform(WholeNumber(0, 1024))
        ->group("Output");
  }

  std::vector<std::string>* operands() override { return &flags_.input.paths; }

  std::string Complete() override {
    if (!max_filesize_.empty()) {
      flags_.input.max_filesize = ParseByteSize(max_filesize_);
    }
    flags_.scan.passages = !no_passages_;
    if (within_only_) flags_.scan.scope = PassageScope::kWithin;
    if (across_only_) flags_.scan.scope = PassageScope::kAcross;
    if (!seed_.empty()) flags_.scan.seed = ParseSeed(seed_).value_or(0);
    std::string problem = output_.Complete(&flags_.output);
    if (problem.empty()) problem = CheckInput(flags_.input);
    return problem.empty() ? CheckIgnoreText() : problem;
  }

  Flags flags() const override { return flags_; }

 private:
  void AddInputOptions(CLI::App* app) {
    InputFlags* input = &flags_.input;
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
    AddFlag(app, "--hidden", &input->hidden,
            "Scan hidden files and folders, too")
        ->group("Input");
    AddFlag(app, "--no-ignore", &input->no_ignore,
            "Heed no ignore files (.gitignore, .ignore, ...)")
        ->group("Input");
    AddValue(app, "--max-filesize", &max_filesize_,
             "Leave out files above SIZE bytes (K, M, G)\n(not for files named "
             "as PATH)")
        ->option_text("--max-filesize SIZE")
        ->check(Checked(CheckByteSize))
        ->group("Input");
    AddFlag(app, "-L,--follow", &input->follow, "Follow symbolic links")
        ->option_text("-L, --follow")
        ->group("Input");
  }

  void AddSearchOptions(CLI::App* app) {
    ScanOptions* scan = &flags_.scan;
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
    AddValue(app, "--seed", &seed_, "Seed of the random functions [0]")
        ->option_text("--seed N")
        ->check(Checked(CheckSeed))
        ->group("Search");
  }

  void AddPassageOptions(CLI::App* app) {
    AddFlag(app, "--no-passages", &no_passages_,
            "Whole documents only, no recycled passages")
        ->group("Passages");
    AddValue(app, "--min-words", &flags_.scan.passage.evidence.min_words,
             "Words that a passage has on either side,\nat least [25]")
        ->option_text("--min-words N")
        ->transform(WholeNumber(1, 1'000'000))
        ->group("Passages");
    AddValue(app, "--min-score", &flags_.scan.min_score,
             "Information that the sides of a passage share,\nin bits, at "
             "least [0]")
        ->option_text("--min-score BITS")
        ->check(Checked(CheckScore))
        ->group("Passages");
    CLI::Option* within = AddFlag(app, "--within-only", &within_only_,
                                  "Passages inside one document only")
                              ->group("Passages");
    AddFlag(app, "--across-only", &across_only_,
            "Passages of two documents only")
        ->excludes(within)
        ->group("Passages");
    AddFlag(app, "--edits", &flags_.scan.edits,
            "Say in -o jsonl what was changed in each passage")
        ->group("Passages");
    AddIgnoreText(app, "Passages", &flags_.ignore_text);
    AddFlag(app, "--all", &flags_.all,
            "Show in -o text all passages with all places,\nthose of ignored "
            "text, too")
        ->group("Passages");
  }

  std::string CheckIgnoreText() const {
    if (no_passages_ && !flags_.ignore_text.empty()) {
      return "--ignore-text is about passages, and --no-passages looks for "
             "none";
    }
    return "";
  }

  ScanFlags flags_;
  // As they are parsed.
  OutputOptions output_;
  std::string max_filesize_;
  std::string seed_;
  bool no_passages_ = false;
  bool within_only_ = false;
  bool across_only_ = false;
};

}  // namespace

std::unique_ptr<CommandParser> MakeScanParser() {
  return std::make_unique<ScanParser>();
}

}  // namespace twicetold
