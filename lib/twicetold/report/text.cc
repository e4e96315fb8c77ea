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
#include "twicetold/corpus/record_files.h"
#include "twicetold/report/cluster_text.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/reuse_text.h"
#include "twicetold/report/shown_name.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {
namespace {

// Names listed for each thing that is to be said of documents, but for --all.
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

// How many of `count` are listed.
size_t ListedOf(size_t count, const TextPrinter& printer) {
  return printer.all() ? count : std::min(count, kMostNames);
}

// A heading, and below it what `print` prints for each that is listed of
// `count`; `rest` says something of the others.
template <typename Print>
void PrintFirst(const std::string& what, size_t count, Emphasis emphasis,
                TextPrinter* printer, const Print& print,
                const std::string& rest = "") {
  printer->Put(printer->Styled(emphasis, what) + ": " + HumanCount(count) +
               "\n");
  const size_t shown = ListedOf(count, *printer);
  for (size_t i = 0; i < shown && printer->open(); ++i) print(i);
  if (shown < count) {
    printer->PutLine("  ",
                     "and " + HumanCount(count - shown) + " more" + rest +
                         " (--all shows them)",
                     6);
  }
}

void PrintNames(const std::string& what, const Names& names, Emphasis emphasis,
                TextPrinter* printer) {
  PrintFirst(what, names.size(), emphasis, printer,
             [&](size_t i) { printer->Put("  " + names[i] + "\n"); });
}

// The share of the contained document that the other has word for word: its
// shingles.
double WordForWord(const Match& match) {
  return IsAContained(match) ? match.containment_of_a_in_b()
                             : match.containment_of_b_in_a();
}

// "a.txt in b.txt: 97.3 %, 95.0 % word for word".
std::string ContainedText(const Result& result, const Match& match) {
  std::string first = ShownName(result.documents[match.a]);
  std::string second = ShownName(result.documents[match.b]);
  std::string share = HumanPercent(match.covered_a);
  const bool both =
      std::min(match.covered_a, match.covered_b) >= kContainedShare;
  if (both) {
    share += " and " + HumanPercent(match.covered_b);
  } else if (!IsAContained(match)) {
    std::swap(first, second);
    share = HumanPercent(match.covered_b);
  }
  const std::string names = both ? first + " and " + second + " in each other"
                                 : first + " in " + second;
  return absl::StrFormat("%s: %s, %s word for word", names, share,
                         HumanPercent(WordForWord(match)));
}

// Pairs that are in no cluster: a document that another contains is not its
// near-duplicate.
void PrintContained(const Result& result,
                    const std::vector<const Match*>& matches,
                    TextPrinter* printer) {
  if (matches.empty()) return;
  // What has the most in the same words first.
  std::vector<const Match*> sorted = matches;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Match* x, const Match* y) {
                     return WordForWord(*x) > WordForWord(*y);
                   });
  const size_t shown = ListedOf(sorted.size(), *printer);
  PrintFirst(
      "Contained in another document, 90 % at least, reworded or not",
      sorted.size(), Emphasis::kBold, printer,
      [&](size_t i) {
        printer->PutLine("  ", ContainedText(result, *sorted[i]), 6);
      },
      shown == sorted.size()
          ? ""
          : ", " + HumanPercent(WordForWord(*sorted[shown])) +
                " word for word at most");
  printer->Put("\n");
}

// Whether the name of the document is that of a file of records, and no line
// of it was one.
bool HasNoRecords(const Result& result, const DocumentRecord& document) {
  const bool was_asked_for = std::any_of(
      result.settings.begin(), result.settings.end(),
      [](const Setting& setting) { return setting.first == "format"; });
  return !was_asked_for && document.record.line == 0 &&
         std::any_of(document.names.begin(), document.names.end(),
                     IsRecordFile);
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
    const std::string name = ShownName(document);
    if (document.encoding != Encoding::kUtf8) {
      names_of["Read as " + std::string(EncodingName(document.encoding))]
          .push_back(name);
    }
    if (HasNoRecords(result, document)) {
      names_of["JSON Lines without the text field, taken for one text"]
          .push_back(name);
    }
    if (document.bad_bytes > 0) {
      names_of["With bytes that are no characters"].push_back(
          absl::StrFormat("%s (%s)", name, HumanCount(document.bad_bytes)));
    }
    if (document.stood_for_by) {
      names_of["The same text as another on its side, compared through that"]
          .push_back(name + " = " +
                     ShownName(result.documents[*document.stood_for_by]));
    }
    if (document.role == Role::kBoth) {
      names_of["Both new and in the reference, compared as either"].push_back(
          ShownName(document.names.front(), document.record));
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
    std::string name = ShownName(input.path, input.record);
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

// What was capped, each if there was any.
void PrintNotes(const Result& result, TextPrinter* printer) {
  const SearchNotes& notes = result.notes;
  bool any = false;
  const auto print = [&](uint64_t count, std::string_view noun,
                         std::string_view what) {
    if (count == 0) return;
    any = true;
    printer->PutLine("", HumanCount(count, noun).append(what), 2);
  };
  print(notes.capped_documents, "document",
        " stood in buckets too full to compare all with all, and may have "
        "near-duplicates that are not listed.");
  print(notes.windows_left_out, "pair",
        " of places left out: a part of a document had more than 4 of them, "
        "and the best were kept.");
  print(notes.windows_unreadable, "pair",
        " of places left out: a document could not be read again.");
  if (any) printer->Put("\n");
}

// "87 documents (216 kB)", "3 new documents (6 kB) against 87 of the reference
// (216 kB)".
std::string DocumentsText(const Result& result) {
  const auto size_text = [](uint64_t bytes) {
    return HumanBytes(static_cast<double>(bytes));
  };
  if (!result.against) {
    return absl::StrFormat("%s (%s)",
                           HumanCount(result.documents.size(), "document"),
                           size_text(TotalBytes(result)));
  }
  const RoleTotals fresh = TotalsOf(result, IsNew);
  const RoleTotals reference = TotalsOf(result, IsReference);
  return absl::StrFormat(
      "%s (%s) against %s of the reference (%s)",
      HumanCount(fresh.documents, "new document"), size_text(fresh.bytes),
      HumanCount(reference.documents), size_text(reference.bytes));
}

}  // namespace

std::string TotalsText(const Result& result) {
  const auto errors = static_cast<uint64_t>(std::count_if(
      result.skipped.begin(), result.skipped.end(),
      [](const SkippedInput& input) { return IsError(input.skip.reason); }));
  // In no cluster are contained documents only.
  const uint64_t contained = MatchesByCluster(result).back().size();
  std::string totals = absl::StrFormat(
      "%s, %s in %s", DocumentsText(result),
      HumanCount(result.matches.size() - contained, "related pair"),
      HumanCount(result.clusters.size(), "cluster"));
  if (contained > 0) totals += ", " + HumanCount(contained) + " contained";
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
               const Output& output, const PassageDiffs& diffs) {
  TextPrinter printer(style, output);
  const auto matches = MatchesByCluster(result);
  for (size_t i = 0; i < result.clusters.size() && printer.open(); ++i) {
    PrintCluster(result, i, matches[i], &printer);
  }
  PrintContained(result, matches.back(), &printer);
  PrintReuses(result, diffs, &printer);
  PrintRemarks(result, &printer);
  PrintSkipped(result, &printer);
  PrintNotes(result, &printer);
  printer.PutLine("", TotalsText(result) + style.epilogue, 2);
  return printer.open();
}

}  // namespace twicetold
