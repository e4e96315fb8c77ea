// SPDX-License-Identifier: Apache-2.0
//
// Uses every part of the library that works without files, as a stranger
// would; ends with 0 if all of it does what it says.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/twicetold.h"

namespace {

bool all_true = true;

void Check(bool condition, std::string_view what) {
  if (condition) return;
  std::cerr << "not so: " << what << '\n';
  all_true = false;
}

std::string Words(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += "word" + std::to_string(i) + ' ';
  return text;
}

using Sketch = std::vector<uint32_t>;

Sketch SketchOf(const twicetold::Sketcher& sketcher, std::string_view text) {
  const twicetold::Tokens tokens = twicetold::Tokenize(text);
  twicetold::ShingleList shingles;
  twicetold::MakeShingles(tokens.hashes, 5, &shingles);
  Sketch sketch(sketcher.size());
  sketcher.Sketch(shingles, sketch);
  return sketch;
}

void CheckScan() {
  const std::string text = Words(0, 1000);
  const std::string longer = Words(0, 1100);
  const std::string other = Words(5000, 5100);
  const std::vector<twicetold::TextView> texts = {
      {"a", text}, {"b", text}, {"c", longer}, {"d", other}};
  const twicetold::MemoryCorpus corpus(texts);
  int calls = 0;
  uint64_t most_done = 0;
  const auto result = twicetold::Scan(
      corpus, {.threads = 2}, [&](const twicetold::Progress& progress) {
        ++calls;
        most_done = std::max(most_done, progress.documents_done);
      });
  Check(result.ok(), "the scan works");
  if (!result.ok()) return;
  Check(calls > 0 && most_done == texts.size(), "progress comes to the end");
  Check(result->documents.size() == 4, "four documents");
  Check(result->clusters.size() == 1 &&
            result->clusters[0].members == std::vector<uint32_t>{0, 1, 2},
        "one cluster of three");
  std::string jsonl;
  Check(twicetold::WriteJsonl(*result, "scan",
                              [&](std::string_view piece) {
                                jsonl += piece;
                                return true;
                              }) &&
            jsonl.starts_with("{\"type\":\"header\""),
        "the result can be written");
}

void CheckStop() {
  const std::vector<twicetold::TextView> texts = {{"a", "one two three"}};
  std::stop_source source;
  source.request_stop();
  const auto result = twicetold::Scan(twicetold::MemoryCorpus(texts), {},
                                      nullptr, source.get_token());
  Check(absl::IsCancelled(result.status()), "a stop request is heard");
}

void CheckSketches() {
  const twicetold::Sketcher sketcher(1024, 7);
  const Sketch a = SketchOf(sketcher, Words(0, 604));  // 600 shingles
  const Sketch b =
      SketchOf(sketcher, Words(200, 804));  // 400 of them, 200 more
  const double jaccard = 400. / 800.;
  // Six standard deviations.
  Check(std::abs(twicetold::EstimateJaccard(a, b) - jaccard) < .1,
        "the estimate is near the truth");
  Sketch both = a;
  twicetold::UnionSketch(both, b);
  Check(both == SketchOf(sketcher, Words(0, 804)),
        "the union of the sketches is the sketch of the union");
}

}  // namespace

int main() {
  CheckScan();
  CheckStop();
  CheckSketches();
  Check(!std::string_view(twicetold::kVersion).empty(), "there is a version");
  return all_true ? 0 : 1;
}
