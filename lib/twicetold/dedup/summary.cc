// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/summary.h"

#include "twicetold/report/path_field.h"
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

Json AuditJson(const AuditCounts& audit) {
  const ShareInterval interval =
      ClopperPearson(audit.with_none_left, audit.with_near_duplicates);
  return {{"documents", audit.documents},
          {"with_near_duplicates", audit.with_near_duplicates},
          {"with_none_left", audit.with_none_left},
          {"pairs", audit.pairs},
          {"pairs_with_one_removed", audit.pairs_with_one_removed},
          {"interval",
           {{"level", .95}, {"low", interval.low}, {"high", interval.high}}}};
}

Json RecallJson(const SummaryParts& parts) {
  const BandPlan& plan = parts.run.plan;
  if (parts.run.options.exact) {
    Json exact = {{"expected_at_min_jaccard", 1.}, {"exact", true}};
    if (parts.run.options.audit > 0) exact["audit"] = AuditJson(parts.audit);
    return exact;
  }
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
  Json recall = {{"expected_at_min_jaccard", plan.expected_recall},
                 {"bands", plan.bands},
                 {"rows", plan.rows},
                 {"inner_bands", plan.inner_bands},
                 {"inner_rows", plan.inner_rows},
                 {"least_equal_slots", plan.least_equal_slots},
                 {"estimated", std::move(estimated)}};
  if (parts.run.options.audit > 0) recall["audit"] = AuditJson(parts.audit);
  return recall;
}

}  // namespace

Json SummaryJson(const SummaryParts& parts) {
  const auto by_relation = parts.decisions.removed_by_relation();
  return {
      {"format", "twicetold-dedup"},
      {"version", 1},
      {"tool_version", kVersion},
      {"settings", SettingsJson(parts.run.options)},
      {"files", parts.run.input.files.size()},
      {"documents", parts.sketched.documents},
      {"text_bytes", parts.sketched.text_bytes},
      {"reference_documents", parts.sketched.reference_documents},
      {"kept", parts.sketched.documents - parts.sketched.reference_documents -
                   parts.decisions.removed()},
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
}

}  // namespace twicetold
