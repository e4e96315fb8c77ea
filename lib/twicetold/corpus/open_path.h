// SPDX-License-Identifier: Apache-2.0
//
// Opening and describing files by paths of any length.
//
// The system refuses a path of PATH_MAX (4096) bytes or more in one call,
// though a tree may well be that deep. Longer paths are opened in pieces, each
// relative to the folder before it; at most two descriptors are open at a
// time. Every file is opened so that it can neither block (FIFOs) nor become
// the terminal of the process, and is closed on exec.
//
// Errors are those of errno, as the system calls set it.
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_OPEN_PATH_H_
#define TWICETOLD_CORPUS_OPEN_PATH_H_

#include <sys/stat.h>

#include <cstddef>
#include <string>
#include <utility>

namespace twicetold {

// Owns a file descriptor, or none (-1).
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(std::exchange(other.fd_, -1));
    return *this;
  }
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// open(2) for reading, with `flags` added. Without success the result is not
// ok() and errno says why.
UniqueFd OpenPath(const std::string& path, int flags = 0);

// The same relative to the folder `folder` (or AT_FDCWD).
UniqueFd OpenPathAt(int folder, const std::string& path, int flags = 0);

// An open folder, if there is one, and how long the part of a path is that
// names it, with its slash.
struct OpenFolder {
  int fd = -1;
  size_t path_bytes = 0;
};

// Opens a file by what its path has after the name of `folder`, if that is one.
UniqueFd OpenPathIn(const OpenFolder& folder, const std::string& path);

// stat(2), or lstat(2) without `follow`. False with errno set on failure.
bool StatPath(const std::string& path, bool follow, struct stat* status);

// What `error_number` means, for a person: "Permission denied".
std::string ErrorText(int error_number);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_OPEN_PATH_H_
