// SPDX-License-Identifier: Apache-2.0
//
// By what it is told whether a file is still what it was: its size and the time
// it was last modified, as far as the file system notes it.
//
// Thread safety: plain values.
#ifndef TWICETOLD_CORPUS_FILE_STATE_H_
#define TWICETOLD_CORPUS_FILE_STATE_H_

#include <sys/stat.h>

#include <cstdint>

namespace twicetold {

struct FileState {
  uint64_t size = 0;        // bytes
  int64_t seconds = 0;      // since 1970; with nanoseconds 0: not known
  int64_t nanoseconds = 0;  // of the second

  bool known() const { return seconds != 0 || nanoseconds != 0; }
  friend bool operator==(const FileState&, const FileState&) = default;
};

inline FileState StateOf(const struct stat& status) {
  return {.size = static_cast<uint64_t>(status.st_size),
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

// Whether what `status` was taken of was changed last before `seconds`, beyond
// doubt: a second in between is for a file server whose clock is late. Unlike
// the time of the last modification, that of the last change cannot be set.
inline bool UnchangedSince(int64_t seconds, const struct stat& status) {
  return status.st_ctim.tv_sec < seconds - 1 &&
         status.st_mtim.tv_sec < seconds - 1;
}

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_FILE_STATE_H_
