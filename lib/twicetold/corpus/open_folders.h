// SPDX-License-Identifier: Apache-2.0
//
// Folders that stay open while the files in them are read: a file is opened by
// its last name then, and the system does not go the whole way to it.
//
// Folders are opened when first asked for, and as few as a process can spare.
// Without one, or where it cannot be opened, files are opened by their paths.
//
// Thread safety: Of() may be called from many threads.
#ifndef TWICETOLD_CORPUS_OPEN_FOLDERS_H_
#define TWICETOLD_CORPUS_OPEN_FOLDERS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>

#include "twicetold/corpus/open_path.h"

namespace twicetold {

class OpenFolders {
 public:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  OpenFolders();
  ~OpenFolders();
  OpenFolders(const OpenFolders&) = delete;
  OpenFolders& operator=(const OpenFolders&) = delete;

  // Takes a folder into the list, by its path with a slash at the end. Gives
  // its number, or kNone if there are enough.
  uint32_t Add(std::string path);

  // The open folder of a number, if it can be had.
  OpenFolder Of(uint32_t number) const;

 private:
  struct Folder {
    explicit Folder(std::string folder_path) : path(std::move(folder_path)) {}

    const std::string path;
    mutable std::atomic<int> fd{kUnopened};
  };
  static constexpr int kUnopened = -2;
  static constexpr int kCannotOpen = -1;

  size_t most_;
  std::deque<Folder> folders_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_OPEN_FOLDERS_H_
