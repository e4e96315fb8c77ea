// SPDX-License-Identifier: Apache-2.0
//
// The text of compressed files, kept from the first pass over the input for
// those that follow, so that it is decompressed once.
//
// A file is kept whole or not at all: what is compressed cannot be entered in
// the middle. Plain files are never kept; the system does that, and better.
//
// Thread safety: filled by one thread at a time, read by many afterwards.
#ifndef TWICETOLD_DEDUP_INPUT_CACHE_H_
#define TWICETOLD_DEDUP_INPUT_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "twicetold/corpus/record_reader.h"

namespace twicetold {

class InputCache {
 public:
  // `memory`: bytes that it may take.
  explicit InputCache(uint64_t memory) : memory_(memory) {}

  uint64_t bytes() const { return bytes_; }

  // Whether a pass is to be kept: none was yet.
  bool is_open() const { return !closed_; }

  // Keeps a batch of file `file`, all of which come in their order, or lets
  // the file go if there is no room.
  void Keep(uint32_t file, RawBatch batch);

  // The end of the pass.
  void Close() { closed_ = true; }

  // The batches of a file; none if it is not kept. Only once closed.
  std::span<const RawBatch> BatchesOf(uint32_t file) const;

  // `size` bytes from `offset` on, within a batch of a file that is kept.
  std::string_view BytesOf(uint32_t file, uint64_t offset, size_t size) const;

 private:
  struct File {
    std::vector<RawBatch> batches;
    uint64_t bytes = 0;
    bool is_gone = false;
    bool is_whole = false;
  };

  const uint64_t memory_;
  uint64_t bytes_ = 0;
  bool closed_ = false;
  std::vector<File> files_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_INPUT_CACHE_H_
