// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/text.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/report/cluster_text.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/reuse_text.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {
namespace {

// Names listed for each thing that is to be said of documents.
constexpr size_t kMostNames = 10;

using Names = std::vector<std::string>;

// The matches of each cluster, in their order, and behind them those that are
// in none.
std::vector<std::vector<const Match*>> MatchesByCluster(const Result& result) {
  const size_t none = result.clusters.size();
  std::vector<size_t> cluster_of(result.documents.size(), none);
  for (size_t i = 0; i < result.clusters.size(); ++i) {
    for (uint32_t member : result.clusters[i].members) cluster_of[member] = i;
  }
  std::vector<std::vector<const Match*>> matches(none + 1);
  for (const Match& match : result.matches) {
    const size_t cluster = cluster_of[match.a];
    matches[cluster == cluster_of[match.b] ? cluster : none].push_back(&match);
  }
  return matches;
}

void PrintNames(const std::string& what, const Names& names, Emphasis emphasis,
                TextPrinter* printer) {
  printer->Put(printer->Styled(emphasis, what) + ": " +
               HumanCount(names.size()) + "\n");
  const size_t shown = std::min(names.size(), kMostNames);
  for (size_t i = 0; i < shown; ++i) printer->Put("  " + names[i] + "\n");
  if (shown < names.size()) {
    printer->Put(absl::StrFormat("  and %s more (-o jsonl has all)\n",
                                 HumanCount(names.size() - shown)));
  }
}

// Pairs that are in no cluster: a document that another contains is not its
// near-duplicate.
void PrintContained(const Result& result,
                    const std::vector<const Match*>& matches,
                    TextPrinter* printer) {
  if (matches.empty()) return;
  const auto name = [&result](uint32_t document) {
    return Harmless(result.documents[document].names.front());
  };
  Names names;
  for (const Match* match : matches) {
    const bool is_a = IsAContained(*match);
    names.push_back(name(is_a ? match->a : match->b) + " in " +
                    name(is_a ? match->b : match->a));
  }
  PrintNames("Contained in another document, 90 % at least", names,
             Emphasis::kBold, printer);
  printer->Put("\n");
}

// What was decided, or noticed, for the reader.
void PrintRemarks(const Result& result, TextPrinter* printer) {
  std::vector<bool> in_cluster(result.documents.size());
  for (const Cluster& cluster : result.clusters) {
    for (uint32_t member : cluster.members) in_cluster[member] = true;
  }
  std::map<std::string, Names> names_of;
  for (size_t i = 0; i < result.documents.size(); ++i) {
    const DocumentRecord& document = result.documents[i];
    const std::string name = Harmless(document.names.front());
    if (document.encoding != Encoding::kUtf8) {
      names_of["Read as " + std::string(EncodingName(document.encoding))]
          .push_back(name);
    }
    if (document.bad_bytes > 0) {
      names_of["With bytes that are no characters"].push_back(
          absl::StrFormat("%s (%s)", name, HumanCount(document.bad_bytes)));
    }
    if (document.words == 0) {
      names_of["Without any word, compared with nothing"].push_back(name);
    }
    for (size_t n = 1; n < document.names.size() && !in_cluster[i]; ++n) {
      names_of["The same file by another name, taken once"].push_back(
          name + " = " + Harmless(document.names[n]));
    }
  }
  for (const auto& [what, names] : names_of) {
    PrintNames(what, names, Emphasis::kBold, printer);
  }
  if (!names_of.empty()) printer->Put("\n");
}

void PrintSkipped(const Result& result, TextPrinter* printer) {
  std::map<SkipReason, Names> names_of;
  for (const SkippedInput& input : result.skipped) {
    std::string name = Harmless(input.path);
    if (!input.skip.detail.empty()) name += ": " + Harmless(input.skip.detail);
    names_of[input.skip.reason].push_back(std::move(name));
  }
  for (const auto& [reason, names] : names_of) {
    std::string what(IsError(reason) ? "Error, " : "Skipped, ");
    what += SkipReasonWords(reason);
    PrintNames(what, names, IsError(reason) ? Emphasis::kRed : Emphasis::kBold,
               printer);
  }
  if (!names_of.empty()) printer->Put("\n");
}

void PrintNotes(const Result& result, TextPrinter* printer) {
  if (result.notes.capped_documents == 0) return;
  printer->PutLine(
      "",
      HumanCount(result.notes.capped_documents, "document") +
          " stood in buckets too full to compare all with all, and may have "
          "near-duplicates that are not listed.",
      2);
  printer->Put("\n");
}

}  // namespace

std::string TotalsText(const Result& result) {
  const auto errors = static_cast<uint64_t>(std::count_if(
      result.skipped.begin(), result.skipped.end(),
      [](const SkippedInput& input) { return IsError(input.skip.reason); }));
  std::string totals =
      absl::StrFormat("%s (%s), %s in %s",
                      HumanCount(result.documents.size(), "document"),
                      HumanBytes(static_cast<double>(TotalBytes(result))),
                      HumanCount(result.matches.size(), "related pair"),
                      HumanCount(result.clusters.size(), "cluster"));
  if (result.has_passages) {
    const uint64_t ignored = CountIgnored(result);
    totals +=
        ", " + HumanCount(result.reuses.size() - ignored, "recycled passage");
    if (ignored > 0) totals += ", " + HumanCount(ignored) + " of ignored text";
  }
  totals += ", " + HumanCount(result.skipped.size() - errors) + " skipped";
  if (errors > 0) totals += ", " + HumanCount(errors, "error");
  return totals;
}

bool WriteText(const Result& result, const TextStyle& style,
               const Output& output) {
  TextPrinter printer(style, output);
  const auto matches = MatchesByCluster(result);
  for (size_t i = 0; i < result.clusters.size() && printer.open(); ++i) {
    PrintCluster(result, i, matches[i], &printer);
  }
  PrintContained(result, matches.back(), &printer);
  PrintReuses(result, &printer);
  PrintRemarks(result, &printer);
  PrintSkipped(result, &printer);
  PrintNotes(result, &printer);
  printer.PutLine("", TotalsText(result) + style.epilogue, 2);
  return printer.open();
}

}  // namespace twicetold
