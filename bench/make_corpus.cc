// SPDX-License-Identifier: Apache-2.0
//
// make_corpus: a collection of any size as JSON Lines on stdout, with near-
// duplicates of known similarity, and the truth about them in a file.
//
//   web          documents as a crawl has them: some are edits of an earlier
//                one, some copies, some have a paragraph that many have. How
//                often an earlier one is edited falls with a power of its
//                number, so that there are many small clusters and few large.
//   bombs        all share one paragraph, and no more
//   near-copies  one word of the text differs
//   chain        each is alike to the next by .85, and less to others
//
// An edit exchanges single words, at least five apart, for words that are
// nowhere else: each takes five shingles of five words away and brings five.
// So the Jaccard similarity to the original is known, but for words that
// repeat.
//
// The truth has a line for each document that was made from another: its id,
// that of the other, "identical", "same_text" or "near_duplicate", and the
// similarity.
//
// The same arguments give the same bytes on every machine.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/synthetic_text.h"
#include "bench/web_text.h"
#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

constexpr size_t kShingle = 5;

struct CorpusOptions {
  std::string kind = "web";
  uint64_t documents = 10'000;
  uint64_t seed = 0;
  double median_words = 400;
  double near = .2;         // share of edits
  double copies = .05;      // share of copies
  double boilerplate = .1;  // share of documents with a common paragraph
  double skew = 3;          // power; 1: all are edited as often
  std::vector<double> similarities = {.7, .8, .85, .9, .95};
  std::string truth;
};

enum class Origin { kOwn, kEdit, kCopy };

// What became of a number.
struct Made {
  std::string text;
  uint64_t of = 0;  // unless it is its own
  std::string relation;
  double jaccard = 0;
};

class CorpusMaker {
 public:
  explicit CorpusMaker(const CorpusOptions& options)
      : options_(options), source_(options.median_words) {
    SmallRandom random(Mix(options.seed ^ 0x5eed));
    for (int i = 0; i < 20; ++i) {
      paragraphs_.push_back(WebText::TextOf(source_.Words(60, &random)));
    }
    common_ = source_.Words(240, &random);
  }

  Made Make(uint64_t i) const {
    if (options_.kind == "bombs") return Bomb(i);
    if (options_.kind == "near-copies") return NearCopy(i);
    if (options_.kind == "chain") return Link(i);
    switch (OriginOf(i)) {
      case Origin::kEdit:
        return Edit(i);
      case Origin::kCopy:
        return Copy(i);
      case Origin::kOwn:
        break;
    }
    return {.text = OwnText(i), .of = i, .relation = "", .jaccard = 0};
  }

 private:
  SmallRandom RandomOf(uint64_t i, uint64_t use) const {
    return SmallRandom(Mix(Mix(options_.seed + (use << 56)) + i));
  }

  Origin OriginOf(uint64_t i) const {
    if (i == 0) return Origin::kOwn;
    const double unit = RandomOf(i, 1).Unit();
    if (unit < options_.near) return Origin::kEdit;
    return unit < options_.near + options_.copies ? Origin::kCopy
                                                  : Origin::kOwn;
  }

  // An earlier document that is its own.
  uint64_t BaseOf(uint64_t i) const {
    SmallRandom random = RandomOf(i, 2);
    uint64_t base = static_cast<uint64_t>(
        static_cast<double>(i) * std::pow(random.Unit(), options_.skew));
    while (OriginOf(base) != Origin::kOwn) --base;
    return base;
  }

  WordRanks OwnWords(uint64_t i) const {
    return source_.Document(RandomOf(i, 3).Next());
  }

  // Paragraphs are part of what is edited or copied.
  std::string Whole(const WordRanks& words, uint64_t i) const {
    SmallRandom random = RandomOf(i, 4);
    std::string text = WebText::TextOf(words);
    if (random.Unit() >= options_.boilerplate) return text;
    return text + "\n" + paragraphs_[random.Below(paragraphs_.size())];
  }

  std::string OwnText(uint64_t i) const { return Whole(OwnWords(i), i); }

  Made Edit(uint64_t i) const {
    const uint64_t base = BaseOf(i);
    SmallRandom random = RandomOf(i, 5);
    WordRanks words = OwnWords(base);
    const double wanted =
        options_.similarities[random.Below(options_.similarities.size())];
    const size_t shingles = WordCount(Whole(words, base)) - (kShingle - 1);
    // (n - 5 m) / (n + 5 m) is the similarity after m exchanges.
    const double most =
        static_cast<double>(shingles) * (1 - wanted) / (1 + wanted) / kShingle;
    const size_t places = words.size() / (2 * kShingle);
    const size_t exchanges =
        std::min(std::max<size_t>(static_cast<size_t>(most), 1), places);
    if (exchanges == 0) return Copy(i);
    // Inside the text, so that each word is in five shingles.
    for (size_t e = 0; e < exchanges; ++e) {
      const size_t begin = e * places / exchanges * 2 * kShingle;
      words[begin + kShingle - 1] = WebText::OwnWord(&random);
    }
    const double changed = static_cast<double>(kShingle * exchanges);
    const double n = static_cast<double>(shingles);
    return {.text = Whole(words, base),
            .of = base,
            .relation = "near_duplicate",
            .jaccard = (n - changed) / (n + changed)};
  }

  Made Copy(uint64_t i) const {
    const uint64_t base = BaseOf(i);
    const bool identical = RandomOf(i, 6).Unit() < .5;
    return {.text = OwnText(base) + (identical ? "" : "\n\n"),
            .of = base,
            .relation = identical ? "identical" : "same_text",
            .jaccard = 1};
  }

  static size_t WordCount(const std::string& text) {
    bool inside = false;
    size_t count = 0;
    for (const char c : text) {
      const bool letter = c != ' ' && c != '\n';
      count += letter && !inside ? 1 : 0;
      inside = letter;
    }
    return std::max(count, kShingle);
  }

  Made Bomb(uint64_t i) const {
    SmallRandom random = RandomOf(i, 7);
    return {
        .text = paragraphs_[0] + WebText::TextOf(source_.Words(60, &random)),
        .of = i,
        .relation = "",
        .jaccard = 0};
  }

  Made NearCopy(uint64_t i) const {
    SmallRandom random = RandomOf(i, 8);
    WordRanks words = common_;
    words[words.size() / 2] = WebText::OwnWord(&random);
    const double n = static_cast<double>(words.size() - (kShingle - 1));
    return {.text = WebText::TextOf(words),
            .of = 0,
            .relation = "near_duplicate",
            .jaccard = (n - kShingle) / (n + kShingle)};
  }

  // A window of an endless text of words that do not repeat.
  Made Link(uint64_t i) const {
    constexpr uint64_t kWords = 204;
    constexpr uint64_t kStep = 16;
    WordRanks words;
    for (uint64_t w = i * kStep; w < i * kStep + kWords; ++w) {
      SmallRandom random = RandomOf(w, 9);
      words.push_back(WebText::OwnWord(&random));
    }
    const double n = kWords - (kShingle - 1);
    return {.text = WebText::TextOf(words),
            .of = i == 0 ? 0 : i - 1,
            .relation = "near_duplicate",
            .jaccard = (n - kStep) / (n + kStep)};
  }

  const CorpusOptions& options_;
  WebText source_;
  std::vector<std::string> paragraphs_;
  WordRanks common_;
};

// Texts have no character that needs an escape but line ends.
void AppendEscaped(const std::string& text, std::string* line) {
  for (const char c : text) {
    if (c == '\n') {
      *line += "\\n";
    } else {
      *line += c;
    }
  }
}

int Run(const CorpusOptions& options) {
  std::FILE* truth = nullptr;
  if (!options.truth.empty()) {
    truth = std::fopen(options.truth.c_str(), "wb");
    if (truth == nullptr) {
      std::perror(options.truth.c_str());
      return 2;
    }
    std::fputs("id\tof\trelation\tjaccard\n", truth);
  }
  const CorpusMaker maker(options);
  std::string line;
  bool written = true;
  for (uint64_t i = 0; i < options.documents && written; ++i) {
    const Made made = maker.Make(i);
    line = absl::StrFormat("{\"id\":\"%d\",\"text\":\"", i);
    AppendEscaped(made.text, &line);
    line += "\"}\n";
    written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
    if (truth == nullptr || made.of == i) continue;
    std::fprintf(truth, "%" PRIu64 "\t%" PRIu64 "\t%s\t%.6f\n", i, made.of,
                 made.relation.c_str(), made.jaccard);
  }
  if (truth != nullptr && std::fclose(truth) != 0) written = false;
  if (std::fflush(stdout) != 0 || !written) {
    std::perror("make_corpus");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Makes a collection as JSON Lines.", "make_corpus");
  twicetold::CorpusOptions options;
  app.add_option("--kind", options.kind, "web, bombs, near-copies, chain [web]")
      ->check(CLI::IsMember({"web", "bombs", "near-copies", "chain"}));
  app.add_option("--documents", options.documents, "Documents [10000]");
  app.add_option("--seed", options.seed, "Seed [0]");
  app.add_option("--median-words", options.median_words,
                 "Median of the lengths [400]");
  app.add_option("--near", options.near, "Share of edited documents [.2]");
  app.add_option("--copies", options.copies, "Share of copies [.05]");
  app.add_option("--boilerplate", options.boilerplate,
                 "Share of documents with a common paragraph [.1]");
  app.add_option("--skew", options.skew,
                 "How unequal clusters are; 1 is not at all [3]");
  app.add_option("--similarities", options.similarities,
                 "Jaccard similarities of edits [.7 .8 .85 .9 .95]");
  app.add_option("--truth", options.truth, "File for the truth");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return twicetold::Run(options);
}
