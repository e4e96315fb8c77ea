// SPDX-License-Identifier: Apache-2.0
#include "tools/dedup_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tools/add_options.h"
#include "tools/command_parser.h"
#include "tools/record_flags.h"
#include "tools/search_flags.h"

namespace twicetold {
namespace {

constexpr char kExamples[] = R"(Examples:
  twicetold dedup crawl/ --into clean        JSON Lines, plain or compressed
  twicetold dedup notes/ --into clean        a folder of texts
  twicetold dedup a.jsonl.zst --into clean --memory 8G
  twicetold dedup new/ --into clean --against old/
                                             only what old/ has already
  twicetold dedup crawl/ --into clean --resume
                                             go on after an interruption
)";

constexpr uint64_t kLeastMemory = uint64_t{64} << 20;

class DedupParser : public CommandParser {
 public:
  CommandHelp help() const override {
    return {
        .name = "dedup",
        .summary = "Write a collection without its near-duplicates",
        .operands = "INPUT... --into DIR",
        .examples = kExamples,
        .statuses = {kExitDone, kExitFatal, kExitPartial, kExitInterrupted}};
  }

  void AddOptions(CLI::App* app) override {
    AddInputOptions(app);
    AddSearchOptions(app);
    AddAuditOption(app);
    AddOutputOptions(app);
  }

  std::vector<std::string>* operands() override { return &flags_.input.paths; }

  std::string Complete() override {
    flags_.input.max_filesize = walk_.max_filesize();
    flags_.dedup.seed = sketch_.seed();
    if (!memory_.empty()) {
      flags_.dedup.memory = ParseByteSize(memory_).value_or(0);
    }
    flags_.dedup.audit = static_cast<uint64_t>(audit_);
    if (keep_ == "first") flags_.dedup.keep = Keep::kFirst;
    if (keep_ == "last") flags_.dedup.keep = Keep::kLast;
    if (mode_ == "annotate") flags_.dedup.mode = DedupMode::kAnnotate;
    if (mode_ == "list") flags_.dedup.mode = DedupMode::kList;
    flags_.input.records = records_.flags();
    flags_.dedup.fields = flags_.input.records.fields;
    if (flags_.input.paths.empty()) return "no INPUT given";
    if (flags_.target.into.empty()) {
      return "no --into given: the folder to write to";
    }
    if (flags_.dedup.memory < kLeastMemory) {
      return "--memory has to be 64M at least";
    }
    for (const auto* paths : {&flags_.input.paths, &flags_.input.against}) {
      if (std::count(paths->begin(), paths->end(), "-") > 0) {
        return "stdin can be read only once, and dedup reads its input several "
               "times: save it to a file";
      }
    }
    return "";
  }

  Flags flags() const override { return flags_; }

 private:
  void AddInputOptions(CLI::App* app) {
    InputFlags* input = &flags_.input;
    app->add_option("INPUT", input->paths,
                    "Files of records (.jsonl, .ndjson; also .gz and\n.zst), "
                    "texts, and folders of either");
    AddRepeatable(app, "--against", &input->against,
                  "Remove only what the documents of PATH, a\nreference, have; "
                  "repeatable")
        ->option_text("--against PATH")
        ->group("Input");
    records_.AddTo(app);
    walk_.AddTo(app, "INPUT", "Take", input);
    AddFlag(app, "--strict", &flags_.dedup.strict,
            "End with the first line or file that cannot be\nread, instead of "
            "leaving it out")
        ->group("Input");
  }

  void AddSearchOptions(CLI::App* app) {
    DedupOptions* dedup = &flags_.dedup;
    AddMinJaccard(app, &dedup->min_jaccard);
    AddValue(app, "--keep", &keep_,
             "Which of near-duplicates is kept: the longest,\nfirst or last "
             "[longest]")
        ->option_text("--keep WHICH")
        ->check(OneOf({"longest", "first", "last"}))
        ->group("Search");
    sketch_.AddTo(app, dedup);
  }

  void AddAuditOption(CLI::App* app) {
    AddFlag(app, "--exact", &flags_.dedup.exact,
            "Find all pairs, without sketches: slower, and\nnot possible where "
            "very many are alike")
        ->group("Search");
    AddValue(app, "--audit", &audit_,
             "Compare N documents with all others exactly, to\nsay how many "
             "near-duplicates are left [0]")
        ->option_text("--audit N")
        ->transform(WholeNumber(0, 1'000'000))
        ->group("Search");
  }

  void AddOutputOptions(CLI::App* app) {
    AddValue(app, "--into", &flags_.target.into,
             "Folder to write to: new or empty")
        ->option_text("--into DIR")
        ->group("Output");
    AddValue(app, "--mode", &mode_,
             "filter: write what is kept; annotate: write all\nrecords with "
             "what became of each; list: only the\nlists of what is removed "
             "[filter]")
        ->option_text("--mode MODE")
        ->check(OneOf({"filter", "annotate", "list"}))
        ->group("Output");
    AddValue(
        app, "--compression-level", &flags_.dedup.compression_level,
        "How hard compressed output is compressed: 1 to 19\nfor zstd, 1 to "
        "9 for gzip (above is 9) [1]")
        ->option_text("--compression-level N")
        ->transform(WholeNumber(kLeastCompressionLevel, kMostCompressionLevel))
        ->group("Output");
    AddFlag(app, "--resume", &flags_.target.resume,
            "Go on with a run into DIR that was interrupted")
        ->group("Output");
    AddValue(app, "--memory", &memory_,
             "Memory to keep within (K, M, G) [2G]; what does\nnot fit goes to "
             "files")
        ->option_text("--memory SIZE")
        ->check(Checked(CheckByteSize))
        ->group("Output");
    AddValue(app, "--tmp-dir", &flags_.target.temporary,
             "Folder for these files [DIR/.twicetold]")
        ->option_text("--tmp-dir DIR")
        ->group("Output");
    AddQuiet(app, &flags_.quiet);
    AddValue(app, "-j,--threads", &flags_.dedup.threads,
             "Threads; 0 is as many as the machine has [0]")
        ->option_text("-j, --threads N")
        ->transform(WholeNumber(0, 1024))
        ->group("Output");
  }

  DedupFlags flags_;
  // As they are parsed.
  RecordOptions records_;
  WalkFlags walk_;
  SketchOptions sketch_;
  int audit_ = 0;
  std::string memory_;
  std::string keep_;
  std::string mode_;
};

}  // namespace

std::unique_ptr<CommandParser> MakeDedupParser() {
  return std::make_unique<DedupParser>();
}

}  // namespace twicetold
