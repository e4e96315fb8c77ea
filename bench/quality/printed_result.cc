// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/printed_result.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace twicetold {
namespace {

using Json = nlohmann::json;

PrintedMatch ParseMatch(const Json& record) {
  PrintedMatch match;
  match.a = record.at("a");
  match.b = record.at("b");
  match.relation = record.at("relation");
  match.jaccard = record.at("jaccard");
  match.containment_of_a_in_b = record.at("containment_of_a_in_b");
  match.containment_of_b_in_a = record.at("containment_of_b_in_a");
  if (record.contains("shared")) {
    match.shared = record.at("shared").get<uint64_t>();
    match.shingles_a = record.at("shingles_a");
    match.shingles_b = record.at("shingles_b");
  }
  return match;
}

void AddRecord(const Json& record, PrintedResult* result, bool* complete) {
  const std::string type = record.at("type");
  if (type == "document") {
    result->paths.push_back(record.at("path"));
  } else if (type == "match") {
    result->matches.push_back(ParseMatch(record));
  } else if (type == "cluster") {
    result->clusters.push_back({.members = record.at("members"),
                                .representative = record.at("representative"),
                                .min_jaccard = record.at("min_jaccard"),
                                .all_pairs = record.at("pairs") == "all"});
  } else if (type == "skipped") {
    ++result->skipped;
  } else if (type == "footer") {
    result->capped_documents = record.at("capped_documents");
    *complete = record.at("documents") == result->paths.size() &&
                record.at("matches") == result->matches.size() &&
                record.at("clusters") == result->clusters.size();
  }
}

}  // namespace

absl::StatusOr<PrintedResult> ParseResult(std::string_view jsonl) {
  PrintedResult result;
  bool complete = false;
  try {
    while (!jsonl.empty()) {
      const size_t end = jsonl.find('\n');
      if (end == std::string_view::npos) break;
      AddRecord(Json::parse(jsonl.substr(0, end)), &result, &complete);
      jsonl.remove_prefix(end + 1);
    }
  } catch (const Json::exception& error) {
    return absl::DataLossError(error.what());
  }
  if (complete && jsonl.empty()) return result;
  return absl::DataLossError("the result is not complete");
}

}  // namespace twicetold
