// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/revisions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "bench/measure.h"
#include "bench/records.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

constexpr std::string_view kOriginal = "orig";

struct Answer {
  std::string task;
  std::string level;
  std::string text;
};

struct RevisionData {
  std::map<std::string, std::string> original_of;  // by task
  std::vector<Answer> answers;
};

absl::Status Load(const std::string& path, RevisionData* data) {
  const auto visit = [&](const nlohmann::json& record) {
    Answer answer{.task = record.value("task", ""),
                  .level = record.value("category", ""),
                  .text = record["text"]};
    if (answer.level == kOriginal) {
      data->original_of[answer.task] = std::move(answer.text);
    } else {
      data->answers.push_back(std::move(answer));
    }
    return true;
  };
  if (auto status = ForEachRecord(path, visit); !status.ok()) return status;
  for (const Answer& answer : data->answers) {
    if (data->original_of.contains(answer.task)) continue;
    return absl::DataLossError(path + " lacks the original of a task");
  }
  return absl::OkStatus();
}

// The share of the words of a that are in a passage.
double CoveredShare(const Words& a, const std::vector<Passage>& passages) {
  if (a.size() == 0) return 0;
  std::vector<bool> covered(a.size());
  for (const Passage& passage : passages) {
    std::fill(covered.begin() + passage.a.begin,
              covered.begin() + passage.a.end, true);
  }
  return static_cast<double>(std::count(covered.begin(), covered.end(), true)) /
         a.size();
}

// From no revision at all to text of one's own; then others.
int OrderOf(const std::string& level) {
  const std::string_view kOrder[] = {"cut", "light", "heavy", "non"};
  return static_cast<int>(
      std::find(std::begin(kOrder), std::end(kOrder), level) -
      std::begin(kOrder));
}

absl::Status Run(const std::string& path) {
  RevisionData data;
  if (auto status = Load(path, &data); !status.ok()) return status;
  std::map<std::string, Words> originals;
  for (const auto& [task, text] : data.original_of) {
    originals[task] = MakeWords(text);
  }
  std::map<std::pair<int, std::string>, std::vector<double>> shares;
  for (const Answer& answer : data.answers) {
    const Words words = MakeWords(answer.text);
    const auto passages =
        AlignPair(words, originals[answer.task], PassageOptions());
    shares[{OrderOf(answer.level), answer.level}].push_back(
        CoveredShare(words, passages));
  }
  std::printf("%-8s %7s %12s  %14s  %6s\n", "level", "answers", "with passage",
              "covered: mean", "median");
  for (const auto& [key, values] : shares) {
    const auto with_passage = std::count_if(
        values.begin(), values.end(), [](double share) { return share > 0; });
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) /
                        static_cast<double>(values.size());
    std::printf("%-8s %7zu %12td  %14.4f  %.4f\n", key.second.c_str(),
                values.size(), with_passage, mean, SpreadOf(values).median);
  }
  return absl::OkStatus();
}

}  // namespace

void AddRevisionsCommand(CLI::App* app, int* status) {
  CLI::App* command = app->add_subcommand(
      "revisions", "How much of revised answers is found in the original");
  const auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, "JSON Lines: task, category, text")
      ->required();
  command->callback([file, status] {
    const absl::Status outcome = Run(*file);
    if (!outcome.ok()) {
      std::fprintf(stderr, "quality_bench: %s\n",
                   std::string(outcome.message()).c_str());
    }
    *status = outcome.ok() ? 0 : 2;
  });
}

}  // namespace twicetold
