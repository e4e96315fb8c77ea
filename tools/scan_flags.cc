// SPDX-License-Identifier: Apache-2.0
#include "tools/scan_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/add_options.h"
#include "tools/command_parser.h"
#include "tools/ignore_text.h"
#include "tools/search_flags.h"

namespace twicetold {
namespace {

constexpr char kExamples[] = R"(Examples:
  twicetold scan docs/                       a folder, by ripgrep's rules
  twicetold scan -g '*.md' -g '!old/' .      Markdown only, without old/
  twicetold scan --min-jaccard .5 drafts/    pairs that are less alike, too
  git ls-files -z | twicetold scan --files-from - --from0
  twicetold scan --text-field content data/  JSON Lines, plain, .gz or .zst
  curl -s URL | twicetold scan - page.txt    stdin against a file
  twicetold scan -o text -o jsonl:out.jsonl docs/
  twicetold scan --against archive/ new.txt  only what new.txt has of archive/
  twicetold scan --diff drafts/              with what was changed in passages
  twicetold scan --fail-on found src/        status 1 if anything is found
  twicetold scan --ignore-text LICENSE src/  passages of the licence are no news
)";

bool WritesText(const OutputFlags& output) {
  return std::any_of(output.reports.begin(), output.reports.end(),
                     [](const ReportTarget& target) {
                       return target.format == ReportFormat::kText;
                     });
}

bool WritesJsonl(const OutputFlags& output) {
  return std::any_of(output.reports.begin(), output.reports.end(),
                     [](const ReportTarget& target) {
                       return target.format == ReportFormat::kJsonl;
                     });
}

// What is wrong with the inputs.
std::string CheckInput(const InputFlags& input) {
  if (input.paths.empty() && input.files_from.empty()) {
    return "no PATH given; 'twicetold scan .' scans this folder";
  }
  const auto names_stdin = [](const std::vector<std::string>& paths) {
    return std::count(paths.begin(), paths.end(), "-") > 0 ? 1 : 0;
  };
  const auto stdin_uses =
      std::count(input.files_from.begin(), input.files_from.end(), "-") +
      names_stdin(input.paths) + names_stdin(input.against);
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
            .examples = kExamples,
            .statuses = {kExitDone, kExitFound, kExitFatal, kExitPartial,
                         kExitInterrupted}};
  }

  void AddOptions(CLI::App* app) override {
    AddInputOptions(app);
    AddSearchOptions(app);
    AddPassageOptions(app);
    layout_.AddTo(app);
    output_.AddTo(app, "anything");
    AddFlag(app, "--all", &flags_.all,
            "Show in -o text all passages with all places,\nthose of ignored "
            "text, too, and all contained\nand skipped documents, not only the "
            "first")
        ->group("Output");
    AddQuiet(app, &flags_.quiet);
    AddValue(app, "-j,--threads", &flags_.scan.threads,
             "Threads; 0 is as many as the machine has [0]")
        ->option_text("-j, --threads N")
        ->transform(WholeNumber(0, 1024))
        ->group("Output");
  }

  std::vector<std::string>* operands() override { return &flags_.input.paths; }

  std::string Complete() override {
    flags_.input.max_filesize = walk_.max_filesize();
    flags_.input.records = records_.flags();
    flags_.scan.passages = !no_passages_;
    if (within_only_) flags_.scan.scope = PassageScope::kWithin;
    if (across_only_) flags_.scan.scope = PassageScope::kAcross;
    flags_.scan.seed = sketch_.seed();
    flags_.scan.against = !flags_.input.against.empty();
    for (const std::string& problem :
         {output_.Complete(&flags_.output), CheckInput(flags_.input),
          layout_.Complete(&flags_.layout), CheckPassages(), CheckShown()}) {
      if (!problem.empty()) return problem;
    }
    return "";
  }

  Flags flags() const override { return flags_; }

 private:
  // What contradicts that there are passages, or which.
  std::string CheckPassages() const {
    for (const CLI::Option* option : about_passages_) {
      if (no_passages_ && option->count() > 0) {
        return option->get_name() +
               " is about passages, which --no-passages leaves out";
      }
    }
    if (within_only_ && across_only_) {
      return "--within-only and --across-only leave nothing to look for";
    }
    if (within_only_ && flags_.scan.against) {
      return "--within-only looks inside one document, --against at two";
    }
    return "";
  }

  // What is to be shown where nothing shows it.
  std::string CheckShown() const {
    if (flags_.diff && !WritesText(flags_.output)) {
      return "--diff is for -o text; --edits says the same in -o jsonl";
    }
    if (flags_.scan.edits && !WritesJsonl(flags_.output)) {
      return "--edits is for -o jsonl; --diff shows changes in text";
    }
    if (flags_.all && !WritesText(flags_.output)) {
      return "--all is for -o text; -o jsonl has all";
    }
    const std::string given = layout_.GivenForDiff();
    if (!given.empty() && !flags_.diff) {
      return given + " says how --diff looks, which was not given";
    }
    return "";
  }

  void AddInputOptions(CLI::App* app) {
    InputFlags* input = &flags_.input;
    app->add_option("PATH", input->paths,
                    "Files and folders to scan; - is stdin");
    AddRepeatable(app, "--against", &input->against,
                  "Compare only with the documents of PATH, a\nreference: no "
                  "two of PATH..., no two of these;\nrepeatable")
        ->option_text("--against PATH")
        ->group("Input");
    AddRepeatable(app, "--files-from", &input->files_from,
                  "Take paths from FILE, one a line; - is stdin")
        ->option_text("--files-from FILE")
        ->group("Input");
    AddFlag(app, "--from0", &input->from0,
            "Paths in --files-from end with NUL, not with\na newline")
        ->group("Input");
    walk_.AddTo(app, "PATH", "Scan", input);
    records_.AddTo(app);
  }

  void AddSearchOptions(CLI::App* app) {
    ScanOptions* scan = &flags_.scan;
    AddMinJaccard(app, &scan->min_jaccard);
    sketch_.AddTo(app, scan);
  }

  void AddPassageOptions(CLI::App* app) {
    AddFlag(app, "--no-passages", &no_passages_,
            "Whole documents only, no recycled passages")
        ->group("Passages");
    const auto add = [this](CLI::Option* option) {
      about_passages_.push_back(option->group("Passages"));
    };
    add(AddValue(app, "--min-words", &flags_.scan.passage.evidence.min_words,
                 "Words that a passage has on either side,\nat least [25]")
            ->option_text("--min-words N")
            ->transform(WholeNumber(1, 1'000'000)));
    add(AddValue(app, "--min-score", &flags_.scan.min_score,
                 "Information that the sides of a passage share,\nin bits, at "
                 "least [0]")
            ->option_text("--min-score BITS")
            ->check(Checked(CheckScore)));
    add(AddFlag(app, "--within-only", &within_only_,
                "Passages inside one document only"));
    add(AddFlag(app, "--across-only", &across_only_,
                "Passages of two documents only"));
    add(AddFlag(app, "--edits", &flags_.scan.edits,
                "Say in -o jsonl what was changed in each passage"));
    add(AddFlag(app, "--diff", &flags_.diff,
                "Show in text what was changed in each passage,\nof those in "
                "many places for the first two"));
    add(AddIgnoreText(app, &flags_.ignore_text));
  }

  ScanFlags flags_;
  // As they are parsed.
  OutputOptions output_;
  LayoutOptions layout_;
  RecordOptions records_;
  WalkFlags walk_;
  SketchOptions sketch_;
  std::vector<const CLI::Option*> about_passages_;
  bool no_passages_ = false;
  bool within_only_ = false;
  bool across_only_ = false;
};

}  // namespace

std::unique_ptr<CommandParser> MakeScanParser() {
  return std::make_unique<ScanParser>();
}

}  // namespace twicetold
