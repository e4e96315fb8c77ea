// SPDX-License-Identifier: Apache-2.0
//
// corpus_bench: runs a command a number of times and says how long it took,
// how much of a folder it went through a second, and how much memory it had at
// most, as the system counts it for that process alone (wait4). End to end:
// starting the program and writing its report are part of the time.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/measure.h"

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

int Run(int repeat, const std::string& folder,
        const std::vector<std::string>& command) {
  std::vector<double> seconds;
  std::vector<double> cpu_seconds;
  std::vector<double> peak;
  // One more than asked for: the first fills the system's file cache.
  for (int i = 0; i <= repeat; ++i) {
    const std::optional<RunFigures> figures = RunOnce(command);
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
  if (folder.empty()) return 0;
  const double megabytes = Megabytes(BytesBelow(folder));
  std::vector<double> rates;
  for (double time : seconds) rates.push_back(megabytes / time);
  PrintRow("throughput", "MB/s", SpreadOf(rates));
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Runs a command a number of times and measures it.",
               "corpus_bench");
  int repeat = 5;
  std::string folder;
  std::vector<std::string> command;
  app.add_option("--repeat", repeat, "Runs that count, after one more [5]")
      ->check(CLI::PositiveNumber);
  app.add_option("--folder", folder, "What is scanned, to print MB/s")
      ->check(CLI::ExistingDirectory);
  app.add_option("COMMAND", command, "The command, after --")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(repeat, folder, command);
}
