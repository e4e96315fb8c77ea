// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_format.h"
#include "twicetold/dedup/stage_file.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

constexpr int kMostAttempts = 16;

// Whether the folder of that name is still the one that was opened: a run that
// has just ended may have removed it.
bool IsStillThere(const UniqueFd& fd, const std::string& folder) {
  struct stat opened;
  struct stat named;
  return fstat(fd.get(), &opened) == 0 && stat(folder.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

absl::StatusOr<FolderLock> FolderLock::Take(const std::string& folder) {
  // More than once only while runs come and go.
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return FileError("write", Harmless(folder), error.value());
    UniqueFd fd = OpenPath(folder, O_DIRECTORY);
    if (!fd.ok()) {
      if (errno == ENOENT) continue;
      return FileError("write", Harmless(folder), errno);
    }
    if (flock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "another run is writing to %s: wait for its end, or name another "
          "folder",
          Harmless(folder)));
    }
    if (IsStillThere(fd, folder)) return FolderLock(std::move(fd));
  }
  return FileError("write", Harmless(folder), ENOENT);
}

}  // namespace twicetold
