// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/jsonl.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "twicetold/base/utf8.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

// Keeps the order in which fields are set.
using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

// Records written to the output as one piece.
constexpr size_t kPieceBytes = size_t{1} << 16;

// A path is text if it is UTF-8, else its bytes in base64.
void SetPath(const std::string& path, Json* record) {
  if (CountUtf8(path).bad_bytes == 0) {
    (*record)["path"] = path;
  } else {
    (*record)["path_bytes"] = std::string(absl::Base64Escape(path));
  }
}

// Which record of its file something is, if it is not the whole file.
void SetRecord(const RecordName& record, Json* json) {
  if (record.line == 0) return;
  (*json)["record"] = record.line;
  if (record.key) (*json)["key"] = *record.key;
}

Json HeaderRecord(const Result& result, std::string_view command) {
  Json options = Json::object();
  for (const auto& [name, value] : result.settings) {
    std::visit([&, &key = name](const auto& v) { options[key] = v; }, value);
  }
  return {{"type", "header"},          {"format", "twicetold-result"},
          {"version", kFormatVersion}, {"tool_version", kVersion},
          {"command", command},        {"options", options}};
}

Json DocumentJson(const DocumentRecord& document, size_t id) {
  Json record = {{"type", "document"}, {"id", id}};
  SetPath(document.names.front(), &record);
  if (document.names.size() > 1) {
    Json& others = record["other_paths"] = Json::array();
    for (size_t i = 1; i < document.names.size(); ++i) {
      Json name = Json::object();
      SetPath(document.names[i], &name);
      others.push_back(std::move(name));
    }
  }
  SetRecord(document.record, &record);
  record["bytes"] = document.bytes;
  record["words"] = document.words;
  record["encoding"] = EncodingName(document.encoding);
  record["bad_bytes"] = document.bad_bytes;
  record["digest"] = ToHex(document.digest);
  if (IsReference(document.role)) record["reference"] = true;
  if (document.role == Role::kBoth) record["new"] = true;
  if (document.stood_for_by) record["stood_for_by"] = *document.stood_for_by;
  return record;
}

Json MatchJson(const Match& match) {
  Json record = {{"type", "match"},
                 {"a", match.a},
                 {"b", match.b},
                 {"relation", RelationName(match.relation)},
                 {"jaccard", match.jaccard()},
                 {"containment_of_a_in_b", match.containment_of_a_in_b()},
                 {"containment_of_b_in_a", match.containment_of_b_in_a()}};
  if (match.overlap.shingles_a > 0) {
    record["shared"] = match.overlap.shared;
    record["shingles_a"] = match.overlap.shingles_a;
    record["shingles_b"] = match.overlap.shingles_b;
  }
  if (match.relation == Relation::kContained) {
    record["covered_of_a"] = match.covered_a;
    record["covered_of_b"] = match.covered_b;
  }
  return record;
}

Json ClusterJson(const Cluster& cluster, size_t id) {
  return {{"type", "cluster"},
          {"id", id},
          {"members", cluster.members},
          {"representative", cluster.representative},
          {"min_jaccard", cluster.min_jaccard},
          {"pairs", cluster.all_pairs ? "all" : "representative"}};
}

template <typename Range>
Json HalfOpen(const Range& range) {
  return {range.begin, range.end};
}

Json SideJson(const LocatedSide& side) {
  return {{"document", side.document},
          {"bytes", HalfOpen(side.bytes)},
          {"chars", HalfOpen(side.chars)},
          {"lines", {side.lines.first, side.lines.last}},
          {"words", side.words}};
}

Json EditJson(const Edit& edit) {
  Json json = {{"op", EditOpName(edit.op)},
               {"a", HalfOpen(edit.a)},
               {"b", HalfOpen(edit.b)}};
  if (edit.folded) json["folded"] = true;
  return json;
}

Json PassageJson(const PassageRecord& passage, size_t id, bool has_edits) {
  Json record = {{"type", "passage"},
                 {"id", id},
                 {"a", SideJson(passage.a)},
                 {"b", SideJson(passage.b)},
                 {"score", passage.score},
                 {"similarity", passage.similarity},
                 {"common_words", passage.common_words},
                 {"kind", PassageKindName(passage.kind)}};
  if (has_edits) {
    Json& edits = record["edits"] = Json::array();
    for (const Edit& edit : passage.edits) edits.push_back(EditJson(edit));
  }
  return record;
}

Json ReuseJson(const ReuseRecord& reuse, size_t id) {
  Json places = Json::array();
  for (const ReuseRecord::Place& place : reuse.places) {
    places.push_back({{"document", place.document},
                      {"bytes", HalfOpen(place.bytes)},
                      {"lines", {place.lines.first, place.lines.last}}});
  }
  Json record = {{"type", "reuse"},
                 {"id", id},
                 {"kind", PassageKindName(reuse.kind)},
                 {"score", reuse.score},
                 {"place_count", reuse.place_count},
                 {"places", std::move(places)},
                 {"passages", reuse.passages}};
  if (reuse.ignored) record["ignored"] = true;
  return record;
}

Json SkippedJson(const SkippedInput& input) {
  Json record = {{"type", "skipped"}};
  SetPath(input.path, &record);
  SetRecord(input.record, &record);
  record["reason"] = SkipReasonName(input.skip.reason);
  record["error"] = IsError(input.skip.reason);
  record["detail"] = input.skip.detail;
  return record;
}

Json FooterRecord(const Result& result) {
  Json record = {{"type", "footer"}, {"documents", result.documents.size()}};
  if (result.against) {
    record["references"] = TotalsOf(result, IsReference).documents;
  }
  record.update({{"bytes", TotalBytes(result)},
                 {"matches", result.matches.size()},
                 {"clusters", result.clusters.size()},
                 {"passages", result.passages.size()},
                 {"reuses", result.reuses.size()},
                 {"skipped", result.skipped.size()},
                 {"candidate_pairs", result.notes.candidate_pairs},
                 {"verified_pairs", result.notes.verified_pairs},
                 {"expected_recall", result.notes.expected_recall},
                 {"overfull_buckets", result.notes.overfull_buckets},
                 {"led_buckets", result.notes.led_buckets},
                 {"capped_documents", result.notes.capped_documents},
                 {"windows_left_out", result.notes.windows_left_out},
                 {"windows_unreadable", result.notes.windows_unreadable},
                 {"anchors_passed_over", result.notes.anchors_passed_over},
                 {"complete", !HasErrors(result)}});
  return record;
}

// Collects records into pieces.
class JsonlWriter {
 public:
  explicit JsonlWriter(const Output& output) : output_(output) {}

  void Add(const Json& record) {
    if (!open_) return;
    // Every string is valid UTF-8 but for the details of errors.
    buffer_ += record.dump(-1, ' ', false, Json::error_handler_t::replace);
    buffer_ += '\n';
    if (buffer_.size() >= kPieceBytes) Flush();
  }

  bool Flush() {
    open_ = open_ && output_(buffer_);
    buffer_.clear();
    return open_;
  }

 private:
  const Output& output_;
  std::string buffer_;
  bool open_ = true;
};

}  // namespace

bool WriteJsonl(const Result& result, std::string_view command,
                const Output& output) {
  JsonlWriter writer(output);
  writer.Add(HeaderRecord(result, command));
  for (size_t i = 0; i < result.documents.size(); ++i) {
    writer.Add(DocumentJson(result.documents[i], i));
  }
  for (const Match& match : result.matches) writer.Add(MatchJson(match));
  for (size_t i = 0; i < result.clusters.size(); ++i) {
    writer.Add(ClusterJson(result.clusters[i], i));
  }
  for (size_t i = 0; i < result.passages.size(); ++i) {
    writer.Add(PassageJson(result.passages[i], i, result.has_edits));
  }
  for (size_t i = 0; i < result.reuses.size(); ++i) {
    writer.Add(ReuseJson(result.reuses[i], i));
  }
  for (const SkippedInput& input : result.skipped) {
    writer.Add(SkippedJson(input));
  }
  writer.Add(FooterRecord(result));
  return writer.Flush();
}

}  // namespace twicetold
