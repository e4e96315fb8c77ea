// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/input_stream.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace twicetold {
namespace {

// Files that are documents are taken together until they are that many, or
// have that many bytes.
constexpr uint32_t kMostFiles = 64;
constexpr uint64_t kMostFileBytes = uint64_t{1} << 20;

}  // namespace

DocumentPlace PlaceOf(const DedupInput& input, const FirstDocuments& firsts,
                      uint64_t document) {
  // The last file that begins at or before it: those without a line come
  // before that.
  const auto after = std::upper_bound(firsts.begin(), firsts.end(), document);
  const uint32_t file = static_cast<uint32_t>(after - firsts.begin()) - 1;
  if (!input.files[file].records) return {.file = file, .line = 0};
  return {.file = file, .line = document - firsts[file] + 1};
}

InputStream::InputStream(const DedupInput& input, const InputCache* cache)
    : input_(input), cache_(cache) {
  for (const DedupFile& file : input.files) {
    if (!file.records) break;
    sources_.push_back({.path = file.path,
                        .compression = file.compression,
                        .bytes = file.bytes});
  }
  firsts_.push_back(0);
}

void InputStream::NextRecords(InputBatch* batch) {
  const std::span<const RawBatch> cached = cache_ == nullptr
                                               ? std::span<const RawBatch>()
                                               : cache_->BatchesOf(file_);
  if (!cached.empty()) {
    batch->raw = cached[next_cached_++].View();
  } else {
    if (!reader_) {
      reader_ =
          std::make_unique<BatchReader>(std::span(sources_).subspan(file_, 1));
    }
    // There is one until the last.
    reader_->Next(&batch->raw);
  }
  const RawBatch& raw = batch->raw;
  batch->order = order_++;
  batch->records = true;
  batch->file = file_;
  batch->first_document = firsts_.back() + (raw.first_line - 1);
  file_lines_ = raw.first_line - 1 + raw.line_count;
  // A line that is too long is in no batch, but has a number.
  if (raw.problem && raw.problem->skip.reason == SkipReason::kTooLarge) {
    file_lines_ = std::max(file_lines_, raw.problem->line);
  }
  if (!raw.last) return;
  firsts_.push_back(firsts_.back() + file_lines_);
  file_lines_ = 0;
  next_cached_ = 0;
  reader_.reset();
  ++file_;
}

bool InputStream::Next(InputBatch* batch) {
  std::lock_guard lock(mutex_);
  if (file_ < sources_.size()) {
    NextRecords(batch);
    return true;
  }
  if (file_ == input_.files.size()) return false;
  batch->order = order_++;
  batch->records = false;
  batch->file = file_;
  batch->first_document = firsts_.back();
  batch->file_count = 0;
  for (uint64_t bytes = 0; file_ < input_.files.size() &&
                           batch->file_count < kMostFiles &&
                           bytes < kMostFileBytes;) {
    bytes += input_.files[file_].bytes;
    firsts_.push_back(firsts_.back() + 1);
    ++batch->file_count;
    ++file_;
  }
  return true;
}

void Turns::Wait(uint64_t order) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return now_ == order; });
}

void Turns::GiveUp() {
  {
    std::lock_guard lock(mutex_);
    ++now_;
  }
  changed_.notify_all();
}

absl::Status ForEachBatch(const DedupInput& input, const BatchVisitor& visitor,
                          ThreadPool* pool, std::stop_token stop,
                          InputCache* cache, FirstDocuments* firsts) {
  const bool fills = cache != nullptr && cache->is_open();
  InputStream stream(input, cache);
  Turns turns;
  std::atomic<bool> failed = false;
  absl::Status status;  // written in turn only
  const auto serve = [&](size_t, size_t, int worker) {
    InputBatch batch;
    while (!failed && !stop.stop_requested() && stream.Next(&batch)) {
      visitor.work(batch, worker);
      turns.Wait(batch.order);
      if (!failed) {
        status = visitor.commit(batch, worker);
        if (!status.ok()) failed = true;
        if (fills && batch.records &&
            input.files[batch.file].compression != Compression::kNone) {
          cache->Keep(batch.file, std::exchange(batch.raw, {}));
        }
      }
      turns.GiveUp();
    }
  };
  pool->For(static_cast<size_t>(pool->size()), 1, serve, {});
  if (fills) cache->Close();
  if (failed) return status;
  if (stop.stop_requested()) return absl::CancelledError("interrupted");
  if (firsts != nullptr) *firsts = stream.first_documents();
  return absl::OkStatus();
}

}  // namespace twicetold
