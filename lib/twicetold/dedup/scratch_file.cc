// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "twicetold/dedup/stage_file.h"

namespace twicetold {

absl::StatusOr<uint64_t> ScratchFile::Append(std::span<const std::byte> bytes) {
  if (!fd_.ok()) {
    fd_.reset(
        open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!fd_.ok()) return FileError("write", path_, errno);
    if (unlink(path_.c_str()) != 0) return FileError("write", path_, errno);
  }
  absl::Status status =
      WriteAll(fd_.get(), path_,
               {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!status.ok()) return status;
  const uint64_t offset = size_;
  size_ += bytes.size();
  return offset;
}

absl::Status ScratchFile::Read(uint64_t offset,
                               std::span<std::byte> bytes) const {
  return ReadAll(fd_.get(), path_, offset,
                 {reinterpret_cast<char*>(bytes.data()), bytes.size()});
}

}  // namespace twicetold
