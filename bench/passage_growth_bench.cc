// SPDX-License-Identifier: Apache-2.0
//
// passage_growth_bench: time against the length of texts that a search for
// recycled passages could spend quadratic time on (tests/testing/
// hostile_text.h says what they are). Runs each at N, 2N and 4N, interleaved
// and repeated, through Scan and through Compare with all edits:
//   paragraph      one paragraph over and over in one document
//   two-of-one     two documents of it, the one half as long
//   sentences      two documents of the same sentences in another order
//   sections       the same with sentences so long that each is a run
//   word           one word over and over
//   table          a table of numbers
//   two-sentences  two sentences in turn
// and checks that each result holds what it must.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "tests/testing/hostile_text.h"
#include "twicetold/twicetold.h"

namespace twicetold {
namespace {

enum class Shape {
  kParagraph,
  kTwoOfOne,
  kSentences,
  kSections,
  kWord,
  kTable,
  kTwoSentences
};
constexpr std::array kShapes = {
    Shape::kParagraph, Shape::kTwoOfOne, Shape::kSentences,   Shape::kSections,
    Shape::kWord,      Shape::kTable,    Shape::kTwoSentences};
enum class Command { kScan, kDiff };

std::string_view NameOf(Shape shape) {
  switch (shape) {
    case Shape::kParagraph:
      return "paragraph";
    case Shape::kTwoOfOne:
      return "two-of-one";
    case Shape::kSentences:
      return "sentences";
    case Shape::kSections:
      return "sections";
    case Shape::kWord:
      return "word";
    case Shape::kTable:
      return "table";
    case Shape::kTwoSentences:
      return "two-sentences";
  }
  return "";
}

std::string_view NameOf(Command command) {
  return command == Command::kScan ? "scan" : "diff";
}

// Words of a sentence of `sentences`: long enough to be a passage.
constexpr size_t kSentenceWords = 30;
constexpr size_t kSectionWords = 90;

// The documents of one run, and how many pieces of text they are made of.
struct Texts {
  std::vector<std::string> texts;
  size_t pieces = 0;
  uint64_t bytes() const {
    uint64_t sum = 0;
    for (const std::string& text : texts) sum += text.size();
    return sum;
  }
};

// Texts of about `bytes` bytes each.
Texts MakeTexts(Shape shape, size_t bytes) {
  const auto fit = [bytes](std::string_view piece) {
    return std::max<size_t>(1, bytes / piece.size());
  };
  switch (shape) {
    case Shape::kParagraph: {
      const size_t n = fit(testing::ParagraphOverAndOver(1));
      return {.texts = {testing::ParagraphOverAndOver(n)}, .pieces = n};
    }
    case Shape::kTwoOfOne: {
      const size_t n = fit(testing::ParagraphOverAndOver(1));
      return {.texts = {testing::ParagraphOverAndOver(n),
                        testing::ParagraphOverAndOver(n / 2 + 1)},
              .pieces = n};
    }
    case Shape::kSentences:
    case Shape::kSections: {
      const size_t words =
          shape == Shape::kSentences ? kSentenceWords : kSectionWords;
      const size_t n = fit(testing::ShuffledSentences(100, words, 1).a) * 100;
      testing::ShuffledTexts made = testing::ShuffledSentences(n, words, 1);
      return {.texts = {std::move(made.a), std::move(made.b)}, .pieces = n};
    }
    case Shape::kWord: {
      const size_t n = fit(testing::OneWordOverAndOver(1));
      return {.texts = {testing::OneWordOverAndOver(n)}, .pieces = n};
    }
    case Shape::kTable: {
      const size_t n = fit(testing::TableOfNumbers(1000, 1)) * 1000;
      return {.texts = {testing::TableOfNumbers(n, 1)}, .pieces = n};
    }
    case Shape::kTwoSentences: {
      const size_t n = fit(testing::TwoSentencesInTurn(1));
      return {.texts = {testing::TwoSentencesInTurn(n)}, .pieces = n};
    }
  }
  return {};
}

// What a run gave, as far as it is checked.
struct Found {
  std::vector<double> similarities;  // of passages
  // Bytes of their sides in the first document and in the last.
  std::vector<ByteRange> sides_a;
  std::vector<ByteRange> sides_b;
  std::vector<const ReuseRecord*> reuses;  // of a scan
  size_t near_duplicates = 0;              // likewise
};

// How much of `bytes` bytes the ranges cover.
double Cover(std::vector<ByteRange> ranges, size_t bytes) {
  std::sort(
      ranges.begin(), ranges.end(),
      [](const ByteRange& x, const ByteRange& y) { return x.begin < y.begin; });
  uint64_t covered = 0;
  uint32_t end = 0;
  for (const ByteRange& range : ranges) {
    if (range.end <= end) continue;
    covered += range.end - std::max(end, range.begin);
    end = range.end;
  }
  return static_cast<double>(covered) / static_cast<double>(bytes);
}

// Empty, or what is wrong.
std::string Complaint(Shape shape, Command command, const Texts& texts,
                      const Found& found) {
  if (found.similarities.size() > texts.pieces) {
    return absl::StrFormat("%d passages of %d pieces",
                           found.similarities.size(), texts.pieces);
  }
  switch (shape) {
    case Shape::kTable:
      return found.similarities.empty() && found.reuses.empty()
                 ? ""
                 : "passages in a table of numbers";
    case Shape::kSentences:
    case Shape::kSections:
      if (found.near_duplicates > 0) return "";  // that says it all
      if (std::min(Cover(found.sides_a, texts.texts.front().size()),
                   Cover(found.sides_b, texts.texts.back().size())) < .97) {
        return absl::StrFormat("passages cover %.3f and %.3f of the texts",
                               Cover(found.sides_a, texts.texts[0].size()),
                               Cover(found.sides_b, texts.texts[1].size()));
      }
      // Now and then neighbours stay near each other by chance.
      return std::count_if(found.similarities.begin(), found.similarities.end(),
                           [](double x) { return x < .8; }) <=
                     static_cast<ptrdiff_t>(texts.pieces / 10)
                 ? ""
                 : "passages of different words";
    case Shape::kTwoOfOne:
      return command == Command::kScan ||
                     Cover(found.sides_b, texts.texts.back().size()) > .98
                 ? ""
                 : "the shorter text is not told in the longer";
    case Shape::kParagraph:
    case Shape::kWord:
    case Shape::kTwoSentences:
      if (command == Command::kDiff) return "";
      if (found.reuses.size() != 1) {
        return absl::StrFormat("%d entries of reuse", found.reuses.size());
      }
      if (found.reuses[0]->kind != PassageKind::kRepeated) {
        return "not told as repeated";
      }
      return shape == Shape::kParagraph &&
                     found.reuses[0]->place_count != texts.pieces
                 ? absl::StrFormat("%d places of %d",
                                   found.reuses[0]->place_count, texts.pieces)
                 : "";
  }
  return "";
}

struct Series {
  Shape shape;
  Command command;
  size_t bytes;  // of a text
  Runs runs = {};
  uint64_t total_bytes = 0;
  size_t passages = 0;
};

std::string ScanOnce(const Texts& texts, std::span<const TextView> views,
                     const ScanOptions& options, Series* series) {
  const auto result = Scan(MemoryCorpus(views), options);
  if (!result.ok()) return std::string(result.status().message());
  Found found;
  for (const PassageRecord& passage : result->passages) {
    found.similarities.push_back(passage.similarity);
    found.sides_a.push_back(passage.a.bytes);
    found.sides_b.push_back(passage.b.bytes);
  }
  for (const ReuseRecord& reuse : result->reuses) {
    found.reuses.push_back(&reuse);
  }
  found.near_duplicates = result->matches.size();
  series->passages = found.similarities.size();
  return Complaint(series->shape, series->command, texts, found);
}

std::string CompareOnce(const Texts& texts, std::span<const TextView> views,
                        const ScanOptions& options, Series* series) {
  const auto result = Compare(views, options.passage);
  if (!result.ok()) return std::string(result.status().message());
  Found found;
  for (const Passage& passage : result->passages) {
    found.similarities.push_back(passage.similarity());
    found.sides_a.push_back(result->a().words.BytesOf(passage.a));
    found.sides_b.push_back(result->b().words.BytesOf(passage.b));
  }
  series->passages = found.similarities.size();
  return Complaint(series->shape, series->command, texts, found);
}

// Runs once and notes the figures; false if the result is wrong. The result is
// checked before the watch is read, which costs next to nothing.
bool RunOnce(const ScanOptions& options, Series* series) {
  const Texts texts = MakeTexts(series->shape, series->bytes);
  std::vector<TextView> views;
  for (const std::string& text : texts.texts) {
    views.push_back({.name = views.empty() ? "a" : "b", .text = text});
  }
  series->total_bytes = texts.bytes();
  const std::string complaint = series->runs.Measure([&] {
    return series->command == Command::kScan
               ? ScanOnce(texts, views, options, series)
               : CompareOnce(texts, views, options, series);
  });
  if (complaint.empty()) return true;
  std::printf("WRONG: %s of %s, %zu bytes a text: %s\n",
              std::string(NameOf(series->command)).c_str(),
              std::string(NameOf(series->shape)).c_str(), series->bytes,
              complaint.c_str());
  return false;
}

void Print(const std::vector<Series>& all) {
  absl::PrintF("%-18s %7s %9s %s\n", "", "MB", "passages", Runs::Head());
  const Series* last = nullptr;
  for (const Series& series : all) {
    const bool same = last != nullptr && last->shape == series.shape &&
                      last->command == series.command;
    const std::string name =
        absl::StrFormat("%s %s", NameOf(series.command), NameOf(series.shape));
    absl::PrintF("%-18s %7.1f %9d %s\n", name, Megabytes(series.total_bytes),
                 series.passages,
                 series.runs.Row(same ? &last->runs : nullptr));
    last = &series;
  }
}

int Run(double megabytes, int repeat, const std::string& only,
        const std::string& command, const ScanOptions& options) {
  std::vector<Series> all;
  for (const Command c : {Command::kScan, Command::kDiff}) {
    if (!command.empty() && command != NameOf(c)) continue;
    for (const Shape shape : kShapes) {
      if (!only.empty() && only != NameOf(shape)) continue;
      for (const double times : {1, 2, 4}) {
        // Of one word there is twice as much, as it takes so little.
        const double share = shape == Shape::kWord ? .5 : .25;
        all.push_back(
            {.shape = shape,
             .command = c,
             .bytes = static_cast<size_t>(megabytes * 1e6 * share * times)});
      }
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
  CLI::App app("Time against the length of hostile texts.",
               "passage_growth_bench");
  double megabytes = 10;
  int repeat = 7;
  std::string only;
  std::string command;
  twicetold::ScanOptions options;
  options.threads = 1;
  app.add_option("--megabytes", megabytes,
                 "Of the longest texts; also half and a quarter of it [10]")
      ->check(CLI::PositiveNumber);
  app.add_option("--repeat", repeat, "Runs of each [7]")
      ->check(CLI::PositiveNumber);
  app.add_option("--only", only, "One of the kinds of text [all]")
      ->check(CLI::IsMember({"paragraph", "sentences", "sections", "word",
                             "table", "two-sentences", "two-of-one"}));
  app.add_option("--command", command, "scan or diff [both]")
      ->check(CLI::IsMember({"scan", "diff"}));
  app.add_option("--threads", options.threads,
                 "Threads of a scan; 0 is as many as the machine has [1]");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(megabytes, repeat, only, command, options);
}
