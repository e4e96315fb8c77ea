// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/input_cache.h"

#include <algorithm>
#include <utility>

namespace twicetold {

void InputCache::Keep(uint32_t file, RawBatch batch) {
  if (files_.size() <= file) files_.resize(size_t{file} + 1);
  File& kept = files_[file];
  if (kept.is_gone) return;
  batch.Shrink();
  const uint64_t size = batch.memory();
  if (bytes_ + size > memory_) {
    bytes_ -= kept.bytes;
    kept = File();
    kept.is_gone = true;
    return;
  }
  bytes_ += size;
  kept.bytes += size;
  kept.is_whole = batch.last;
  kept.batches.push_back(std::move(batch));
}

std::span<const RawBatch> InputCache::BatchesOf(uint32_t file) const {
  if (!closed_ || file >= files_.size() || !files_[file].is_whole) return {};
  return files_[file].batches;
}

std::string_view InputCache::BytesOf(uint32_t file, uint64_t offset,
                                     size_t size) const {
  const std::span<const RawBatch> batches = BatchesOf(file);
  const auto after = std::upper_bound(
      batches.begin(), batches.end(), offset,
      [](uint64_t at, const RawBatch& batch) { return at < batch.offset; });
  const RawBatch& batch = *(after - 1);
  return batch.text.substr(static_cast<size_t>(offset - batch.offset), size);
}

}  // namespace twicetold
