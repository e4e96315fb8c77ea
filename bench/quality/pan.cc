// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/pan.h"

#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "bench/quality/pan_data.h"
#include "bench/quality/passage_score.h"
#include "bench/quality/passage_text.h"
#include "bench/quality/score_table.h"
#include "twicetold/base/cpu_time.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

struct Options {
  PanFiles files;
  PanChoice choice;
  size_t show_missed = 0;
  size_t show_false = 0;
  PassageOptions passage;
};

struct Cost {
  double seconds = 0;  // of CPU
  uint64_t peak_memory = 0;
};

struct Alignment {
  std::vector<std::vector<Passage>> passages;   // of each pair
  std::vector<std::vector<CharPassage>> chars;  // the same in characters
  Cost cost;
};

// Each document is prepared once, as a scan does.
Alignment AlignPrepared(const PanData& data, const PassageOptions& options) {
  Alignment alignment;
  ResetPeakMemory();
  const double start = CpuSeconds();
  std::vector<Words> words;
  for (const PanDocument& document : data.documents) {
    words.push_back(MakeWords(document.text));
  }
  for (const PanPair& pair : data.pairs) {
    alignment.passages.push_back(
        AlignPair(words[pair.a], words[pair.b], options));
  }
  alignment.cost = {CpuSeconds() - start, PeakMemory()};
  for (size_t i = 0; i < data.pairs.size(); ++i) {
    const PanPair& pair = data.pairs[i];
    alignment.chars.push_back(
        InChars(alignment.passages[i], data.documents[pair.a].text,
                words[pair.a], data.documents[pair.b].text, words[pair.b]));
  }
  return alignment;
}

// Both documents are prepared anew for each pair.
Cost AlignAnew(const PanData& data, const PassageOptions& options) {
  ResetPeakMemory();
  const double start = CpuSeconds();
  for (const PanPair& pair : data.pairs) {
    AlignPair(MakeWords(data.documents[pair.a].text),
              MakeWords(data.documents[pair.b].text), options);
  }
  return {CpuSeconds() - start, PeakMemory()};
}

std::string NameOf(const PanPair& pair, const PanData& data) {
  return absl::StrFormat("%s  %s  %s", pair.class_name,
                         data.documents[pair.a].name,
                         data.documents[pair.b].name);
}

// The classes of the task in its order, then others.
int OrderOf(const std::string& class_name) {
  const std::string_view kOrder[] = {"none", "random", "translation", "summary",
                                     "clean"};
  return static_cast<int>(
      std::find(std::begin(kOrder), std::end(kOrder), class_name) -
      std::begin(kOrder));
}

void PrintTable(const PanData& data, const std::vector<PairCoverage>& pairs) {
  std::map<std::pair<int, std::string>, PassageScore> of_class;
  PassageScore all;
  PassageScore clean;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const std::string& name = data.pairs[i].class_name;
    of_class[{OrderOf(name), name}].Add(pairs[i]);
    all.Add(pairs[i]);
    if (data.pairs[i].cases.empty()) clean.Add(pairs[i]);
  }
  PrintScoreHeader("class");
  for (const auto& [key, score] : of_class) PrintScore(key.second, score);
  PrintScore("all", all);
  std::printf("false detections in pairs without a case: %" PRIu64
              " in %" PRIu64 " pairs\n",
              clean.detections(), clean.pairs());
}

void PrintCost(const char* what, const Cost& cost, uint64_t bytes) {
  std::printf("%s %7.1f MB/s, %.2f s on one core, peak %.0f MB\n", what,
              Megabytes(bytes) / std::max(cost.seconds, 1e-9), cost.seconds,
              Megabytes(cost.peak_memory));
}

// Cases that no detection detects, the longest first, and detections that
// detect no case, the highest score first.
void PrintFindings(const PanData& data, const Alignment& alignment,
                   const std::vector<PairCoverage>& pairs,
                   const Options& options) {
  FindingList missed("cases missed, by characters", options.show_missed);
  FindingList wrong("false detections, by score", options.show_false);
  for (size_t i = 0; i < pairs.size(); ++i) {
    const PanPair& pair = data.pairs[i];
    const std::string& a = data.documents[pair.a].text;
    const std::string& b = data.documents[pair.b].text;
    for (size_t j = 0; j < pair.cases.size(); ++j) {
      if (pairs[i].cases[j].meets > 0) continue;
      const CharPassage& passage = pair.cases[j];
      missed.Add(static_cast<double>(passage.a.size() + passage.b.size()),
                 NameOf(pair, data), Excerpts(passage, a, b));
    }
    for (size_t j = 0; j < alignment.passages[i].size(); ++j) {
      if (pairs[i].detections[j].meets > 0) continue;
      const Passage& passage = alignment.passages[i][j];
      wrong.Add(passage.score,
                absl::StrFormat("%s  %s", PassageKindName(passage.kind),
                                NameOf(pair, data)),
                Excerpts(alignment.chars[i][j], a, b));
    }
  }
  missed.Print();
  wrong.Print();
}

absl::Status Run(const Options& options) {
  const absl::StatusOr<PanData> data = LoadPan(options.files, options.choice);
  if (!data.ok()) return data.status();
  const Alignment alignment = AlignPrepared(*data, options.passage);
  const Cost anew = AlignAnew(*data, options.passage);

  std::vector<PairCoverage> pairs;
  uint64_t bytes = 0;  // of both documents of each pair
  for (size_t i = 0; i < data->pairs.size(); ++i) {
    const PanPair& pair = data->pairs[i];
    pairs.push_back(Compare(pair.cases, alignment.chars[i]));
    bytes += data->documents[pair.a].text.size() +
             data->documents[pair.b].text.size();
  }
  PrintTable(*data, pairs);
  std::printf("%zu documents, %zu pairs of %.1f MB\n", data->documents.size(),
              data->pairs.size(), Megabytes(bytes));
  PrintCost("each document prepared once:", alignment.cost, bytes);
  PrintCost("prepared anew for each pair:", anew, bytes);
  PrintFindings(*data, alignment, pairs, options);
  return absl::OkStatus();
}

}  // namespace

void AddPanCommand(CLI::App* app, int* status) {
  CLI::App* command = app->add_subcommand(
      "pan", "Passages of pairs of documents against labelled ones (PAN)");
  const auto options = std::make_shared<Options>();
  command->add_option("DOCS", options->files.documents, "JSON Lines: id, text")
      ->required();
  command->add_option("PAIRS", options->files.pairs, "Table of pairs")
      ->required();
  command->add_option("PASSAGES", options->files.passages, "Table of passages")
      ->required();
  const std::map<std::string, Parity> parities = {
      {"all", Parity::kAll}, {"even", Parity::kEven}, {"odd", Parity::kOdd}};
  command
      ->add_option("--parity", options->choice.parity,
                   "Of the number of the suspicious document [all]")
      ->transform(CLI::CheckedTransformer(parities));
  command->add_option("--class", options->choice.class_name,
                      "none, random, translation, summary or clean [all]");
  command->add_option("--show-missed", options->show_missed,
                      "Show N cases that were missed [0]");
  command->add_option("--show-false", options->show_false,
                      "Show N detections where there is no case [0]");
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
