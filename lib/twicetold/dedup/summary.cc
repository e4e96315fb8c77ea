// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/summary.h"

#include "twicetold/dedup/run_state.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

// Of documents and of inputs of the walk.
Json SkippedJson(const SummaryParts& parts) {
  Json named = Json::array();
  for (const SkippedInput& input : parts.run.input.skipped) {
    Json record = Json::object();
    SetPathField(input.path, &record);
    record["reason"] = SkipReasonName(input.skip.reason);
    record["error"] = IsError(input.skip.reason);
    record["detail"] = input.skip.detail;
    named.push_back(std::move(record));
  }
  for (const SkippedDocument& document : parts.sketched.first_skipped) {
    Json record = Json::object();
    SetPathField(parts.run.input.files[document.file].path, &record);
    if (document.line > 0) record["record"] = document.line;
    record["reason"] = SkipReasonName(document.skip.reason);
    record["error"] = IsError(document.skip.reason);
    record["detail"] = document.skip.detail;
    named.push_back(std::move(record));
  }
  return {{"inputs", parts.run.input.skipped.size()},
          {"documents", parts.sketched.skipped},
          {"named", std::move(named)}};
}

Json RecallJson(const SummaryParts& parts) {
  const BandPlan& plan = parts.run.plan;
  const RecallInterval& interval = parts.verified.interval;
  Json estimated = {{"pairs_found", parts.verified.matches},
                    {"recall", parts.verified.estimated_recall}};
  if (interval.pairs > 0) {
    estimated["interval"] = {{"level", .95},
                             {"low", interval.low},
                             {"high", interval.high},
                             {"pairs_in_sample", interval.pairs},
                             {"seeds", kFreshSeeds}};
  }
  return {{"expected_at_min_jaccard", plan.expected_recall},
          {"bands", plan.bands},
          {"rows", plan.rows},
          {"inner_bands", plan.inner_bands},
          {"inner_rows", plan.inner_rows},
          {"least_equal_slots", plan.least_equal_slots},
          {"estimated", std::move(estimated)}};
}

}  // namespace

Json SummaryJson(const SummaryParts& parts) {
  const auto by_relation = parts.decisions.removed_by_relation();
  uint64_t reference = 0;
  for (size_t i = 0; i < parts.run.input.files.size(); ++i) {
    if (parts.run.input.files[i].role == Role::kNew) continue;
    reference += parts.sketched.firsts[i + 1] - parts.sketched.firsts[i];
  }
  Json files = Json::array();
  for (const DedupFile& file : parts.run.input.files) {
    if (!file.records) continue;
    Json record = Json::object();
    SetPathField(file.path, &record);
    files.push_back(std::move(record));
  }
  Json summary = {
      {"format", "twicetold-dedup"},
      {"version", 1},
      {"tool_version", kVersion},
      {"settings", SettingsJson(parts.run.options)},
      {"files", parts.run.input.files.size()},
      {"documents", parts.sketched.documents},
      {"text_bytes", parts.sketched.text_bytes},
      {"kept", parts.sketched.documents - parts.decisions.removed()},
      {"removed", parts.decisions.removed()},
      {"removed_by_relation",
       {{"identical", by_relation[0]},
        {"same_text", by_relation[1]},
        {"near_duplicate", by_relation[2]}}},
      {"clusters", parts.decisions.leaders().size()},
      {"distinct_texts", parts.same.distinct},
      {"candidate_pairs", parts.candidates.pair_count},
      {"pairs_compared", parts.verified.compared},
      {"capped",
       {{"overfull_buckets", parts.candidates.overfull_buckets},
        {"buckets_by_leaders", parts.candidates.led_buckets},
        {"documents_not_compared_with_all", parts.candidates.capped}}},
      {"skipped", SkippedJson(parts)},
      {"recall", RecallJson(parts)}};
  if (parts.run.input.has_reference()) {
    summary["reference_numbers"] = reference;
  }
  return summary;
}

}  // namespace twicetold
