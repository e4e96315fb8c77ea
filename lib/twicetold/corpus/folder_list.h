// SPDX-License-Identifier: Apache-2.0
//
// What a folder holds, by name; and the same of many folders at once, for a
// walk that is going to need it.
//
// Cost: one open, and a call of the system for some hundreds of entries.
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_FOLDER_LIST_H_
#define TWICETOLD_CORPUS_FOLDER_LIST_H_

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/ignore.h"

namespace twicetold {

enum class EntryKind {
  kUnknown,
  kFile,
  kFolder,
  kLink,
  kFifo,
  kSocket,
  kDevice
};

EntryKind KindOfMode(mode_t mode);

struct FolderEntry {
  std::string name;
  EntryKind kind;  // kUnknown where the folder does not tell
  uint64_t inode;  // as the folder has it
};

struct FolderList {
  std::vector<FolderEntry> entries;  // ascending, without . and ..
  IgnoreFilesPresent present = {};
  int error = 0;  // errno of what ended the list early; 0 for none
};

// Lists a folder that is open, which stays so.
FolderList ListFolder(int folder);

// A list that was made ahead of time.
struct ListedFolder {
  struct stat before;  // the folder, just before it was listed
  FolderList list;

  // Whether the folder with this status is that one, and has not changed.
  bool IsOf(const struct stat& now) const;
};

// A folder to be listed ahead: its path, and whether links are followed.
struct FolderAhead {
  std::string path;
  bool link = false;
};

// By index; nothing for what could not be listed as a whole. Incomplete once
// `stop` is requested.
std::vector<std::unique_ptr<ListedFolder>> ListFolders(
    std::span<const FolderAhead> folders, ThreadPool* pool,
    std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_FOLDER_LIST_H_
