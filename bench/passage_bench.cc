// SPDX-License-Identifier: Apache-2.0
//
// passage_bench: how fast a collection is searched for candidate windows of
// passages, in MB of text a second of CPU time, how much memory that takes
// beyond the texts, and how much text is left to align. Reads a folder of files
// or JSON Lines (plain or zstd).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/measure.h"
#include "bench/records.h"
#include "twicetold/base/cpu_time.h"
#include "twicetold/base/parallel.h"
#include "twicetold/passage/anchor_index.h"
#include "twicetold/passage/repeats.h"
#include "twicetold/passage/windows.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

using Texts = std::vector<std::string>;

Texts ReadFolder(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  Texts texts;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file),
                       std::istreambuf_iterator<char>());
  }
  return texts;
}

absl::StatusOr<Texts> ReadTexts(const std::string& path) {
  if (std::filesystem::is_directory(path)) return ReadFolder(path);
  Texts texts;
  const absl::Status status =
      ForEachRecord(path, [&](const nlohmann::json& record) {
        texts.push_back(record.at("text").get<std::string>());
        return true;
      });
  if (!status.ok()) return status;
  return texts;
}

struct Options {
  AnchorOptions anchor;
  WindowOptions window;
  int threads = 1;
  int repeat = 3;
  int show = 0;
};

// CPU time, which other work on the machine disturbs less.
class CpuWatch {
 public:
  double seconds() const { return CpuSeconds() - start_; }

 private:
  double start_ = CpuSeconds();
};

void PrintStage(const char* name, double seconds, double megabytes) {
  std::printf("%-12s %8.3f s %9.1f MB/s\n", name, seconds, megabytes / seconds);
}

void PrintFound(const AnchorIndex& index, const PassageWindows& found,
                const Repeats& repeats) {
  uint64_t words = 0;
  for (uint32_t count : index.words) words += count;
  uint64_t window_words = 0;
  uint64_t within = 0;
  for (const PassageWindow& window : found.windows) {
    window_words += window.a.size() + window.b.size();
    within += window.document_a == window.document_b ? 1 : 0;
  }
  uint64_t places = 0;
  for (const Repeat& repeat : repeats.repeats) places += repeat.places;
  std::printf(
      "words %" PRIu64 ", shared anchors %" PRIu64 ", common %" PRIu64
      "\nwindows %zu (%" PRIu64 " within one document), left out %" PRIu64
      ", anchors with places passed over %" PRIu64 "\nwords of windows %" PRIu64
      ", %.3f times the collection\n"
      "repeats %zu with %" PRIu64 " places; common words in none %" PRIu64 "\n",
      words, index.shared.size(), index.common.size(), found.windows.size(),
      within, found.left_out, found.passed_over, window_words,
      static_cast<double>(window_words) / static_cast<double>(words),
      repeats.repeats.size(), places, repeats.words_left);
}

void Show(const Texts& texts, const PassageWindows& found, int show) {
  for (const PassageWindow& window : found.windows) {
    if (show-- == 0) break;
    std::printf("\n== %u %u: %u anchors, %.0f bits\n", window.document_a,
                window.document_b, window.anchors, window.score);
    for (const auto& [document, range] :
         {std::pair(window.document_a, window.a),
          std::pair(window.document_b, window.b)}) {
      const Tokens tokens = Tokenize(texts[document]);
      const size_t begin = tokens.ranges[range.begin].begin;
      const size_t end = tokens.ranges[range.end - 1].end;
      std::printf("-- %s\n",
                  texts[document].substr(begin, end - begin).c_str());
    }
  }
}

int Run(const std::string& path, const Options& options) {
  const absl::StatusOr<Texts> texts = ReadTexts(path);
  if (!texts.ok()) {
    std::fprintf(stderr, "passage_bench: %s\n",
                 std::string(texts.status().message()).c_str());
    return 2;
  }
  uint64_t bytes = 0;
  for (const std::string& text : *texts) bytes += text.size();
  const double megabytes = Megabytes(bytes);
  std::printf("%zu documents, %.1f MB, %d threads\n", texts->size(), megabytes,
              options.threads);
  ThreadPool pool(options.threads);
  const auto documents = static_cast<uint32_t>(texts->size());
  const LoadWordHashes load = [&](uint32_t document, int,
                                  std::vector<uint64_t>* hashes) {
    TokenHashes((*texts)[document], hashes);
    return true;
  };
  for (int i = 0; i < options.repeat; ++i) {
    std::vector<uint64_t> hashes;
    const CpuWatch tokenizing;
    for (uint32_t d = 0; d < documents; ++d) load(d, 0, &hashes);
    const double token_seconds = tokenizing.seconds();
    ResetPeakMemory();
    const uint64_t before = PeakMemory();
    const CpuWatch indexing;
    const AnchorIndex index =
        BuildAnchorIndex(documents, options.anchor, load, &pool, {});
    const double index_seconds = indexing.seconds();
    const CpuWatch finding;
    const PassageWindows found =
        FindWindows(index, options.window, {}, &pool, {});
    const double window_seconds = finding.seconds();
    const CpuWatch repeating;
    const Repeats repeats = FindRepeats(index);
    const double repeat_seconds = repeating.seconds();
    PrintStage("tokenize", token_seconds, megabytes);
    // Without the tokens, whose time is known.
    PrintStage("index", index_seconds - token_seconds, megabytes);
    PrintStage("windows", window_seconds, megabytes);
    PrintStage("repeats", repeat_seconds, megabytes);
    PrintStage("all but tokens",
               index_seconds - token_seconds + window_seconds + repeat_seconds,
               megabytes);
    const uint64_t peak = PeakMemory() - before;
    std::printf("peak memory %.1f MB, %.2f bytes a byte\n", Megabytes(peak),
                static_cast<double>(peak) / static_cast<double>(bytes));
    if (i > 0) continue;
    PrintFound(index, found, repeats);
    Show(*texts, found, options.show);
  }
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Candidate windows of a collection, measured.", "passage_bench");
  twicetold::Options options;
  std::string path;
  app.add_option("path", path, "A folder, or JSON Lines")->required();
  app.add_option("--threads", options.threads, "Threads [1]")
      ->check(CLI::PositiveNumber);
  app.add_option("--repeat", options.repeat, "Runs [3]")
      ->check(CLI::PositiveNumber);
  app.add_option("--show", options.show, "Windows to print [0]");
  app.add_option("--anchor-window", options.anchor.window,
                 "Shingles of which one becomes an anchor [4]");
  app.add_option("--most-documents", options.anchor.most_documents,
                 "Documents of an anchor that is not common");
  app.add_option("--most-places", options.window.most_places,
                 "Places of an anchor that are looked at");
  app.add_option("--min-score", options.window.min_score,
                 "Least score of a window, times log2 of the words");
  app.add_option("--most-windows", options.window.most_windows,
                 "Windows over any word");
  app.add_option("--margin", options.window.margin_words,
                 "Words around what a window was found by");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(path, options);
}
