// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_index.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

// What one batch gave.
struct BatchIndex {
  uint32_t file = 0;
  uint64_t sequence = 0;
  uint64_t skipped_lines = 0;
  std::vector<IndexedRecord> records;
  std::string keys;
  std::vector<RecordProblem> problems;  // the first of the lines
  std::optional<RecordProblem> end;     // of the file, too early
};

// One worker's part.
class BatchIndexer {
 public:
  BatchIndexer(const RecordIndex& index, std::span<const IndexedFile> files)
      : parser_(index.fields), spool_(index.spool.get()), files_(files) {}

  absl::Status Add(const RawBatch& batch);
  std::vector<BatchIndex>& batches() { return batches_; }

 private:
  void AddProblem(RecordProblem problem, BatchIndex* found) {
    if (++found->skipped_lines > kMostSkippedLines) return;
    found->problems.push_back(std::move(problem));
  }

  RecordParser parser_;
  TextSpool* const spool_;
  const std::span<const IndexedFile> files_;
  std::string texts_;  // of a batch, to be put down at once
  std::vector<BatchIndex> batches_;
};

absl::Status BatchIndexer::Add(const RawBatch& batch) {
  BatchIndex found;
  found.file = batch.file;
  found.sequence = batch.sequence;
  const bool spooled = IsSpooled(files_[batch.file].input);
  texts_.clear();
  RawLine line;
  Record record;
  for (BatchLines lines(batch); lines.Next(&line);) {
    if (std::optional<Skip> skip = parser_.Parse(line.bytes, &record)) {
      AddProblem({line.number, *std::move(skip)}, &found);
      continue;
    }
    IndexedRecord& indexed = found.records.emplace_back();
    indexed.offset = spooled ? texts_.size() : line.offset;
    indexed.line = line.number;
    indexed.key_begin = found.keys.size();
    if (record.key) {
      indexed.key_size = static_cast<uint32_t>(record.key->size());
      found.keys += *record.key;
    }
    indexed.line_bytes = static_cast<uint32_t>(line.bytes.size());
    indexed.text_bytes = static_cast<uint32_t>(record.text.size());
    indexed.file = batch.file;
    if (spooled) texts_ += record.text;
  }
  if (spooled && !texts_.empty()) {
    const absl::StatusOr<uint64_t> offset = spool_->Append(texts_);
    if (!offset.ok()) return offset.status();
    for (IndexedRecord& indexed : found.records) indexed.offset += *offset;
  }
  if (batch.problem && batch.problem->skip.reason == SkipReason::kTooLarge) {
    AddProblem(*batch.problem, &found);
  } else {
    found.end = batch.problem;
  }
  batches_.push_back(std::move(found));
  return absl::OkStatus();
}

// Reads all batches. The first error ends it.
absl::Status ReadBatches(BatchReader* reader, ThreadPool* pool,
                         std::vector<BatchIndexer>* indexers) {
  std::mutex mutex;
  absl::Status status;
  const auto fail = [&](const absl::Status& error) {
    const std::lock_guard lock(mutex);
    status.Update(error);
  };
  const auto failed = [&] {
    const std::lock_guard lock(mutex);
    return !status.ok();
  };
  pool->For(indexers->size(), 1,
            [&](size_t begin, size_t end, int /*worker*/) {
              for (size_t i = begin; i < end; ++i) {
                RawBatch batch;
                while (!failed() && reader->Next(&batch)) {
                  absl::Status added = (*indexers)[i].Add(batch);
                  if (!added.ok()) fail(added);
                }
              }
            },
            {});
  return status;
}

// What was skipped in one file: `lines`, of which `problems` are the first,
// and the reason for which the file ended too early, if it did.
std::vector<SkippedInput> SkippedOf(const IndexedFile& file, uint64_t lines,
                                    const std::vector<RecordProblem>& problems,
                                    const std::optional<RecordProblem>& end) {
  std::vector<SkippedInput> skipped;
  for (const std::string& name : file.input.file.names) {
    const auto add = [&](SkipReason reason, std::string detail) {
      SkippedInput& input = skipped.emplace_back();
      input.path = name;
      input.skip.reason = reason;
      input.skip.detail = std::move(detail);
    };
    if (file.records == 0 && lines > 1) {
      const RecordProblem& first = problems.front();
      add(first.skip.reason,
          absl::StrFormat("none of its %d lines is a record; line %d: %s",
                          lines, first.line, first.skip.detail));
    } else {
      for (const RecordProblem& problem : problems) {
        add(problem.skip.reason, problem.skip.detail);
        skipped.back().record.line = problem.line;
      }
    }
    if (file.records > 0 && lines > problems.size()) {
      add(SkipReason::kBadJson,
          absl::StrFormat("%d more lines without a record",
                          lines - problems.size()));
    }
    if (end && file.records > 0) {
      add(end->skip.reason, absl::StrFormat("%s; read up to line %d",
                                            end->skip.detail, end->line - 1));
    } else if (end) {
      add(end->skip.reason, end->skip.detail);
    } else if (file.records == 0 && lines == 0) {
      add(SkipReason::kEmpty, "");
    }
  }
  return skipped;
}

// Puts together what the batches gave, in the order of files and lines.
void Join(std::vector<BatchIndexer> indexers, RecordIndex* index) {
  std::vector<BatchIndex*> batches;
  for (BatchIndexer& indexer : indexers) {
    for (BatchIndex& batch : indexer.batches()) batches.push_back(&batch);
  }
  std::sort(batches.begin(), batches.end(),
            [](const BatchIndex* x, const BatchIndex* y) {
              return std::tie(x->file, x->sequence) <
                     std::tie(y->file, y->sequence);
            });
  auto batch = batches.begin();
  for (uint32_t file = 0; file < index->files.size(); ++file) {
    uint64_t lines = 0;
    std::vector<RecordProblem> problems;
    std::optional<RecordProblem> end;
    for (; batch != batches.end() && (*batch)->file == file; ++batch) {
      BatchIndex& found = **batch;
      for (IndexedRecord& record : found.records) {
        record.key_begin += index->keys.size();
        index->records.push_back(record);
      }
      index->keys += found.keys;
      index->files[file].records += found.records.size();
      lines += found.skipped_lines;
      const size_t room = kMostSkippedLines - problems.size();
      const size_t taken = std::min(room, found.problems.size());
      problems.insert(problems.end(), found.problems.begin(),
                      found.problems.begin() + static_cast<ptrdiff_t>(taken));
      if (found.end) end = found.end;
      found = {};
    }
    IndexedFile& indexed = index->files[file];
    indexed.skipped = SkippedOf(indexed, lines, problems, end);
  }
}

}  // namespace

bool IsSpooled(const RecordFile& file) {
  return file.once || file.source.compression != Compression::kNone;
}

absl::StatusOr<RecordIndex> IndexRecords(std::vector<RecordFile> files,
                                         const RecordIndexOptions& options) {
  RecordIndex index;
  index.fields = options.fields;
  std::stable_sort(files.begin(), files.end(),
                   [](const RecordFile& x, const RecordFile& y) {
                     return x.file.names.front() < y.file.names.front();
                   });
  if (files.empty()) return index;
  std::vector<RecordSource> sources;
  for (RecordFile& file : files) {
    sources.push_back(file.source);
    index.files.push_back({.input = std::move(file)});
  }
  if (std::any_of(
          index.files.begin(), index.files.end(),
          [](const IndexedFile& file) { return IsSpooled(file.input); })) {
    auto spool = TextSpool::Create(options.temp_folder);
    if (!spool.ok()) return spool.status();
    index.spool = *std::move(spool);
  }
  ThreadPool pool(options.threads);
  BatchReader reader(sources,
                     {.files_at_once = pool.size(), .stop = options.stop});
  std::vector<BatchIndexer> indexers;
  indexers.reserve(static_cast<size_t>(pool.size()));
  for (int i = 0; i < pool.size(); ++i) {
    indexers.emplace_back(index, index.files);
  }
  absl::Status read = ReadBatches(&reader, &pool, &indexers);
  if (!read.ok()) return read;
  if (options.stop.stop_requested()) {
    return absl::CancelledError("interrupted");
  }
  Join(std::move(indexers), &index);
  return index;
}

}  // namespace twicetold
