// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/component_sets.h"

#include <algorithm>
#include <mutex>

namespace twicetold {
namespace {

constexpr size_t kDocumentGrain = 64;

}  // namespace

absl::Status ComponentSets::Load(std::span<const uint32_t> documents,
                                 ThreadPool* pool) {
  const size_t workers =
      pool == nullptr ? 1 : static_cast<size_t>(pool->size());
  while (readers_.size() < workers) readers_.emplace_back(*sets_);
  documents_ = documents;
  begins_.clear();
  size_t needed = 0;
  for (uint32_t document : documents) {
    begins_.push_back(needed);
    needed += words_[document];
  }
  loaded_ = needed <= most_;
  if (!loaded_) return absl::OkStatus();
  if (needed > capacity_) {
    shingles_.reset();
    capacity_ = std::min(most_, std::max(needed, 2 * capacity_));
    shingles_.reset(new uint64_t[capacity_]);
  }
  sizes_.resize(documents.size());
  if (pool == nullptr) return LoadSome(0, documents.size(), &readers_[0]);
  std::mutex mutex;
  absl::Status status;  // guarded by it
  pool->For(documents.size(), kDocumentGrain,
            [&](size_t begin, size_t end, int worker) {
              absl::Status some =
                  LoadSome(begin, end, &readers_[static_cast<size_t>(worker)]);
              const std::lock_guard lock(mutex);
              status.Update(some);
            },
            {});
  return status;
}

absl::Status ComponentSets::LoadSome(size_t begin, size_t end,
                                     ShingleSetReader* reader) {
  for (size_t i = begin; i < end; ++i) {
    const auto set = reader->Read(documents_[i]);
    if (!set.ok()) return set.status();
    std::copy(set->begin(), set->end(), &shingles_[begins_[i]]);
    sizes_[i] = static_cast<uint32_t>(set->size());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::span<const uint64_t>> ComponentSets::Get(size_t place,
                                                             int worker) {
  if (loaded_) {
    return std::span<const uint64_t>(&shingles_[begins_[place]], sizes_[place]);
  }
  return readers_[static_cast<size_t>(worker)].Read(documents_[place]);
}

}  // namespace twicetold
