// SPDX-License-Identifier: Apache-2.0
//
// record_bench: how fast files of records are read, in MB of uncompressed input
// a second of CPU time: cut into lines only, and parsed as well.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "twicetold/base/cpu_time.h"
#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

struct Totals {
  uint64_t bytes = 0;  // decompressed
  uint64_t lines = 0;
  uint64_t records = 0;
  uint64_t text_bytes = 0;
  uint64_t problems = 0;
};

struct Options {
  std::vector<std::string> files;
  RecordFields fields;
  int threads = 1;
  int files_at_once = 1;
  int repeat = 5;
};

// What one worker does.
Totals Work(BatchReader* reader, const RecordFields* fields) {
  Totals totals;
  RawBatch batch;
  RecordParser parser(fields == nullptr ? RecordFields() : *fields);
  while (reader->Next(&batch)) {
    totals.bytes += batch.text.size();
    totals.problems += batch.problem ? 1 : 0;
    RawLine line;
    Record record;
    for (BatchLines lines(batch); lines.Next(&line);) {
      ++totals.lines;
      if (fields == nullptr) continue;
      if (parser.Parse(line.bytes, &record)) {
        ++totals.problems;
        continue;
      }
      ++totals.records;
      totals.text_bytes += record.text.size();
    }
  }
  return totals;
}

// One pass over all files; without `fields` lines are not parsed.
Totals ReadAll(const std::vector<RecordSource>& sources, const Options& options,
               const RecordFields* fields) {
  BatchReader reader(sources, {.files_at_once = options.files_at_once});
  std::vector<Totals> parts(static_cast<size_t>(options.threads));
  {
    std::vector<std::jthread> workers;
    for (Totals& part : parts) {
      workers.emplace_back([&] { part = Work(&reader, fields); });
    }
  }
  Totals all;
  for (const Totals& part : parts) {
    all.bytes += part.bytes;
    all.lines += part.lines;
    all.records += part.records;
    all.text_bytes += part.text_bytes;
    all.problems += part.problems;
  }
  return all;
}

void Measure(const char* name, const std::vector<RecordSource>& sources,
             const Options& options, const RecordFields* fields) {
  std::vector<double> cpu;
  std::vector<double> wall;
  Totals totals;
  for (int i = 0; i < options.repeat; ++i) {
    const Stopwatch watch;
    const double before = CpuSeconds();
    totals = ReadAll(sources, options, fields);
    cpu.push_back(CpuSeconds() - before);
    wall.push_back(watch.seconds());
  }
  const double megabytes = Megabytes(totals.bytes);
  std::printf("%-6s %7.1f MB: %7.0f MB/s a core, %7.0f MB/s in all; %" PRIu64
              " lines, %" PRIu64 " records, %.1f MB of text, %" PRIu64
              " problems\n",
              name, megabytes, megabytes / SpreadOf(cpu).least,
              megabytes / SpreadOf(wall).least, totals.lines, totals.records,
              Megabytes(totals.text_bytes), totals.problems);
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app("How fast files of records are read");
  app.add_option("FILE", options.files, "JSON Lines, plain, .gz or .zst")
      ->required();
  app.add_option("--text-field", options.fields.text, "Field of the text");
  app.add_option("--id-field", options.fields.id, "Field of the key");
  app.add_option("-j,--threads", options.threads, "Workers [1]");
  app.add_option("--files-at-once", options.files_at_once, "Files [1]");
  app.add_option("--repeat", options.repeat, "Least of so many runs [5]");
  CLI11_PARSE(app, argc, argv);
  std::vector<RecordSource> sources;
  for (const std::string& file : options.files) {
    sources.push_back({.path = file, .compression = CompressionOf(file)});
  }
  Measure("lines", sources, options, nullptr);
  Measure("parsed", sources, options, &options.fields);
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) { return twicetold::Main(argc, argv); }
