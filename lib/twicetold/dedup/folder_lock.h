// SPDX-License-Identifier: Apache-2.0
//
// Keeps a folder for one run: a lock of the system on the folder itself
// (flock), which leaves no file behind and ends with the process, however it
// ends.
//
// Limits: only runs of this library heed it; where a file system has no such
// locks (some of networks), there is none, and nothing is refused.
//
// Thread safety: a plain value.
#ifndef TWICETOLD_DEDUP_FOLDER_LOCK_H_
#define TWICETOLD_DEDUP_FOLDER_LOCK_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

class FolderLock {
 public:
  // Of nothing.
  FolderLock() = default;

  // Makes the folder where there is none, and those above it. The lock lasts
  // until the value is gone.
  // Errors: FailedPrecondition if another run has it; those of FileError
  // (stage_file.h) for a folder that cannot be made or opened.
  static absl::StatusOr<FolderLock> Take(const std::string& folder);

 private:
  explicit FolderLock(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_FOLDER_LOCK_H_
