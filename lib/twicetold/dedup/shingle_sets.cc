// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/shingle_sets.h"

#include <algorithm>
#include <utility>

#include "twicetold/dedup/input_texts.h"

namespace twicetold {

// Makes sets, where texts are not at hand by a pass over the input: collects
// what workers make of batches, in order.
class ShingleSetsMaker {
 public:
  ShingleSetsMaker(const DedupRun& run, const SketchedInput& sketched,
                   const std::vector<bool>& wanted, const std::string& name)
      : run_(run),
        sketched_(sketched),
        wanted_(wanted),
        shingles_path_(run.StagePath((name + ".shingles").c_str())),
        ends_path_(run.StagePath((name + ".ends").c_str())),
        sets_(run, sketched) {
    for (uint32_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i]) sets_.documents_.push_back(i);
    }
  }

  absl::StatusOr<ShingleSets> Make() {
    if (TextsAreAtHand(run_)) return std::move(sets_);
    IndexDocuments();
    absl::Status status = Open(true);
    if (absl::IsNotFound(status) || absl::IsDataLoss(status)) {
      status = PutDown();
      if (status.ok()) status = Open(false);
    }
    if (!status.ok()) return status;
    return std::move(sets_);
  }

 private:
  struct Worker {
    explicit Worker(const DedupRun& run)
        : texts(run), set_maker(run.options.shingle_size) {}

    InputTexts texts;
    ShingleSetMaker set_maker;
    std::vector<uint64_t> shingles;  // of the batch
    std::vector<uint64_t> sizes;     // of its sets
    std::vector<DocumentRow> rows;   // of its documents
    absl::Status status;
  };

  void IndexDocuments() {
    const std::vector<uint32_t>& documents = sets_.documents_;
    sets_.place_of_.resize(documents.empty() ? 0
                                             : size_t{documents.back()} + 1);
    for (size_t i = 0; i < documents.size(); ++i) {
      sets_.place_of_[documents[i]] = static_cast<uint32_t>(i);
    }
  }

  // Opens what is in the stage files.
  absl::Status Open(bool verify) {
    auto ends = StageReader::Open(ends_path_, run_.fingerprint, verify);
    if (!ends.ok()) return ends.status();
    auto file = StageReader::Open(shingles_path_, run_.fingerprint, verify);
    if (!file.ok()) return file.status();
    auto items = ends->ReadItems<uint64_t>();
    if (!items.ok()) return items.status();
    if (items->size() != sets_.documents_.size()) {
      return absl::DataLossError("sets of other documents");
    }
    sets_.ends_ = *std::move(items);
    sets_.file_ = *std::move(file);
    return absl::OkStatus();
  }

  absl::Status PutDown() {
    auto shingles = StageWriter::Create(shingles_path_, run_.fingerprint);
    if (!shingles.ok()) return shingles.status();
    std::vector<uint64_t> ends;
    ends.reserve(sets_.documents_.size());
    std::vector<Worker> workers;
    workers.reserve(static_cast<size_t>(run_.pool->size()));
    for (int i = 0; i < run_.pool->size(); ++i) workers.emplace_back(run_);
    const BatchVisitor visitor = {
        .work =
            [&](const InputBatch& batch, int worker) {
              Work(batch, &workers[static_cast<size_t>(worker)]);
            },
        .commit =
            [&](const InputBatch&, int worker) {
              return Add(workers[static_cast<size_t>(worker)], &*shingles,
                         &ends);
            }};
    absl::Status status =
        ForEachBatch(run_.input, visitor, run_.pool, run_.stop, run_.cache);
    if (!status.ok()) return status;
    if (ends.size() != sets_.documents_.size()) {
      return absl::DataLossError(
          "the input has become shorter while it was read");
    }
    status = shingles->Commit();
    if (!status.ok()) return status;
    auto file = StageWriter::Create(ends_path_, run_.fingerprint);
    if (!file.ok()) return file.status();
    file->WriteItems(std::span<const uint64_t>(ends));
    return file->Commit();
  }

  void Work(const InputBatch& batch, Worker* worker) const {
    worker->shingles.clear();
    worker->sizes.clear();
    worker->status = absl::OkStatus();
    if (!AnyWanted(batch)) return;
    worker->rows.resize(batch.document_count());
    worker->status =
        sketched_.rows.Read(batch.first_document * sizeof(DocumentRow),
                            {reinterpret_cast<char*>(worker->rows.data()),
                             worker->rows.size() * sizeof(DocumentRow)});
    if (!worker->status.ok()) return;
    worker->texts.ForEach(
        batch, [this](uint64_t document) { return IsWanted(document); },
        [&](const InputText& text) {
          const DocumentRow& row =
              worker->rows[text.document - batch.first_document];
          if (text.skip || DigestWords(text.tokens) != row.text) {
            worker->status = ChangedDuringRun(run_.input, text.file, text.line);
            return false;
          }
          const ShingleSet& set = worker->set_maker.Make(text.tokens);
          worker->sizes.push_back(set.size());
          worker->shingles.insert(worker->shingles.end(), set.begin(),
                                  set.end());
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

  static absl::Status Add(const Worker& worker, StageWriter* shingles,
                          std::vector<uint64_t>* ends) {
    if (!worker.status.ok()) return worker.status;
    uint64_t end = ends->empty() ? 0 : ends->back();
    for (uint64_t size : worker.sizes) ends->push_back(end += size);
    shingles->WriteItems(std::span<const uint64_t>(worker.shingles));
    return shingles->status();
  }

  const DedupRun& run_;
  const SketchedInput& sketched_;
  const std::vector<bool>& wanted_;
  const std::string shingles_path_;
  const std::string ends_path_;
  ShingleSets sets_;
};

ShingleSetReader::ShingleSetReader(const ShingleSets& sets)
    : sets_(&sets),
      tokens_(*sets.run_, *sets.sketched_),
      set_maker_(sets.run_->options.shingle_size) {}

absl::StatusOr<std::span<const uint64_t>> ShingleSetReader::Read(
    uint32_t document) {
  if (sets_->file_) return ReadFrom(*sets_->file_, document);
  const auto tokens = tokens_.Read(document);
  if (!tokens.ok()) return tokens.status();
  return std::span<const uint64_t>(set_maker_.Make(*tokens));
}

absl::StatusOr<std::span<const uint64_t>> ShingleSetReader::ReadFrom(
    const StageReader& file, uint32_t document) {
  const size_t i = sets_->place_of_[document];
  const uint64_t begin = i == 0 ? 0 : sets_->ends_[i - 1];
  buffer_.resize(static_cast<size_t>(sets_->ends_[i] - begin));
  absl::Status status = file.Read(begin * sizeof(uint64_t),
                                  {reinterpret_cast<char*>(buffer_.data()),
                                   buffer_.size() * sizeof(uint64_t)});
  if (!status.ok()) return status;
  return std::span<const uint64_t>(buffer_);
}

absl::StatusOr<ShingleSets> MakeShingleSets(const DedupRun& run,
                                            const SketchedInput& sketched,
                                            const std::vector<bool>& wanted,
                                            const std::string& name) {
  return ShingleSetsMaker(run, sketched, wanted, name).Make();
}

}  // namespace twicetold
