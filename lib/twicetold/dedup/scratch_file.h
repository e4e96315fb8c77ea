// SPDX-License-Identifier: Apache-2.0
//
// A file for what does not fit in memory and is not needed after the stage
// that wrote it. It is created with the first Append and loses its name at
// once, so that the system frees it when the process ends, however it does.
//
// Errors: those of stage_file.h.
// Thread safety: Read() may be called from many threads, Append() from one.
#ifndef TWICETOLD_DEDUP_SCRATCH_FILE_H_
#define TWICETOLD_DEDUP_SCRATCH_FILE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

class ScratchFile {
 public:
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}

  // Where the bytes begin in the file.
  absl::StatusOr<uint64_t> Append(std::span<const std::byte> bytes);
  absl::Status Read(uint64_t offset, std::span<std::byte> bytes) const;
  uint64_t size() const { return size_; }

 private:
  std::string path_;
  UniqueFd fd_;
  uint64_t size_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_SCRATCH_FILE_H_
