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

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_FILE_STATE_H_
