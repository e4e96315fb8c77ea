// SPDX-License-Identifier: Apache-2.0
//
// growth_bench: time against the number of documents where all of them are
// alike, which is what makes searches for near-duplicates quadratic. Runs
// N, 2N and 4N documents, interleaved and repeated:
//   near-copies   one number in the middle of the text differs; any two have
//                 the same Jaccard similarity of .959
//   identical     the same bytes
//   unrelated     no two share more than chance has it
// and checks that each result holds what it must. The texts are made on the
// fly, so that what is measured is the search, not the disk.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "bench/synthetic_text.h"
#include "twicetold/twicetold.h"

namespace twicetold {
namespace {

// With 240 words and one more that differs, 5 shingles of 237 do: of any two
// near-copies the Jaccard similarity is 232 / 242.
constexpr size_t kWords = 240;
constexpr Overlap kNearOverlap = {
    .shared = 232, .shingles_a = 237, .shingles_b = 237};
constexpr Overlap kSameOverlap = {
    .shared = 237, .shingles_a = 237, .shingles_b = 237};

enum class Kind { kNearCopies, kIdentical, kUnrelated };
constexpr std::array kKinds = {Kind::kNearCopies, Kind::kIdentical,
                               Kind::kUnrelated};

std::string_view NameOf(Kind kind) {
  switch (kind) {
    case Kind::kNearCopies:
      return "near-copies";
    case Kind::kIdentical:
      return "identical";
    case Kind::kUnrelated:
      return "unrelated";
  }
  return "";
}

class GrowingCorpus final : public Corpus {
 public:
  GrowingCorpus(Kind kind, size_t size)
      : kind_(kind), text_(WordsOfText(kWords, /*seed=*/1)) {
    middle_ = text_.find(' ', text_.size() / 2);
    for (size_t i = 0; i < size; ++i) {
      names_.push_back(absl::StrFormat("%07d", i));
    }
  }

  size_t size() const override { return names_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return {&names_[i], 1};
  }
  uint64_t expected_bytes(size_t) const override { return text_.size(); }

  ReadResult Read(size_t i, std::string* buffer) const override {
    if (kind_ == Kind::kUnrelated) {
      *buffer = WordsOfText(kWords, /*seed=*/i + 1);
    } else {
      buffer->assign(text_, 0, middle_ + 1);
      buffer->append(kind_ == Kind::kNearCopies ? names_[i] : names_[0]);
      buffer->append(text_, middle_);
    }
    return {.text = *buffer, .skip = std::nullopt};
  }

 private:
  Kind kind_;
  std::string text_;
  size_t middle_ = 0;
  std::vector<std::string> names_;
};

// Empty, or what is wrong with `result`.
std::string Complaint(Kind kind, size_t size, const Result& result) {
  if (kind == Kind::kUnrelated) {
    return result.matches.empty() ? "" : "unrelated documents are matched";
  }
  if (result.clusters.size() != 1 ||
      result.clusters[0].members.size() != size) {
    return "no single cluster of all documents";
  }
  if (result.matches.size() < size - 1) return "a match is missing";
  const Relation wanted = kind == Kind::kIdentical ? Relation::kIdentical
                                                   : Relation::kNearDuplicate;
  for (const Match& match : result.matches) {
    if (match.relation != wanted) return "a match has the wrong relation";
    if (match.overlap !=
        (kind == Kind::kIdentical ? kSameOverlap : kNearOverlap)) {
      return "a match has a wrong similarity";
    }
  }
  if (kind == Kind::kNearCopies) return "";
  // n copies are n-1 relations to the first.
  for (size_t i = 0; i < result.matches.size(); ++i) {
    if (result.matches[i].a != 0 || result.matches[i].b != i + 1) {
      return "a copy is not related to the first";
    }
  }
  return result.matches.size() == size - 1 ? "" : "too many relations";
}

struct Series {
  Kind kind;
  size_t documents;
  Runs runs = {};
};

// Runs once and notes the figures; false if the result is wrong.
bool RunOnce(const ScanOptions& options, Series* series) {
  const GrowingCorpus corpus(series->kind, series->documents);
  const absl::StatusOr<Result> result =
      series->runs.Measure([&] { return Scan(corpus, options); });
  const std::string complaint =
      result.ok() ? Complaint(series->kind, series->documents, *result)
                  : std::string(result.status().message());
  if (complaint.empty()) return true;
  std::printf("WRONG: %s, %zu documents: %s\n",
              std::string(NameOf(series->kind)).c_str(), series->documents,
              complaint.c_str());
  return false;
}

void Print(const std::vector<Series>& all) {
  absl::PrintF("%-11s %9s %s\n", "", "documents", Runs::Head());
  const Series* last = nullptr;
  for (const Series& series : all) {
    const bool same = last != nullptr && last->kind == series.kind;
    absl::PrintF("%-11s %9d %s\n", NameOf(series.kind), series.documents,
                 series.runs.Row(same ? &last->runs : nullptr));
    last = &series;
  }
}

int Run(size_t documents, int repeat, const std::string& only,
        const ScanOptions& options) {
  std::vector<Series> all;
  for (Kind kind : kKinds) {
    if (!only.empty() && only != NameOf(kind)) continue;
    for (size_t times : {1, 2, 4}) {
      all.push_back({.kind = kind, .documents = documents * times});
    }
  }
  bool right = true;
  for (int i = 0; i < repeat; ++i) {
    for (Series& series : all) right = RunOnce(options, &series) && right;
  }
  Print(all);
  if (right) std::printf("Every result holds all that it must.\n");
  return right ? 0 : 1;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Time against the number of documents.", "growth_bench");
  size_t documents = 75'000;
  int repeat = 7;
  std::string only;
  twicetold::ScanOptions options;
  options.passages = false;  // passage_growth_bench has those
  app.add_option("--documents", documents,
                 "Documents to begin with; also twice and four times [75000]")
      ->check(CLI::PositiveNumber);
  app.add_option("--repeat", repeat, "Runs of each [7]")
      ->check(CLI::PositiveNumber);
  app.add_option("--only", only, "near-copies, identical or unrelated [all]")
      ->check(CLI::IsMember({"near-copies", "identical", "unrelated"}));
  app.add_option("--threads", options.threads,
                 "Threads; 0 is as many as the machine has [0]");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(documents, repeat, only, options);
}
