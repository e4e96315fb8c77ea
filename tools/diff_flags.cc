// SPDX-License-Identifier: Apache-2.0
#include "tools/diff_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "absl/strings/str_format.h"
#include "tools/add_options.h"
#include "tools/command_parser.h"
#include "tools/ignore_text.h"

namespace twicetold {
namespace {

constexpr char kExamples[] = R"(Examples:
  twicetold diff draft.txt final.txt     what both tell, side by side
  twicetold diff article.txt             what one text tells twice
  twicetold diff --layout changes a b    only the sentences that differ
  pdftotext paper.pdf - | twicetold diff - source.txt
  twicetold diff --color always a b | less -R
  twicetold diff --fail-on found a b     status 1 if they share a passage
)";

class DiffParser : public CommandParser {
 public:
  CommandHelp help() const override {
    return {.name = "diff",
            .summary = "Show passages told twice, with what was changed",
            .operands = "A [B]",
            .examples = kExamples,
            .statuses = {kExitDone, kExitFound, kExitFatal, kExitInterrupted}};
  }

  void AddOptions(CLI::App* app) override {
    app->add_option("A", flags_.paths,
                    "Two files to compare, or one to compare with\nitself; "
                    "- is stdin")
        ->option_text("A [B]");
    AddSearchOptions(app);
    AddLayoutOptions(app);
    output_.AddTo(app, "a passage");
    AddFlag(app, "--no-pager", &flags_.no_pager,
            "Print to the terminal; otherwise $PAGER, or less,\nshows what is "
            "longer than a screen")
        ->group("Output");
  }

  std::vector<std::string>* operands() override { return &flags_.paths; }

  std::string Complete() override {
    flags_.passages.evidence.min_words = static_cast<uint32_t>(min_words_);
    std::string problem = output_.Complete(&flags_.output);
    if (!problem.empty()) return problem;
    std::string paths = CheckPaths();
    return paths.empty() ? layout_.Complete(&flags_.layout) : paths;
  }

  Flags flags() const override { return flags_; }

 private:
  void AddSearchOptions(CLI::App* app) {
    AddValue(app, "--min-words", &min_words_,
             "Only passages of N words or more [25]")
        ->option_text("--min-words N")
        ->transform(WholeNumber(1, 1'000'000))
        ->group("Search");
    AddIgnoreText(app, &flags_.ignore_text)->group("Search");
  }

  void AddLayoutOptions(CLI::App* app) {
    layout_.AddTo(app);
    AddFlag(app, "--all", &flags_.all,
            absl::StrFormat("Show all passages, those of ignored text, too,\n"
                            "not only the first %d",
                            kMostPassagesShown))
        ->group("Layout");
  }

  std::string CheckPaths() const {
    if (flags_.paths.empty()) {
      return "no file given; 'twicetold diff FILE' compares one with itself";
    }
    if (flags_.paths.size() > 2) {
      return absl::StrFormat(
          "diff takes one file or two, not %d; 'twicetold scan' takes any "
          "number",
          flags_.paths.size());
    }
    if (std::count(flags_.paths.begin(), flags_.paths.end(), "-") > 1) {
      return "stdin can be read only once; 'twicetold diff -' compares it with "
             "itself";
    }
    return "";
  }

  DiffFlags flags_;
  // As they are parsed.
  OutputOptions output_;
  LayoutOptions layout_;
  int min_words_ = static_cast<int>(EvidenceOptions().min_words);
};

}  // namespace

std::unique_ptr<CommandParser> MakeDiffParser() {
  return std::make_unique<DiffParser>();
}

}  // namespace twicetold
