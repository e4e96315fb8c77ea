// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/shingle_sets.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/dedup/input_texts.h"
#include "twicetold/report/display.h"
#include "twicetold/sketch/shingle_set_maker.h"

namespace twicetold {
namespace {

constexpr char kSets[] = "sets.shingles";
constexpr char kDocuments[] = "sets.documents";
constexpr char kEnds[] = "sets.ends";

// Shingles of a piece in memory, at most, but for larger sets.
constexpr size_t kShinglesAPiece = size_t{1} << 22;

// Shingles for which the system is asked for memory at a time: a call costs
// less than that many pages met one by one do.
constexpr size_t kPopulatedAtOnce = size_t{1} << 17;

// Sees to it that `size` shingles behind the first `used` of a piece have
// memory, of which the first `populated` have; gives how many have it now. The
// system may refuse, and gives the memory when it is written to then.
size_t PopulateAhead(uint64_t* piece, size_t used, size_t size, size_t capacity,
                     size_t populated) {
#ifdef MADV_POPULATE_WRITE
  if (used + size <= populated) return populated;
  const size_t end =
      std::min(capacity, std::max(populated, used + size) + kPopulatedAtOnce);
  // Whole pages; what is left over at both ends is met as it is written to.
  constexpr size_t kPage = 4096;
  char* begin = reinterpret_cast<char*>(piece + populated);
  begin += (kPage - reinterpret_cast<uintptr_t>(begin) % kPage) % kPage;
  const auto bytes = reinterpret_cast<char*>(piece + end) - begin;
  if (bytes > 0) {
    madvise(begin, static_cast<size_t>(bytes) / kPage * kPage,
            MADV_POPULATE_WRITE);
  }
  return end;
#else
  return used + size;
#endif
}

}  // namespace

// Collects what workers make of batches, in order.
class ShingleSetsMaker {
 public:
  ShingleSetsMaker(const DedupRun& run, const SketchedInput& sketched,
                   const std::vector<bool>& wanted, uint64_t memory)
      : run_(run), sketched_(sketched), wanted_(wanted) {
    uint64_t shingles = 0;
    for (uint32_t i = 0; i < wanted.size(); ++i) {
      if (!wanted[i]) continue;
      sets_.documents_.push_back(i);
      shingles += sketched.words[i];
    }
    sets_.in_memory_ = shingles * sizeof(uint64_t) <= memory;
    for (int i = 0; i < run.pool->size(); ++i) workers_.emplace_back(run);
  }

  absl::StatusOr<ShingleSets> Make() {
    if (!sets_.in_memory_) {
      auto file = StageWriter::Create(run_.StagePath(kSets), run_.fingerprint);
      if (!file.ok()) return file.status();
      file_ = std::make_unique<StageWriter>(*std::move(file));
    }
    const BatchVisitor visitor = {
        .work = [this](const InputBatch& batch,
                       int worker) { Work(batch, worker); },
        .commit =
            [this](const InputBatch&, int worker) {
              return Commit(&workers_[static_cast<size_t>(worker)]);
            }};
    absl::Status status =
        ForEachBatch(run_.input, visitor, run_.pool, run_.stop, run_.cache);
    if (!status.ok()) return status;
    if (sets_.ends_.size() != sets_.documents_.size()) {
      return absl::DataLossError(
          "the input has become shorter while it was read");
    }
    sets_.IndexDocuments();
    for (Worker& worker : workers_) {
      std::move(worker.pieces.begin(), worker.pieces.end(),
                std::back_inserter(sets_.pieces_));
    }
    if (file_) status = Finish();
    if (!status.ok()) return status;
    return std::move(sets_);
  }

 private:
  struct Worker {
    explicit Worker(const DedupRun& run)
        : texts(run), set_maker(run.options.shingle_size) {}

    InputTexts texts;
    ShingleSetMaker set_maker;
    std::vector<std::vector<uint64_t>> pieces;  // in memory
    size_t populated = 0;                       // shingles of the last piece
    std::vector<const uint64_t*> starts;        // in them, of sets of the batch
    std::vector<uint64_t> shingles;             // of the batch, for the file
    std::vector<uint64_t> sizes;                // of its sets
    std::vector<DocumentRow> rows;              // of its documents
    absl::Status status;
  };

  void Work(const InputBatch& batch, int number) {
    Worker& worker = workers_[static_cast<size_t>(number)];
    worker.shingles.clear();
    worker.starts.clear();
    worker.sizes.clear();
    worker.status = absl::OkStatus();
    if (!AnyWanted(batch)) return;
    worker.rows.resize(batch.document_count());
    worker.status =
        sketched_.rows.Read(batch.first_document * sizeof(DocumentRow),
                            {reinterpret_cast<char*>(worker.rows.data()),
                             worker.rows.size() * sizeof(DocumentRow)});
    if (!worker.status.ok()) return;
    worker.texts.ForEach(
        batch, [this](uint64_t document) { return IsWanted(document); },
        [&](const InputText& text) {
          const DocumentRow& row =
              worker.rows[text.document - batch.first_document];
          if (text.skip || DigestWords(text.tokens) != row.text) {
            worker.status = Changed(text);
            return false;
          }
          AddSet(worker.set_maker.Make(text.tokens), &worker);
          return true;
        });
  }

  bool IsWanted(uint64_t document) const {
    return document < wanted_.size() && wanted_[document];
  }

  bool AnyWanted(const InputBatch& batch) const {
    for (uint64_t i = 0; i < batch.document_count(); ++i) {
      if (IsWanted(batch.first_document + i)) return true;
    }
    return false;
  }

  absl::Status Changed(const InputText& text) const {
    const std::string& path = run_.input.files[text.file].path;
    if (text.line == 0) {
      return absl::AbortedError(
          absl::StrFormat("%s was changed during the run", Harmless(path)));
    }
    return absl::AbortedError(absl::StrFormat(
        "%s, line %d, was changed during the run", Harmless(path), text.line));
  }

  void AddSet(const ShingleSet& set, Worker* worker) const {
    worker->sizes.push_back(set.size());
    if (!sets_.in_memory_) {
      worker->shingles.insert(worker->shingles.end(), set.begin(), set.end());
      return;
    }
    auto& pieces = worker->pieces;
    if (pieces.empty() ||
        pieces.back().capacity() - pieces.back().size() < set.size()) {
      // Never moved from here on.
      pieces.emplace_back().reserve(std::max(kShinglesAPiece, set.size()));
      worker->populated = 0;
    }
    worker->starts.push_back(pieces.back().data() + pieces.back().size());
    worker->populated =
        PopulateAhead(pieces.back().data(), pieces.back().size(), set.size(),
                      pieces.back().capacity(), worker->populated);
    pieces.back().insert(pieces.back().end(), set.begin(), set.end());
  }

  absl::Status Commit(Worker* worker) {
    if (!worker->status.ok()) return worker->status;
    if (worker->sizes.empty()) return absl::OkStatus();
    const uint64_t begin = sets_.ends_.empty() ? 0 : sets_.ends_.back();
    uint64_t end = begin;
    for (uint64_t size : worker->sizes) sets_.ends_.push_back(end += size);
    if (file_) {
      file_->WriteItems(std::span<const uint64_t>(worker->shingles));
      return file_->status();
    }
    sets_.starts_.insert(sets_.starts_.end(), worker->starts.begin(),
                         worker->starts.end());
    return absl::OkStatus();
  }

  absl::Status Finish() {
    absl::Status status = file_->Commit();
    if (!status.ok()) return status;
    auto reader =
        StageReader::Open(run_.StagePath(kSets), run_.fingerprint, false);
    if (!reader.ok()) return reader.status();
    sets_.file_ = *std::move(reader);
    auto documents =
        StageWriter::Create(run_.StagePath(kDocuments), run_.fingerprint);
    if (!documents.ok()) return documents.status();
    documents->WriteItems(std::span<const uint32_t>(sets_.documents_));
    status = documents->Commit();
    if (!status.ok()) return status;
    auto ends = StageWriter::Create(run_.StagePath(kEnds), run_.fingerprint);
    if (!ends.ok()) return ends.status();
    ends->WriteItems(std::span<const uint64_t>(sets_.ends_));
    return ends->Commit();
  }

  const DedupRun& run_;
  const SketchedInput& sketched_;
  const std::vector<bool>& wanted_;
  std::vector<Worker> workers_;
  ShingleSets sets_;
  std::unique_ptr<StageWriter> file_;
};

void ShingleSets::IndexDocuments() {
  place_of_.resize(documents_.empty() ? 0 : size_t{documents_.back()} + 1);
  for (size_t i = 0; i < documents_.size(); ++i) {
    place_of_[documents_[i]] = static_cast<uint32_t>(i);
  }
}

size_t ShingleSets::IndexOf(uint32_t document) const {
  return place_of_[document];
}

uint32_t ShingleSets::SizeOf(uint32_t document) const {
  const size_t i = IndexOf(document);
  return static_cast<uint32_t>(ends_[i] - (i == 0 ? 0 : ends_[i - 1]));
}

void ShingleSets::Prefetch(uint32_t document) const {
  if (!in_memory_) return;
  // The processor follows what is read in order, but not beyond a page.
  constexpr size_t kPageShingles = 4096 / sizeof(uint64_t);
  const uint64_t* const start = starts_[IndexOf(document)];
  const uint32_t size = SizeOf(document);
  for (size_t at = 0; at < size; at += kPageShingles) {
    __builtin_prefetch(start + at);
    __builtin_prefetch(start + at + 8);
  }
}

absl::StatusOr<std::span<const uint64_t>> ShingleSets::Get(
    uint32_t document, std::vector<uint64_t>* buffer) const {
  const size_t i = IndexOf(document);
  const uint64_t begin = i == 0 ? 0 : ends_[i - 1];
  const size_t size = static_cast<size_t>(ends_[i] - begin);
  if (in_memory_) {
    return std::span(starts_[i], size);
  }
  buffer->resize(size);
  absl::Status status = file_.Read(
      begin * sizeof(uint64_t),
      {reinterpret_cast<char*>(buffer->data()), size * sizeof(uint64_t)});
  if (!status.ok()) return status;
  return std::span<const uint64_t>(*buffer);
}

absl::StatusOr<ShingleSets> MakeShingleSets(const DedupRun& run,
                                            const SketchedInput& sketched,
                                            const std::vector<bool>& wanted,
                                            uint64_t memory) {
  return ShingleSetsMaker(run, sketched, wanted, memory).Make();
}

absl::StatusOr<ShingleSets> OpenShingleSets(const DedupRun& run, bool verify) {
  ShingleSets sets;
  sets.in_memory_ = false;
  auto ends = StageReader::Open(run.StagePath(kEnds), run.fingerprint, verify);
  if (!ends.ok()) return ends.status();
  auto documents =
      StageReader::Open(run.StagePath(kDocuments), run.fingerprint, verify);
  if (!documents.ok()) return documents.status();
  auto file = StageReader::Open(run.StagePath(kSets), run.fingerprint, verify);
  if (!file.ok()) return file.status();
  sets.file_ = *std::move(file);
  auto end_items = ends->ReadItems<uint64_t>();
  if (!end_items.ok()) return end_items.status();
  sets.ends_ = *std::move(end_items);
  auto document_items = documents->ReadItems<uint32_t>();
  if (!document_items.ok()) return document_items.status();
  sets.documents_ = *std::move(document_items);
  sets.IndexDocuments();
  return sets;
}

}  // namespace twicetold
