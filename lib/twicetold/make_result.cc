// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_result.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "twicetold/make_passages.h"

namespace twicetold {
namespace {

std::string_view ScopeName(PassageScope scope) {
  switch (scope) {
    case PassageScope::kAll:
      return "all";
    case PassageScope::kWithin:
      return "within";
    case PassageScope::kAcross:
      return "across";
  }
  return "all";
}

std::vector<Setting> SettingsOf(const ScanOptions& options) {
  std::vector<Setting> settings = {
      {"shingle", int64_t{options.shingle_size}},
      {"sketch_size", int64_t{options.sketch_size}},
      {"min_jaccard", options.min_jaccard},
      {"recall", options.recall},
      // As text: JSON numbers lose precision above 2^53.
      {"seed", std::to_string(options.seed)},
      {"passages", options.passages}};
  if (options.against) settings.push_back({"against", true});
  if (!options.passages) return settings;
  settings.push_back({"scope", std::string(ScopeName(options.scope))});
  settings.push_back(
      {"min_words", int64_t{options.passage.evidence.min_words}});
  settings.push_back({"min_score", options.min_score});
  settings.push_back({"edits", options.edits});
  return settings;
}

SearchNotes NotesOf(const Findings& findings) {
  return {.rows = findings.plan.rows,
          .bands = findings.plan.bands,
          .expected_recall = findings.plan.expected_recall,
          .candidate_pairs = findings.candidate_pairs,
          .verified_pairs = findings.found.verified,
          .overfull_buckets = findings.candidates.overfull_buckets,
          .led_buckets = findings.candidates.led_buckets,
          .capped_documents = findings.candidates.capped.size(),
          .windows_left_out = findings.passages.windows_left_out,
          .windows_unreadable = findings.passages.unreadable,
          .anchors_passed_over = findings.passages.passed_over};
}

// Fills documents and skipped; gives the id of each document of the corpus.
std::vector<uint32_t> AddDocuments(const Findings& findings, Result* result) {
  const size_t count = findings.corpus.size();
  std::vector<uint32_t> ids(count);
  result->documents.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const SketchedDocument& document = findings.sketched.documents[i];
    const DocumentDigests& digests = findings.sketched.digests[i];
    const std::span<const std::string> names = findings.corpus.names(i);
    if (document.skip) {
      for (const std::string& name : names) {
        result->skipped.push_back(
            {name, *document.skip, findings.corpus.record(i)});
      }
      continue;
    }
    ids[i] = static_cast<uint32_t>(result->documents.size());
    result->documents.push_back({.names = {names.begin(), names.end()},
                                 .record = findings.corpus.record(i),
                                 .bytes = document.bytes,
                                 .words = digests.words,
                                 .encoding = document.encoding,
                                 .bad_bytes = document.bad_bytes,
                                 .digest = digests.bytes,
                                 .role = findings.options.against
                                             ? findings.corpus.role(i)
                                             : Role::kNew,
                                 .in_corpus = static_cast<uint32_t>(i)});
  }
  for (const StandIn& stand_in : findings.stand_ins) {
    result->documents[ids[stand_in.document]].stood_for_by =
        ids[stand_in.stands_in];
  }
  return ids;
}

void AddSkipped(const Findings& findings, Result* result) {
  const std::span<const SkippedInput> before = findings.corpus.skipped();
  result->skipped.insert(result->skipped.end(), before.begin(), before.end());
  const Skip changed = {
      SkipReason::kChanged,
      "changed after it was read; its near-duplicates are not known"};
  for (uint32_t i : findings.changed) {
    for (const std::string& name : findings.corpus.names(i)) {
      result->skipped.push_back({name, changed, findings.corpus.record(i)});
    }
  }
  const auto place = [](const SkippedInput& input) {
    return std::tuple(std::string_view(input.path), input.record.line,
                      input.skip.reason);
  };
  std::stable_sort(result->skipped.begin(), result->skipped.end(),
                   [&place](const SkippedInput& x, const SkippedInput& y) {
                     return place(x) < place(y);
                   });
}

}  // namespace

Result MakeResult(Findings findings) {
  Result result;
  result.settings = SettingsOf(findings.options);
  result.notes = NotesOf(findings);
  const std::vector<uint32_t> ids = AddDocuments(findings, &result);
  AddSkipped(findings, &result);
  result.matches = std::move(findings.found.matches);
  for (Match& match : result.matches) {
    match.a = ids[match.a];
    match.b = ids[match.b];
  }
  result.has_passages = findings.options.passages;
  result.against = findings.options.against;
  result.has_edits = findings.options.passages && findings.options.edits;
  AddPassages(findings.passages, std::move(findings.located), ids, &result);
  result.clusters = std::move(findings.found.clusters);
  for (Cluster& cluster : result.clusters) {
    cluster.representative = ids[cluster.representative];
    for (uint32_t& member : cluster.members) member = ids[member];
  }
  return result;
}

}  // namespace twicetold
