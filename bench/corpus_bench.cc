// SPDX-License-Identifier: Apache-2.0
//
// corpus_bench: runs a command a number of times and says how long it took,
// how much of a folder it went through a second, and how much memory it had at
// most, as the system counts it for that process alone (wait4). End to end:
// starting the program and writing its report are part of the time.
//
// For dedup, --fresh is the folder that it writes to, which is removed before
// each run; with the truth that make_corpus wrote, recall and precision of the
// last run are printed, too, and recall by the planted similarity:
//   corpus_bench --folder in --fresh out --truth truth.tsv --
//       twicetold dedup in --into out
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "bench/records.h"

namespace twicetold {
namespace {

struct RunFigures {
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_megabytes = 0;
};

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

// In the child: does not return. What the command prints goes nowhere.
[[noreturn]] void Execute(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (const std::string& word : command) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  execvp(argv[0], argv.data());
  std::perror(argv[0]);
  _exit(127);
}

// Nothing if the command did not end with status 0.
std::optional<RunFigures> RunOnce(const std::vector<std::string>& command) {
  const Stopwatch watch;
  const pid_t child = fork();
  if (child == 0) Execute(command);
  int status = 0;
  rusage usage = {};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) {
    return std::nullopt;
  }
  const double seconds = watch.seconds();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "corpus_bench: the command failed\n");
    return std::nullopt;
  }
  return RunFigures{
      .seconds = seconds,
      .cpu_seconds = Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
      .peak_megabytes = static_cast<double>(usage.ru_maxrss) * 1024 / 1e6};
}

uint64_t BytesBelow(const std::string& folder) {
  if (std::filesystem::is_regular_file(folder)) {
    return std::filesystem::file_size(folder);
  }
  uint64_t bytes = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

void PrintRow(const char* name, const char* unit, const Spread& spread) {
  std::printf("%-12s %10.3f %10.3f %10.3f  %s\n", name, spread.median,
              spread.least, spread.most, unit);
}

// The name of each document that was made from another, that of the other, and
// how alike they are.
struct Planted {
  std::string name;
  std::string of;
  double jaccard = 0;
};

absl::StatusOr<std::vector<Planted>> ReadTruth(const std::string& path) {
  std::vector<Planted> truth;
  const absl::Status status =
      ForEachRow(path, "id\tof\trelation\tjaccard",
                 [&](const std::vector<std::string_view>& columns) {
                   truth.push_back(
                       {std::string(columns[0]), std::string(columns[1]),
                        std::strtod(std::string(columns[3]).c_str(), nullptr)});
                   return absl::OkStatus();
                 });
  if (!status.ok()) return status;
  return truth;
}

void PrintShare(const char* name, uint64_t part, uint64_t whole) {
  const double share =
      whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
  std::printf("%-12s %10.4f  %" PRIu64 " of %" PRIu64 "\n", name, share, part,
              whole);
}

// Recall: of the planted pairs at or above `min_jaccard`, those of which one is
// in `removed`; all together, and in steps of similarity.
void PrintRecall(const std::vector<Planted>& planted,
                 const std::unordered_set<std::string>& removed,
                 double min_jaccard) {
  struct Step {
    uint64_t pairs = 0;
    uint64_t found = 0;
  };
  constexpr double kSteps = 50;       // of 1
  constexpr double kRounding = 1e-6;  // of what the truth file gives
  std::map<int64_t, Step> steps;      // by where they begin, in 1 / kSteps
  Step all;
  for (const Planted& pair : planted) {
    if (pair.jaccard < min_jaccard) continue;
    const double above = pair.jaccard - min_jaccard + kRounding;
    const bool found = removed.contains(pair.name) || removed.contains(pair.of);
    for (Step* step :
         {&all, &steps[std::llround(std::floor(above * kSteps))]}) {
      ++step->pairs;
      step->found += found ? 1 : 0;
    }
  }
  PrintShare("recall", all.found, all.pairs);
  for (const auto& [number, step] : steps) {
    const std::string name = absl::StrFormat(
        "  from %.2f", min_jaccard + static_cast<double>(number) / kSteps);
    PrintShare(name.c_str(), step.found, step.pairs);
  }
}

// Recall, and precision: of the removals, those for a document of the same
// origin.
absl::Status PrintQuality(const std::string& output, const std::string& truth,
                          double min_jaccard) {
  const auto planted = ReadTruth(truth);
  if (!planted.ok()) return planted.status();
  std::unordered_map<std::string, std::string> origins;
  for (const Planted& pair : *planted) origins[pair.name] = pair.of;
  const auto origin_of = [&](std::string name) {
    for (auto at = origins.find(name);
         at != origins.end() && at->second != name; at = origins.find(name)) {
      name = at->second;
    }
    return name;
  };
  std::unordered_set<std::string> removed;
  uint64_t right = 0;
  const absl::Status status = ForEachLine(
      output + "/removed.jsonl",
      [&](std::string_view line, uint64_t) -> absl::StatusOr<bool> {
        const auto record = nlohmann::json::parse(line, nullptr, false);
        if (!record.is_object()) return absl::DataLossError("no record");
        const std::string name = record.value("key", "");
        removed.insert(name);
        right += origin_of(name) == origin_of(record["kept"].value("key", ""));
        return true;
      });
  if (!status.ok()) return status;
  PrintRecall(*planted, removed, min_jaccard);
  PrintShare("precision", right, removed.size());
  return absl::OkStatus();
}

struct BenchOptions {
  int repeat = 5;
  std::string folder;
  std::string fresh;
  std::string truth;
  double min_jaccard = .8;
  std::vector<std::string> command;
};

int Run(const BenchOptions& options) {
  const int repeat = options.repeat;
  std::vector<double> seconds;
  std::vector<double> cpu_seconds;
  std::vector<double> peak;
  // One more than asked for: the first fills the system's file cache.
  for (int i = 0; i <= repeat; ++i) {
    if (!options.fresh.empty()) std::filesystem::remove_all(options.fresh);
    const std::optional<RunFigures> figures = RunOnce(options.command);
    if (!figures) return 2;
    if (i == 0) continue;
    seconds.push_back(figures->seconds);
    cpu_seconds.push_back(figures->cpu_seconds);
    peak.push_back(figures->peak_megabytes);
  }
  std::printf("%d runs %11s %10s %10s\n", repeat, "median", "least", "most");
  PrintRow("time", "s", SpreadOf(seconds));
  PrintRow("CPU time", "s", SpreadOf(cpu_seconds));
  PrintRow("peak memory", "MB", SpreadOf(peak));
  if (!options.folder.empty()) {
    const double megabytes = Megabytes(BytesBelow(options.folder));
    std::vector<double> rates;
    for (double time : seconds) rates.push_back(megabytes / time);
    PrintRow("throughput", "MB/s", SpreadOf(rates));
    rates.clear();
    for (double time : cpu_seconds) rates.push_back(megabytes / time);
    PrintRow("a CPU second", "MB", SpreadOf(rates));
  }
  if (options.truth.empty()) return 0;
  const absl::Status status =
      PrintQuality(options.fresh, options.truth, options.min_jaccard);
  if (status.ok()) return 0;
  std::fprintf(stderr, "corpus_bench: %s\n",
               std::string(status.message()).c_str());
  return 2;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Runs a command a number of times and measures it.",
               "corpus_bench");
  twicetold::BenchOptions options;
  app.add_option("--repeat", options.repeat,
                 "Runs that count, after one more [5]")
      ->check(CLI::PositiveNumber);
  app.add_option("--folder", options.folder,
                 "What is read, a folder or a file, to print MB/s")
      ->check(CLI::ExistingPath);
  CLI::Option* fresh = app.add_option(
      "--fresh", options.fresh,
      "Folder that the command writes to; removed before each run");
  app.add_option("--truth", options.truth,
                 "Of make_corpus, to print recall and precision")
      ->check(CLI::ExistingFile)
      ->needs(fresh);
  app.add_option("--min-jaccard", options.min_jaccard,
                 "Of the planted pairs that count [.8]");
  app.add_option("COMMAND", options.command, "The command, after --")
      ->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(options);
}
