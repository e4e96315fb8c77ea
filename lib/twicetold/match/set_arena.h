// SPDX-License-Identifier: Apache-2.0
//
// Memory for the shingle sets of many documents that are let go together. What
// one batch of them has used is used again by the next.
//
// Thread safety: a SetArena belongs to one thread while sets are kept; what is
// kept may be read by all.
#ifndef TWICETOLD_MATCH_SET_ARENA_H_
#define TWICETOLD_MATCH_SET_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace twicetold {

// Sets one after the other, in memory that stays where it is and is used again.
class SetArena {
 public:
  void Clear() {
    used_chunks_ = 0;
    large_.clear();
  }

  // Takes the memory of a large set for its own.
  std::span<const uint64_t> Keep(std::vector<uint64_t>* set) {
    if (set->size() < kLarge) return Copy(*set);
    large_.push_back(std::move(*set));
    set->clear();
    return large_.back();
  }

 private:
  static constexpr size_t kChunkShingles = size_t{1} << 16;
  static constexpr size_t kLarge = kChunkShingles / 2;

  std::span<const uint64_t> Copy(std::span<const uint64_t> set) {
    if (used_chunks_ == 0 || chunks_[used_chunks_ - 1].left() < set.size()) {
      StartChunk(set.size());
    }
    Chunk& chunk = chunks_[used_chunks_ - 1];
    uint64_t* const begin = chunk.shingles.get() + chunk.used;
    std::copy(set.begin(), set.end(), begin);
    chunk.used += set.size();
    return {begin, set.size()};
  }

  struct Chunk {
    std::unique_ptr<uint64_t[]> shingles;
    size_t size = 0;
    size_t used = 0;

    size_t left() const { return size - used; }
  };

  // Goes on to a chunk that has room for `shingles`.
  void StartChunk(size_t shingles) {
    if (used_chunks_ == chunks_.size()) chunks_.emplace_back();
    Chunk& chunk = chunks_[used_chunks_++];
    chunk.used = 0;
    if (chunk.size >= shingles) return;
    chunk.size = std::max(shingles, kChunkShingles);
    // Not initialized: it costs more to touch memory than to fill it.
    chunk.shingles.reset();
    chunk.shingles.reset(new uint64_t[chunk.size]);
  }

  std::vector<Chunk> chunks_;
  size_t used_chunks_ = 0;
  std::vector<std::vector<uint64_t>> large_;
};

// The memory that one batch leaves to the next, a part for each worker.
struct SetMemory {
  std::vector<SetArena> parts = {};

  void Clear(size_t workers) {
    parts.resize(workers);
    for (SetArena& part : parts) part.Clear();
  }
};

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_SET_ARENA_H_
