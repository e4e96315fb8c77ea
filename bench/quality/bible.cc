// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/bible.h"

#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "bench/quality/bible_cases.h"
#include "bench/quality/passage_score.h"
#include "bench/quality/passage_text.h"
#include "bench/quality/score_table.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

struct Options {
  std::string file;
  std::string seeds = "1-10";
  uint64_t cases = 400;
  size_t show_false = 0;
  PassageOptions passage;
};

struct SeedRange {
  uint64_t first = 0;
  uint64_t last = 0;  // inclusive
};

// "3" or "1-10".
absl::StatusOr<SeedRange> ParseSeeds(const std::string& text) {
  SeedRange seeds;
  char rest = 0;
  int count = std::sscanf(text.c_str(), "%" SCNu64 "-%" SCNu64 "%c",
                          &seeds.first, &seeds.last, &rest);
  if (count == 1 && text.find('-') == std::string::npos) {
    seeds.last = seeds.first;
    count = 2;
  }
  if (count == 2 && seeds.first <= seeds.last) return seeds;
  return absl::InvalidArgumentError("no range of seeds: " + text);
}

// One question to the alignment, over all seeds.
class Task {
 public:
  Task(const char* name, const Options& options)
      : name_(name),
        wrong_(absl::StrFormat("false detections %s, by score", name),
               options.show_false) {}

  void BeginSeed() { scores_.emplace_back(); }

  // Scores the passages of a pair of documents, or of twice the same one.
  void Add(const std::string& name, std::span<const Passage> passages,
           const std::string& text_a, const Words& a, const std::string& text_b,
           const Words& b, std::span<const CharPassage> cases) {
    const std::vector<CharPassage> found =
        InChars(passages, text_a, a, text_b, b);
    const PairCoverage pair = Compare(cases, found);
    scores_.back().Add(pair);
    CountFalse(pair);
    for (size_t i = 0; i < found.size(); ++i) {
      if (pair.detections[i].meets > 0) continue;
      wrong_.Add(
          passages[i].score,
          absl::StrFormat("%s  %s", PassageKindName(passages[i].kind), name),
          Excerpts(found[i], text_a, text_b));
    }
  }

  void Print(uint64_t first_seed) const {
    PrintScoreHeader(name_);
    for (size_t i = 0; i < scores_.size(); ++i) {
      PrintScore(absl::StrFormat("seed %d", first_seed + i), scores_[i]);
    }
    if (scores_.size() > 1) PrintMeanScore(scores_);
    std::printf("false ones in %" PRIu64 " pairs, at most %" PRIu64
                " in one\n\n",
                pairs_with_false_, most_false_);
  }

  void PrintFalse() { wrong_.Print(); }

 private:
  // A text that repeats itself n times has n (n - 1) / 2 pairs of repeats, so
  // that a few texts can make up most of what is false.
  void CountFalse(const PairCoverage& pair) {
    const auto wrong = static_cast<uint64_t>(std::count_if(
        pair.detections.begin(), pair.detections.end(),
        [](const Coverage& coverage) { return coverage.meets == 0; }));
    pairs_with_false_ += wrong > 0 ? 1 : 0;
    most_false_ = std::max(most_false_, wrong);
  }

  const char* name_;
  std::vector<PassageScore> scores_;  // of each seed
  uint64_t pairs_with_false_ = 0;
  uint64_t most_false_ = 0;
  FindingList wrong_;
};

class BibleBench {
 public:
  BibleBench(const Bible& bible, const Options& options)
      : bible_(bible),
        options_(options),
        across_("across", options),
        within_("within", options),
        unrelated_("unrelated", options) {}

  void RunSeed(uint64_t seed) {
    across_.BeginSeed();
    within_.BeginSeed();
    unrelated_.BeginSeed();
    BibleCaseMaker maker(bible_, seed);
    for (uint64_t i = 0; i < options_.cases; ++i) RunCase(maker.MakeCase());
    for (uint64_t i = 0; i < options_.cases; ++i) {
      const UnrelatedPair pair = maker.MakeUnrelatedPair();
      RunPair(pair.name, pair.a, pair.b, {}, &unrelated_);
    }
  }

  void Print(uint64_t first_seed) {
    for (const Task* task : {&across_, &within_, &unrelated_}) {
      task->Print(first_seed);
    }
    for (Task* task : {&across_, &within_, &unrelated_}) task->PrintFalse();
  }

 private:
  void RunCase(const BibleCase& one) {
    RunPair(one.name, one.a, one.b, {&one.across, 1}, &across_);
    const Words words = MakeWords(one.joined);
    within_.Add(one.name, AlignWithin(words, options_.passage), one.joined,
                words, one.joined, words, {&one.within, 1});
  }

  void RunPair(const std::string& name, const std::string& text_a,
               const std::string& text_b, std::span<const CharPassage> cases,
               Task* task) {
    const Words a = MakeWords(text_a);
    const Words b = MakeWords(text_b);
    task->Add(name, AlignPair(a, b, options_.passage), text_a, a, text_b, b,
              cases);
  }

  const Bible& bible_;
  const Options& options_;
  Task across_;
  Task within_;
  Task unrelated_;
};

absl::Status Run(const Options& options) {
  const absl::StatusOr<SeedRange> seeds = ParseSeeds(options.seeds);
  if (!seeds.ok()) return seeds.status();
  const absl::StatusOr<Bible> bible = LoadBible(options.file);
  if (!bible.ok()) return bible.status();
  BibleBench bench(*bible, options);
  for (uint64_t seed = seeds->first; seed <= seeds->last; ++seed) {
    bench.RunSeed(seed);
  }
  bench.Print(seeds->first);
  return absl::OkStatus();
}

}  // namespace

void AddBibleCommand(CLI::App* app, int* status) {
  CLI::App* command = app->add_subcommand(
      "bible", "Reworded passages planted from one translation in another");
  const auto options = std::make_shared<Options>();
  command->add_option("VERSES", options->file, "Table of verses, plain or zstd")
      ->required();
  command->add_option("--seeds", options->seeds, "N or N-M [1-10]");
  command->add_option("--cases", options->cases, "Cases a seed [400]")
      ->check(CLI::PositiveNumber);
  command->add_option("--show-false", options->show_false,
                      "Show N detections of each kind that are false [0]");
  command->callback([options, status] {
    const absl::Status outcome = Run(*options);
    if (!outcome.ok()) {
      std::fprintf(stderr, "quality_bench: %s\n",
                   std::string(outcome.message()).c_str());
    }
    *status = outcome.ok() ? 0 : 2;
  });
}

}  // namespace twicetold
