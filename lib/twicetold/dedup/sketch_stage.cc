// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/sketch_stage.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/dedup/input_texts.h"
#include "twicetold/report/display.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

// The names of the stage's files. That of the totals comes last: the stage is
// complete once it is there.
constexpr char kRows[] = "documents.rows";
constexpr char kKeys[] = "documents.keys";
constexpr char kSketches[] = "documents.sketches";
constexpr char kTotals[] = "documents.json";

// What a worker makes of a batch.
struct BatchSketches {
  std::vector<DocumentRow> rows;  // key_end within `keys`
  std::string keys;
  std::vector<uint32_t> slots;
  std::vector<SkippedDocument> skipped;
  uint64_t documents = 0;
  uint64_t text_bytes = 0;
  uint64_t reference_documents = 0;
};

class SketchWorker {
 public:
  SketchWorker(const DedupRun& run, const Sketcher& sketcher)
      : run_(run), sketcher_(sketcher), texts_(run) {}

  void Work(const InputBatch& batch) {
    made_.rows.assign(batch.document_count(), {});
    made_.keys.clear();
    made_.slots.assign(made_.rows.size() * sketcher_.size(), kEmptySlot);
    made_.skipped.clear();
    made_.documents = 0;
    made_.text_bytes = 0;
    made_.reference_documents = 0;
    size_t next_key = 0;
    // Numbers that are passed over have no key.
    const auto end_keys = [&](size_t end) {
      for (; next_key < end; ++next_key) {
        made_.rows[next_key].key_end = made_.keys.size();
      }
    };
    texts_.ForEach(
        batch, [](uint64_t) { return true; },
        [&](InputText text) {
          const size_t at =
              static_cast<size_t>(text.document - batch.first_document);
          end_keys(at);
          if (text.skip) {
            made_.skipped.push_back(
                {text.file, text.line, *std::move(text.skip)});
            return true;
          }
          if (text.key) made_.keys += *text.key;
          Fill(text, at);
          return true;
        });
    end_keys(made_.rows.size());
    if (batch.records && batch.raw.problem) {
      made_.skipped.push_back(
          {batch.file, batch.raw.problem->line, batch.raw.problem->skip});
    }
  }

  const BatchSketches& made() const { return made_; }

 private:
  void Fill(const InputText& text, size_t at) {
    DocumentRow& row = made_.rows[at];
    row.bytes = DigestBytes(text.bytes);
    row.text = DigestWords(text.tokens);
    row.offset = text.offset;
    row.raw_bytes = text.raw_bytes;
    row.words = static_cast<uint32_t>(text.tokens.size());
    row.has_document = 1;
    ++made_.documents;
    if (run_.input.files[text.file].role != Role::kNew)
      ++made_.reference_documents;
    made_.text_bytes += text.bytes.size();
    sketcher_.SketchTokens(
        text.tokens, run_.options.shingle_size,
        std::span(made_.slots)
            .subspan(at * sketcher_.size(), sketcher_.size()));
  }

  const DedupRun& run_;
  const Sketcher& sketcher_;
  InputTexts texts_;
  BatchSketches made_;
};

// Appends what the workers make to the stage files, in order.
class SketchFiles {
 public:
  SketchFiles(const DedupRun& run, StageWriter rows, StageWriter keys,
              StageWriter sketches, size_t sketch_size)
      : run_(run),
        rows_(std::move(rows)),
        keys_(std::move(keys)),
        sketches_(std::move(sketches)),
        sketch_size_(sketch_size) {}

  absl::Status Add(const InputBatch& batch, const BatchSketches& made) {
    if (run_.options.strict) {
      absl::Status status = FirstError(run_.input, made.skipped);
      if (!status.ok()) return status;
    }
    FillGap(batch.first_document);
    const uint64_t before = keys_.size();
    for (DocumentRow row : made.rows) {
      row.key_end += before;
      rows_.WriteItem(row);
    }
    keys_.Write(made.keys);
    sketches_.WriteItems(std::span<const uint32_t>(made.slots));
    numbers_ += made.rows.size();
    documents_ += made.documents;
    text_bytes_ += made.text_bytes;
    reference_documents_ += made.reference_documents;
    for (const SkippedDocument& skipped : made.skipped) AddSkipped(skipped);
    if (numbers_ >= std::numeric_limits<uint32_t>::max()) {
      return absl::OutOfRangeError("more than 4,294,967,294 documents");
    }
    for (const StageWriter* writer : {&rows_, &keys_, &sketches_}) {
      if (!writer->status().ok()) return writer->status();
    }
    return absl::OkStatus();
  }

  absl::Status Commit(const FirstDocuments& firsts) {
    FillGap(firsts.back());
    for (StageWriter* writer : {&rows_, &keys_, &sketches_}) {
      if (absl::Status status = writer->Commit(); !status.ok()) return status;
    }
    nlohmann::ordered_json totals;
    totals["firsts"] = firsts;
    totals["numbers"] = numbers_;
    totals["documents"] = documents_;
    totals["text_bytes"] = text_bytes_;
    totals["reference_documents"] = reference_documents_;
    totals["skipped"] = skipped_;
    totals["has_errors"] = has_errors_;
    totals["first_skipped"] = std::move(first_skipped_);
    auto writer =
        StageWriter::Create(run_.StagePath(kTotals), run_.fingerprint);
    if (!writer.ok()) return writer.status();
    writer->Write(
        totals.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return writer->Commit();
  }

 private:
  // Numbers that are in no batch, since a line was too long.
  void FillGap(uint64_t first) {
    const std::vector<uint32_t> empty(sketch_size_, kEmptySlot);
    for (; numbers_ < first; ++numbers_) {
      DocumentRow row;
      row.key_end = keys_.size();
      rows_.WriteItem(row);
      sketches_.WriteItems(std::span<const uint32_t>(empty));
    }
  }

  void AddSkipped(const SkippedDocument& skipped) {
    ++skipped_;
    const bool is_first_error = !has_errors_ && IsError(skipped.skip.reason);
    has_errors_ = has_errors_ || is_first_error;
    if (first_skipped_.size() >= kMostSkippedNamed && !is_first_error) return;
    first_skipped_.push_back({skipped.file, skipped.line,
                              static_cast<int>(skipped.skip.reason),
                              skipped.skip.detail});
  }

  const DedupRun& run_;
  StageWriter rows_;
  StageWriter keys_;
  StageWriter sketches_;
  const size_t sketch_size_;
  uint64_t numbers_ = 0;
  uint64_t documents_ = 0;
  uint64_t text_bytes_ = 0;
  uint64_t reference_documents_ = 0;
  uint64_t skipped_ = 0;
  bool has_errors_ = false;
  nlohmann::ordered_json first_skipped_ = nlohmann::ordered_json::array();
};

// The totals of a stage file of that name.
absl::StatusOr<SketchedInput> ReadTotals(const StageReader& reader) {
  const auto bytes = reader.ReadItems<char>();
  if (!bytes.ok()) return bytes.status();
  const auto totals =
      nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, false);
  if (!totals.is_object()) return absl::DataLossError("no totals");
  SketchedInput sketched;
  sketched.firsts = totals["firsts"].get<FirstDocuments>();
  sketched.numbers = totals["numbers"];
  sketched.documents = totals["documents"];
  sketched.text_bytes = totals["text_bytes"];
  sketched.reference_documents = totals["reference_documents"];
  sketched.skipped = totals["skipped"];
  sketched.has_errors = totals["has_errors"];
  for (const auto& skipped : totals["first_skipped"]) {
    sketched.first_skipped.push_back(
        {skipped[0].get<uint32_t>(),
         skipped[1].get<uint64_t>(),
         {static_cast<SkipReason>(skipped[2].get<int>()),
          skipped[3].get<std::string>()}});
  }
  return sketched;
}

}  // namespace

absl::Status FirstError(const DedupInput& input,
                        std::span<const SkippedDocument> skipped) {
  for (const SkippedDocument& document : skipped) {
    if (!IsError(document.skip.reason)) continue;
    std::string place = Harmless(input.files[document.file].path);
    if (document.line > 0) place += absl::StrFormat(":%d", document.line);
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: %s", place, Harmless(SkipWords(document.skip))));
  }
  return absl::OkStatus();
}

absl::Status RunSketchStage(const DedupRun& run) {
  const Sketcher sketcher(run.options.sketch_size, run.options.seed);
  std::vector<StageWriter> writers;
  for (const char* name : {kRows, kKeys, kSketches}) {
    auto writer = StageWriter::Create(run.StagePath(name), run.fingerprint);
    if (!writer.ok()) return writer.status();
    writers.push_back(*std::move(writer));
  }
  SketchFiles files(run, std::move(writers[0]), std::move(writers[1]),
                    std::move(writers[2]), sketcher.size());
  std::vector<SketchWorker> workers;
  workers.reserve(static_cast<size_t>(run.pool->size()));
  for (int i = 0; i < run.pool->size(); ++i) {
    workers.emplace_back(run, sketcher);
  }
  const BatchVisitor visitor = {
      .work =
          [&](const InputBatch& batch, int worker) {
            workers[static_cast<size_t>(worker)].Work(batch);
          },
      .commit =
          [&](const InputBatch& batch, int worker) {
            const BatchSketches& made =
                workers[static_cast<size_t>(worker)].made();
            if (run.progress) run.progress(made.documents, made.text_bytes);
            return files.Add(batch, made);
          }};
  FirstDocuments firsts;
  absl::Status status =
      ForEachBatch(run.input, visitor, run.pool, run.stop, run.cache, &firsts);
  if (!status.ok()) return status;
  return files.Commit(firsts);
}

absl::StatusOr<SketchedInput> OpenSketchStage(const DedupRun& run,
                                              bool verify) {
  std::vector<StageReader> readers;
  for (const char* name : {kTotals, kRows, kKeys, kSketches}) {
    auto reader =
        StageReader::Open(run.StagePath(name), run.fingerprint, verify);
    if (!reader.ok()) return reader.status();
    readers.push_back(*std::move(reader));
  }
  absl::StatusOr<SketchedInput> sketched = ReadTotals(readers[0]);
  if (!sketched.ok()) return sketched;
  sketched->rows = std::move(readers[1]);
  sketched->keys = std::move(readers[2]);
  sketched->sketches = std::move(readers[3]);
  sketched->words.reserve(sketched->numbers);
  StageItems<DocumentRow> rows(sketched->rows);
  for (DocumentRow row; rows.Next(&row);) sketched->words.push_back(row.words);
  if (!rows.status().ok()) return rows.status();
  return sketched;
}

}  // namespace twicetold
