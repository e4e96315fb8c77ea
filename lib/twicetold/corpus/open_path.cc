// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/open_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>

namespace twicetold {
namespace {

constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

// The system's limit counts the NUL at the end.
constexpr size_t kMaxPiece = PATH_MAX - 1;

int OpenAtRetrying(int folder, const char* path, int flags) {
  int fd;
  do {
    fd = openat(folder, path, flags);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

// Goes down `*path` until what is left fits into one call. Returns the folder
// that `*path` is then relative to: not ok() if that is still `folder`.
// False with errno set on failure.
bool Descend(int folder, std::string_view* path, UniqueFd* reached) {
  while (path->size() > kMaxPiece) {
    const size_t slash = path->rfind('/', kMaxPiece - 1);
    if (slash == std::string_view::npos || slash + 1 == path->size()) {
      errno = ENAMETOOLONG;
      return false;
    }
    const std::string piece(path->substr(0, slash + 1));
    const int fd =
        OpenAtRetrying(reached->ok() ? reached->get() : folder, piece.c_str(),
                       O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    reached->reset(fd);
    path->remove_prefix(slash + 1);
    // What is left is relative to `reached`: a second slash would make it
    // absolute.
    while (path->starts_with('/')) path->remove_prefix(1);
    if (path->empty()) *path = ".";
  }
  return true;
}

}  // namespace

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) {
    const int saved = errno;  // closing must not hide an error being reported
    close(fd_);
    errno = saved;
  }
  fd_ = fd;
}

UniqueFd OpenPath(const std::string& path, int flags) {
  return OpenPathAt(AT_FDCWD, path, flags);
}

UniqueFd OpenPathAt(int folder, const std::string& path, int flags) {
  if (path.find('\0') != std::string::npos) {
    errno = ENOENT;  // the system would look for what stands before the NUL
    return UniqueFd();
  }
  if (path.size() <= kMaxPiece) {
    return UniqueFd(OpenAtRetrying(folder, path.c_str(), kReadFlags | flags));
  }
  std::string_view rest = path;
  UniqueFd reached;
  if (!Descend(folder, &rest, &reached)) return UniqueFd();
  return UniqueFd(OpenAtRetrying(reached.ok() ? reached.get() : folder,
                                 std::string(rest).c_str(),
                                 kReadFlags | flags));
}

UniqueFd OpenPathIn(const OpenFolder& folder, const std::string& path) {
  if (folder.fd < 0 || path.size() - folder.path_bytes > kMaxPiece ||
      path.find('\0') != std::string::npos) {
    return OpenPath(path);
  }
  return UniqueFd(
      OpenAtRetrying(folder.fd, path.c_str() + folder.path_bytes, kReadFlags));
}

bool StatPath(const std::string& path, bool follow, struct stat* status) {
  if (path.find('\0') != std::string::npos) {
    errno = ENOENT;
    return false;
  }
  const int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
  if (path.size() <= kMaxPiece) {
    return fstatat(AT_FDCWD, path.c_str(), status, flags) == 0;
  }
  std::string_view rest = path;
  UniqueFd reached;
  if (!Descend(AT_FDCWD, &rest, &reached)) return false;
  return fstatat(reached.ok() ? reached.get() : AT_FDCWD,
                 std::string(rest).c_str(), status, flags) == 0;
}

std::string ErrorText(int error_number) {
  return std::error_code(error_number, std::generic_category()).message();
}

}  // namespace twicetold
