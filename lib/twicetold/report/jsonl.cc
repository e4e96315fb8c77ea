// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/jsonl.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/report/json_line.h"
#include "twicetold/report/path_field.h"
#include "twicetold/version.h"

namespace twicetold {
namespace {

// Keeps the order in which fields are set.
using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

// Records written to the output as one piece.
constexpr size_t kPieceBytes = size_t{1} << 16;

// Records that a worker writes into a piece of its own, and the pieces that are
// made before they go to the output, a worker.
constexpr size_t kPieceRecords = 512;
constexpr size_t kPiecesAWorker = 4;

// Which record of its file something is, if it is not the whole file.
void SetRecord(const RecordName& record, JsonLine* line) {
  if (record.line == 0) return;
  line->Count("record", record.line);
  if (record.key) line->Text("key", *record.key);
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

void AddDocument(const DocumentRecord& document, size_t id,
                 std::string* buffer) {
  JsonLine line(buffer);
  line.Text("type", "document").Count("id", id);
  SetPathField(document.names.front(), &line);
  if (document.names.size() > 1) {
    Json others = Json::array();
    for (size_t i = 1; i < document.names.size(); ++i) {
      Json name = Json::object();
      SetPathField(document.names[i], &name);
      others.push_back(std::move(name));
    }
    line.Raw("other_paths", others.dump());
  }
  SetRecord(document.record, &line);
  line.Count("bytes", document.bytes)
      .Count("words", document.words)
      .Text("encoding", EncodingName(document.encoding))
      .Count("bad_bytes", document.bad_bytes)
      .Text("digest", ToHex(document.digest));
  if (IsReference(document.role)) line.Flag("reference", true);
  if (document.role == Role::kBoth) line.Flag("new", true);
  if (document.stood_for_by) line.Count("stood_for_by", *document.stood_for_by);
  line.End();
}

void AddMatch(const Match& match, std::string* buffer) {
  JsonLine line(buffer);
  line.Text("type", "match")
      .Count("a", match.a)
      .Count("b", match.b)
      .Text("relation", RelationName(match.relation))
      .Fraction("jaccard", match.jaccard())
      .Fraction("containment_of_a_in_b", match.containment_of_a_in_b())
      .Fraction("containment_of_b_in_a", match.containment_of_b_in_a());
  if (match.overlap.shingles_a > 0) {
    line.Count("shared", match.overlap.shared)
        .Count("shingles_a", match.overlap.shingles_a)
        .Count("shingles_b", match.overlap.shingles_b);
  }
  if (match.relation == Relation::kContained) {
    line.Fraction("covered_of_a", match.covered_a)
        .Fraction("covered_of_b", match.covered_b);
  }
  line.End();
}

void AddCluster(const Cluster& cluster, size_t id, std::string* buffer) {
  JsonLine(buffer)
      .Text("type", "cluster")
      .Count("id", id)
      .Counts("members", cluster.members)
      .Count("representative", cluster.representative)
      .Fraction("min_jaccard", cluster.min_jaccard)
      .Text("pairs", cluster.all_pairs ? "all" : "representative")
      .End();
}

template <typename Range>
void SetRange(std::string_view name, const Range& range, JsonLine* line) {
  line->Pair(name, range.begin, range.end);
}

void SetLines(const LineRange& lines, JsonLine* line) {
  line->Pair("lines", lines.first, lines.last);
}

void SetSide(std::string_view name, const LocatedSide& side, JsonLine* line) {
  line->Object(name, [&side](JsonLine* object) {
    object->Count("document", side.document);
    SetRange("bytes", side.bytes, object);
    SetRange("chars", side.chars, object);
    SetLines(side.lines, object);
    object->Count("words", side.words);
  });
}

void SetEdit(const Edit& edit, JsonLine* line) {
  line->Text("op", EditOpName(edit.op));
  SetRange("a", edit.a, line);
  SetRange("b", edit.b, line);
  if (edit.folded) line->Flag("folded", true);
}

void AddPassage(const PassageRecord& passage, size_t id, bool has_edits,
                std::string* buffer) {
  JsonLine line(buffer);
  line.Text("type", "passage").Count("id", id);
  SetSide("a", passage.a, &line);
  SetSide("b", passage.b, &line);
  line.Fraction("score", passage.score)
      .Fraction("similarity", passage.similarity)
      .Count("common_words", passage.common_words)
      .Text("kind", PassageKindName(passage.kind));
  if (has_edits) line.Objects("edits", passage.edits, SetEdit);
  line.End();
}

void AddReuse(const ReuseRecord& reuse, size_t id, std::string* buffer) {
  JsonLine line(buffer);
  line.Text("type", "reuse")
      .Count("id", id)
      .Text("kind", PassageKindName(reuse.kind))
      .Fraction("score", reuse.score)
      .Count("place_count", reuse.place_count)
      .Objects("places", reuse.places,
               [](const ReuseRecord::Place& place, JsonLine* object) {
                 object->Count("document", place.document);
                 SetRange("bytes", place.bytes, object);
                 SetLines(place.lines, object);
               })
      .Counts("passages", reuse.passages);
  if (reuse.ignored) line.Flag("ignored", true);
  line.End();
}

void AddSkipped(const SkippedInput& input, std::string* buffer) {
  JsonLine line(buffer);
  line.Text("type", "skipped");
  SetPathField(input.path, &line);
  SetRecord(input.record, &line);
  line.Text("reason", SkipReasonName(input.skip.reason))
      .Flag("error", IsError(input.skip.reason))
      .Text("detail", input.skip.detail)
      .End();
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
  JsonlWriter(int threads, const Output& output)
      : output_(output), pool_(threads) {}

  // `write` appends one record to the buffer it is given.
  template <typename Write>
  void Add(const Write& write) {
    if (!open_) return;
    write(&buffer_);
    if (buffer_.size() >= kPieceBytes) Flush();
  }

  // `write` appends record i of `count`; called from many threads.
  template <typename Write>
  void AddAll(size_t count, const Write& write) {
    if (count <= kPieceRecords) {
      for (size_t i = 0; i < count; ++i) {
        Add([&](std::string* buffer) { write(i, buffer); });
      }
      return;
    }
    const size_t pieces = (count + kPieceRecords - 1) / kPieceRecords;
    const size_t most = kPiecesAWorker * static_cast<size_t>(pool_.size());
    std::vector<std::string> made(std::min(pieces, most));
    for (size_t first = 0; first < pieces; first += made.size()) {
      const size_t ready = std::min(made.size(), pieces - first);
      pool_.For(ready, 1,
                [&](size_t begin, size_t end, int /*worker*/) {
                  for (size_t p = begin; p < end; ++p) {
                    made[p].clear();
                    const size_t from = (first + p) * kPieceRecords;
                    const size_t to = std::min(from + kPieceRecords, count);
                    for (size_t i = from; i < to; ++i) write(i, &made[p]);
                  }
                },
                {});
      if (!Flush()) return;
      for (size_t p = 0; p < ready; ++p) open_ = open_ && output_(made[p]);
    }
  }

  void AddJson(const Json& record) {
    Add([&](std::string* buffer) {
      // Every string is valid UTF-8 but for the details of errors.
      *buffer += record.dump(-1, ' ', false, Json::error_handler_t::replace);
      *buffer += '\n';
    });
  }

  bool Flush() {
    if (!buffer_.empty()) open_ = open_ && output_(buffer_);
    buffer_.clear();
    return open_;
  }

 private:
  const Output& output_;
  ThreadPool pool_;
  std::string buffer_;
  bool open_ = true;
};

}  // namespace

bool WriteJsonl(const Result& result, std::string_view command,
                const Output& output, int threads) {
  const bool is_small = result.documents.size() <= kPieceRecords;
  JsonlWriter writer(is_small ? 1 : threads, output);
  writer.AddJson(HeaderRecord(result, command));
  writer.AddAll(result.documents.size(), [&](size_t i, std::string* buffer) {
    AddDocument(result.documents[i], i, buffer);
  });
  writer.AddAll(result.matches.size(), [&](size_t i, std::string* buffer) {
    AddMatch(result.matches[i], buffer);
  });
  writer.AddAll(result.clusters.size(), [&](size_t i, std::string* buffer) {
    AddCluster(result.clusters[i], i, buffer);
  });
  writer.AddAll(result.passages.size(), [&](size_t i, std::string* buffer) {
    AddPassage(result.passages[i], i, result.has_edits, buffer);
  });
  writer.AddAll(result.reuses.size(), [&](size_t i, std::string* buffer) {
    AddReuse(result.reuses[i], i, buffer);
  });
  for (const SkippedInput& input : result.skipped) {
    writer.Add([&](std::string* buffer) { AddSkipped(input, buffer); });
  }
  writer.AddJson(FooterRecord(result));
  return writer.Flush();
}

}  // namespace twicetold
