// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/write_stage.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/dedup/document_names.h"
#include "twicetold/dedup/output_file.h"
#include "twicetold/dedup/removal_lists.h"
#include "twicetold/report/json_line.h"

namespace twicetold {
namespace {

constexpr size_t kCopyBytes = size_t{1} << 18;

// From `from` to `to` as it is.
absl::Status CopyFile(const std::string& from, const std::string& to) {
  const UniqueFd source = OpenPath(from);
  if (!source.ok()) return FileError("read", from, errno);
  absl::StatusOr<OutputFile> copy = OutputFile::Create(to);
  if (!copy.ok()) return copy.status();
  std::vector<char> piece(kCopyBytes);
  for (;;) {
    const ssize_t n = read(source.get(), piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError("read", from, errno);
    if (n == 0) return absl::OkStatus();
    absl::Status status = copy->Write({piece.data(), static_cast<size_t>(n)});
    if (!status.ok()) return status;
  }
}

// What a worker makes of a batch.
struct BatchOutput {
  std::string kept;        // plain, where it is not the batch as it is
  std::string packed;      // compressed, if the file is
  std::string_view bytes;  // what to write: all of the batch or one of these
  std::string removed;     // lines of removed.jsonl
  absl::Status status;
};

class WriteWorker {
 public:
  WriteWorker(const DedupRun& run, const Decisions& decisions,
              const DocumentNames& names, const std::filesystem::path& corpus)
      : run_(run),
        decisions_(decisions),
        names_(names),
        corpus_(corpus),
        compressor_(run.options.compression_level) {}

  void Work(const InputBatch& batch) {
    output_.kept.clear();
    output_.packed.clear();
    output_.bytes = {};
    output_.removed.clear();
    output_.status = absl::OkStatus();
    if (batch.records) {
      const bool is_new = run_.input.files[batch.file].role == Role::kNew;
      if (is_new) WorkRecords(batch);
    } else {
      WorkFiles(batch);
    }
  }

  const BatchOutput& output() const { return output_; }

 private:
  void WorkRecords(const InputBatch& batch) {
    const std::string_view kept = run_.options.mode == DedupMode::kAnnotate
                                      ? Annotated(batch)
                                      : Filtered(batch);
    const Compression compression = run_.input.files[batch.file].compression;
    if (compression == Compression::kNone) {
      output_.bytes = kept;
      return;
    }
    compressor_.Append(kept, compression,
                       batch.raw.first_line == 1 && batch.raw.last,
                       &output_.packed);
    output_.bytes = output_.packed;
  }

  // The lines that are kept. Nothing is copied where all are.
  std::string_view Filtered(const InputBatch& batch) {
    uint64_t removed = 0;
    for (uint64_t i = 0; i < batch.document_count(); ++i) {
      removed += decisions_.IsRemoved(batch.first_document + i) ? 1 : 0;
    }
    if (removed == 0) return batch.raw.text;
    const std::string_view text = batch.raw.text;
    size_t begin = 0;  // of the lines that wait to be copied
    RawLine line;
    for (BatchLines lines(batch.raw); lines.Next(&line);) {
      const uint64_t document = batch.document_of(line.number);
      if (!decisions_.IsRemoved(document)) continue;
      const size_t at = static_cast<size_t>(line.with_end.data() - text.data());
      output_.kept += text.substr(begin, at - begin);
      begin = at + line.with_end.size();
      AddRemoved(document);
    }
    output_.kept += text.substr(begin);
    return output_.kept;
  }

  std::string_view Annotated(const InputBatch& batch) {
    RawLine line;
    const char* end = batch.raw.text.data();
    for (BatchLines lines(batch.raw); lines.Next(&line);) {
      // Empty lines before it.
      output_.kept.append(end, line.with_end.data());
      end = line.with_end.data() + line.with_end.size();
      Annotate(line, batch.document_of(line.number));
    }
    output_.kept.append(end, batch.raw.text.data() + batch.raw.text.size());
    return output_.kept;
  }

  // The line with its fields before the brace that ends its object.
  void Annotate(const RawLine& line, uint64_t document) {
    const size_t brace = line.bytes.find_last_not_of(" \t\r");
    const bool is_object = brace != std::string_view::npos &&
                           line.bytes[brace] == '}' &&
                           names_.IsDocument(document);
    if (!is_object) {
      output_.kept += line.with_end;
      return;
    }
    const bool removed = decisions_.IsRemoved(document);
    if (removed) AddRemoved(document);
    output_.kept += line.bytes.substr(0, brace);
    const int64_t cluster = decisions_.ClusterOf(document);
    JsonLine fields = JsonLine::After(&output_.kept);
    if (cluster < 0) {
      fields.Raw("cluster", "null");
    } else {
      fields.Count("cluster", static_cast<uint64_t>(cluster));
    }
    fields.Flag("keep", !removed);
    if (removed) {
      const Removal removal =
          decisions_.RemovalOf(static_cast<uint32_t>(document));
      const auto name = names_.ShortName(removal.kept);
      if (!name.ok()) return output_.status.Update(name.status());
      fields.Text("duplicate_of", *name).Fraction("jaccard", removal.jaccard());
    } else {
      fields.Raw("duplicate_of", "null").Raw("jaccard", "null");
    }
    output_.kept += line.with_end.substr(brace);
  }

  void WorkFiles(const InputBatch& batch) {
    for (uint32_t i = 0; i < batch.file_count && output_.status.ok(); ++i) {
      const DedupFile& file = run_.input.files[batch.file + i];
      if (file.role != Role::kNew) continue;
      const uint64_t document = batch.first_document + i;
      if (decisions_.IsRemoved(document)) {
        AddRemoved(document);
        continue;
      }
      absl::Status copied = CopyFile(file.path, corpus_ / file.output);
      // What could not be read as a document need not be there now.
      if (!copied.ok() && names_.IsDocument(document)) output_.status = copied;
    }
  }

  void AddRemoved(uint64_t document) {
    output_.status.Update(
        AddRemovedLine(decisions_, names_, document, &output_.removed));
  }

  const DedupRun& run_;
  const Decisions& decisions_;
  const DocumentNames& names_;
  const std::filesystem::path& corpus_;
  Compressor compressor_;
  BatchOutput output_;
};

// Puts the outputs of batches into their files, in order.
class Outputs {
 public:
  Outputs(const DedupRun& run, const std::filesystem::path& folder)
      : run_(run),
        folder_(folder),
        compressor_(run.options.compression_level) {}

  absl::Status Open() {
    auto removed = OutputFile::Create(folder_ / "removed.jsonl");
    if (!removed.ok()) return removed.status();
    removed_ = std::make_unique<OutputFile>(*std::move(removed));
    std::error_code error;
    std::filesystem::create_directories(folder_ / "corpus", error);
    if (error) return FileError("write", folder_ / "corpus", error.value());
    return absl::OkStatus();
  }

  absl::Status Add(const InputBatch& batch, const BatchOutput& output) {
    if (!output.status.ok()) return output.status;
    absl::Status status = removed_->Write(output.removed);
    const DedupFile& file = run_.input.files[batch.file];
    if (!status.ok() || !batch.records || file.role != Role::kNew) {
      return status;
    }
    if (batch.raw.sequence == 0) {
      auto next = OutputFile::Create(folder_ / "corpus" / file.output);
      if (!next.ok()) return next.status();
      kept_ = std::make_unique<OutputFile>(*std::move(next));
      empty_ = true;
    }
    empty_ = empty_ && output.bytes.empty();
    status = kept_->Write(output.bytes);
    if (!status.ok() || !batch.raw.last || !empty_) return status;
    std::string nothing;
    compressor_.Append("", file.compression, true, &nothing);
    return kept_->Write(nothing);
  }

 private:
  const DedupRun& run_;
  const std::filesystem::path& folder_;
  std::unique_ptr<OutputFile> removed_;
  std::unique_ptr<OutputFile> kept_;  // the file of records at hand
  bool empty_ = true;                 // nothing was written to it yet
  Compressor compressor_;
};

// What is kept, or all records, and removed.jsonl.
absl::Status WriteCorpus(const DedupRun& run, const SketchedInput& sketched,
                         const Decisions& decisions, const DocumentNames& names,
                         const std::filesystem::path& folder) {
  const std::filesystem::path corpus = folder / "corpus";
  Outputs outputs(run, folder);
  absl::Status status = outputs.Open();
  if (!status.ok()) return status;
  std::vector<WriteWorker> workers;
  workers.reserve(static_cast<size_t>(run.pool->size()));
  for (int i = 0; i < run.pool->size(); ++i) {
    workers.emplace_back(run, decisions, names, corpus);
  }
  FirstDocuments firsts;
  status = ForEachBatch(
      run.input,
      {.work =
           [&](const InputBatch& batch, int worker) {
             workers[static_cast<size_t>(worker)].Work(batch);
           },
       .commit =
           [&](const InputBatch& batch, int worker) {
             return outputs.Add(batch,
                                workers[static_cast<size_t>(worker)].output());
           }},
      run.pool, run.stop, run.cache, &firsts);
  if (!status.ok()) return status;
  if (firsts != sketched.firsts) {
    return absl::AbortedError("the input was changed during the run");
  }
  return absl::OkStatus();
}

absl::Status BringToDisk(const std::filesystem::path& path) {
  const UniqueFd folder = OpenPath(path, O_DIRECTORY);
  if (!folder.ok() || syncfs(folder.get()) != 0) {
    return FileError("write", path, errno);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> RunWriteStage(
    const DedupRun& run, const SketchedInput& sketched,
    const Decisions& decisions, const std::filesystem::path& folder) {
  const DocumentNames names(run, sketched);
  std::vector<std::string> written = {"removed.jsonl", "clusters.jsonl"};
  absl::Status status;
  if (run.options.mode == DedupMode::kList) {
    status = WriteRemoved(decisions, sketched.numbers, names, folder, run.stop);
  } else {
    status = WriteCorpus(run, sketched, decisions, names, folder);
    written.emplace_back("corpus");
  }
  if (!status.ok()) return status;
  status = WriteClusters(decisions, sketched.numbers, names, folder, run.stop);
  if (status.ok()) status = BringToDisk(folder);
  if (!status.ok()) return status;
  return written;
}

}  // namespace twicetold
