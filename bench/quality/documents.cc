// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/documents.h"

#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "bench/quality/brute_force.h"
#include "bench/quality/document_score.h"
#include "bench/quality/printed_result.h"
#include "bench/records.h"
#include "bench/temp_folder.h"
#include "twicetold/twicetold.h"

namespace twicetold {
namespace {

struct Options {
  std::string file;
  std::string truth;
  std::string keep_files;
  std::string write_truth;
  uint64_t first = 0;  // record to begin with
  uint64_t every = 1;
  ScanOptions scan;
};

struct DataSet {
  std::vector<std::string> keys;
  std::vector<std::string> texts;
};

// By which a file of pairs knows a record: its id, a string or else as JSON
// writes it, or its number.
std::string KeyOf(const nlohmann::json& record, uint64_t number) {
  const auto id = record.find("id");
  if (id == record.end() || id->is_null()) return std::to_string(number);
  return id->is_string() ? id->get<std::string>() : id->dump();
}

absl::StatusOr<DataSet> LoadData(const Options& options) {
  DataSet data;
  uint64_t number = 0;
  const absl::Status status =
      ForEachRecord(options.file, [&](const nlohmann::json& record) {
        const uint64_t i = number++;
        if (i < options.first || (i - options.first) % options.every != 0) {
          return true;
        }
        data.keys.push_back(KeyOf(record, i));
        data.texts.push_back(record["text"]);
        return true;
      });
  if (!status.ok()) return status;
  return data;
}

using KeyPair = std::pair<std::string, std::string>;

absl::StatusOr<std::vector<KeyPair>> LoadPairs(const std::string& path) {
  std::ifstream file(path);
  std::vector<KeyPair> pairs;
  for (KeyPair pair; file >> pair.first >> pair.second;) pairs.push_back(pair);
  // What cannot be opened, or is a folder, does not get to its end.
  if (!file.eof()) return absl::NotFoundError("cannot read " + path);
  return pairs;
}

// Document i becomes the file NNN/NNNNNN.txt, named by its number.
absl::Status Unpack(const DataSet& data, const std::filesystem::path& folder) {
  for (size_t i = 0; i < data.texts.size(); ++i) {
    const auto path = folder / absl::StrFormat("%03d/%06d.txt", i / 1000, i);
    if (auto status = WriteFile(path, data.texts[i]); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

// A line a pair: both numbers and the similarity.
absl::Status WriteTruth(const std::vector<TruePair>& truth,
                        const std::string& path) {
  std::string lines;
  for (const TruePair& pair : truth) {
    lines += absl::StrFormat("%d %d %.6f\n", pair.a, pair.b, pair.jaccard);
  }
  return WriteFile(path, lines);
}

struct ScanOutcome {
  std::string jsonl;
  double seconds = 0;
  uint64_t peak_memory = 0;
};

absl::StatusOr<ScanOutcome> ScanFolder(const std::filesystem::path& folder,
                                       const ScanOptions& options) {
  ResetPeakMemory();
  const Stopwatch watch;
  WalkOptions all_files;
  all_files.no_ignore = true;
  const std::vector<std::string> roots = {folder.string()};
  WalkResult walk = Walk(roots, all_files);
  const FileCorpus corpus(std::move(walk.files), {}, std::move(walk.skipped));
  const absl::StatusOr<Result> result = Scan(corpus, options);
  if (!result.ok()) return result.status();
  ScanOutcome outcome;
  WriteJsonl(*result, "scan", [&](std::string_view piece) {
    outcome.jsonl += piece;
    return true;
  });
  outcome.seconds = watch.seconds();
  outcome.peak_memory = PeakMemory();
  return outcome;
}

std::vector<uint32_t> DocumentNumbers(const PrintedResult& result) {
  std::vector<uint32_t> numbers;
  for (const std::string& path : result.paths) {
    numbers.push_back(static_cast<uint32_t>(
        std::stoul(std::filesystem::path(path).stem().string())));
  }
  return numbers;
}

void PrintScore(const DocumentScore& score, double min_jaccard) {
  std::printf("true pairs at J >= %g:     %10" PRIu64 "\n", min_jaccard,
              score.true_pairs);
  std::printf("found:                     %10" PRIu64 "\n", score.found);
  if (score.joined > 0) {
    std::printf("joined by a large cluster: %10" PRIu64 "\n", score.joined);
    std::printf("recall of listed pairs:    %10.5f\n",
                static_cast<double>(score.found) /
                    static_cast<double>(score.true_pairs));
  }
  std::printf("%s%10.5f\n",
              score.joined > 0 ? "recall, joined included:   "
                               : "recall:                    ",
              score.recall());
  if (score.missed_same > 0) {
    std::printf("same texts missed:         %10" PRIu64 "\n",
                score.missed_same);
  }
  std::printf("printed matches:           %10" PRIu64 "\n", score.printed);
  std::printf("precision:                 %10.5f\n", score.precision());
  std::printf("Jaccards that differ:      %10" PRIu64 "\n",
              score.wrong_jaccards);
  std::printf("other numbers that differ: %10" PRIu64 "\n",
              score.wrong_numbers + score.wrong_clusters);
}

void PrintMissed(const DocumentScore& score, const DataSet& data) {
  constexpr size_t kShown = 20;
  for (size_t i = 0; i < std::min(kShown, score.missed.size()); ++i) {
    const TruePair& pair = score.missed[i];
    std::printf("missed: J %.4f  %s  %s\n", pair.jaccard,
                data.keys[pair.a].c_str(), data.keys[pair.b].c_str());
  }
}

// Pairs that whoever made the data says are alike, whatever their similarity.
void PrintPlanted(const std::vector<KeyPair>& pairs, const DataSet& data,
                  const ExactSets& sets, const FoundPairs& found) {
  std::map<std::string, uint32_t> number_of;
  for (size_t i = 0; i < data.keys.size(); ++i) {
    number_of[data.keys[i]] = static_cast<uint32_t>(i);
  }
  uint64_t planted = 0;
  uint64_t found_pairs = 0;
  uint64_t joined = 0;  // of these, not listed
  double least_found = 1;
  double most_missed = 0;
  for (const auto& [a, b] : pairs) {
    if (!number_of.contains(a) || !number_of.contains(b)) continue;
    ++planted;
    const double jaccard = sets.Compare(number_of[a], number_of[b]).jaccard();
    const auto outcome = found.Find(number_of[a], number_of[b]);
    if (outcome == FoundPairs::Outcome::kJoined) ++joined;
    if (outcome != FoundPairs::Outcome::kMissed) {
      ++found_pairs;
      least_found = std::min(least_found, jaccard);
    } else {
      most_missed = std::max(most_missed, jaccard);
    }
  }
  std::printf("planted pairs:             %10" PRIu64 "\n", planted);
  std::printf("planted pairs found:       %10" PRIu64 "  (least J %.4f)\n",
              found_pairs, least_found);
  if (joined > 0) {
    std::printf("planted pairs only joined: %10" PRIu64 "\n", joined);
    std::printf("recall of listed planted:  %10.5f\n",
                static_cast<double>(found_pairs - joined) /
                    static_cast<double>(planted));
  }
  if (found_pairs < planted) {
    std::printf("planted pairs not found:   %10" PRIu64 "  (most J %.4f)\n",
                planted - found_pairs, most_missed);
  }
}

absl::StatusOr<bool> Run(const Options& options) {
  const absl::StatusOr<DataSet> data = LoadData(options);
  if (!data.ok()) return data.status();
  absl::StatusOr<std::vector<KeyPair>> planted;
  if (!options.truth.empty()) planted = LoadPairs(options.truth);
  if (!options.truth.empty() && !planted.ok()) return planted.status();
  absl::StatusOr<TempFolder> folder = TempFolder::Create(options.keep_files);
  if (!folder.ok()) return folder.status();
  if (auto status = Unpack(*data, folder->path()); !status.ok()) return status;

  const absl::StatusOr<ScanOutcome> scan =
      ScanFolder(folder->path(), options.scan);
  if (!scan.ok()) return scan.status();
  const absl::StatusOr<PrintedResult> result = ParseResult(scan->jsonl);
  if (!result.ok()) return result.status();

  ResetPeakMemory();
  const Stopwatch watch;
  const ExactSets sets(data->texts, options.scan.shingle_size);
  uint64_t compared = 0;
  const std::vector<TruePair> truth =
      sets.FindPairs(options.scan.min_jaccard, options.scan.threads, &compared);
  const double brute_seconds = watch.seconds();
  const uint64_t brute_memory = PeakMemory();
  if (!options.write_truth.empty()) {
    const absl::Status status = WriteTruth(truth, options.write_truth);
    if (!status.ok()) return status;
  }

  const std::vector<uint32_t> numbers = DocumentNumbers(*result);
  const DocumentScore score =
      ScoreDocuments(*result, numbers, sets, truth, options.scan.min_jaccard);
  std::printf("documents:                 %10zu\n", sets.size());
  std::printf("skipped by the scan:       %10" PRIu64 "\n", result->skipped);
  std::printf("pairs compared:            %10" PRIu64 "\n", compared);
  PrintScore(score, options.scan.min_jaccard);
  if (!options.truth.empty()) {
    PrintPlanted(*planted, *data, sets,
                 FoundPairs(*result, numbers, sets.size()));
  }
  std::printf("scan:                      %10.2f s, peak %.0f MB\n",
              scan->seconds, Megabytes(scan->peak_memory));
  std::printf("brute force:               %10.2f s, peak %.0f MB\n",
              brute_seconds, Megabytes(brute_memory));
  PrintMissed(score, *data);
  return score.recall() >= options.scan.recall && score.exact();
}

}  // namespace

void AddDocumentsCommand(CLI::App* app, int* status) {
  CLI::App* command = app->add_subcommand(
      "documents", "Near-duplicate documents against all pairs compared");
  const auto options = std::make_shared<Options>();
  // What passages tell of documents, that one contains another, is no
  // near-duplicate.
  options->scan.passages = false;
  command->add_option("FILE", options->file, "JSON Lines, plain or zstd")
      ->required();
  command->add_option("--min-jaccard", options->scan.min_jaccard,
                      "Threshold of near-duplicates [.8]");
  command->add_option("--recall", options->scan.recall,
                      "Recall to plan for, and to demand [.99]");
  command->add_option("--shingle", options->scan.shingle_size,
                      "Words a shingle [5]");
  command->add_option("--sketch-size", options->scan.sketch_size,
                      "Slots of a sketch [128]");
  command->add_option("--seed", options->scan.seed, "Seed [0]");
  command->add_option("--threads", options->scan.threads,
                      "Threads; 0 is as many as the machine has [0]");
  command->add_option("--first", options->first, "First record, from 0 [0]");
  command->add_option("--every", options->every, "Take each N-th record [1]")
      ->check(CLI::PositiveNumber);
  command->add_option("--truth", options->truth,
                      "Pairs of ids, tab-separated, that are said to be alike");
  command->add_option("--keep-files", options->keep_files,
                      "Unpack into this folder, and leave it there");
  command->add_option("--write-truth", options->write_truth,
                      "Write the true pairs, by document number, to this file");
  command->callback([options, status] {
    const absl::StatusOr<bool> good = Run(*options);
    if (!good.ok()) {
      std::fprintf(stderr, "quality_bench: %s\n",
                   std::string(good.status().message()).c_str());
    }
    *status = !good.ok() ? 2 : *good ? 0 : 1;
  });
}

}  // namespace twicetold
