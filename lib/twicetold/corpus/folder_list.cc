// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/folder_list.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <utility>

#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {
namespace {

EntryKind KindOfEntry(unsigned char type) {
  return type == DT_UNKNOWN ? EntryKind::kUnknown : KindOfMode(DTTOIF(type));
}

std::unique_ptr<ListedFolder> ListAhead(const FolderAhead& folder) {
  const UniqueFd fd =
      OpenPath(folder.path, O_DIRECTORY | (folder.link ? 0 : O_NOFOLLOW));
  auto listed = std::make_unique<ListedFolder>();
  if (!fd.ok() || fstat(fd.get(), &listed->before) != 0) return nullptr;
  listed->list = ListFolder(fd.get());
  return listed->list.error == 0 ? std::move(listed) : nullptr;
}

}  // namespace

EntryKind KindOfMode(mode_t mode) {
  if (S_ISREG(mode)) return EntryKind::kFile;
  if (S_ISDIR(mode)) return EntryKind::kFolder;
  if (S_ISLNK(mode)) return EntryKind::kLink;
  if (S_ISFIFO(mode)) return EntryKind::kFifo;
  if (S_ISSOCK(mode)) return EntryKind::kSocket;
  return EntryKind::kDevice;
}

FolderList ListFolder(int folder) {
  FolderList list;
  // A copy of the descriptor, since closedir() closes what it is given.
  const int copy = fcntl(folder, F_DUPFD_CLOEXEC, 0);
  DIR* opened = copy < 0 ? nullptr : fdopendir(copy);
  if (opened == nullptr) {
    list.error = errno;
    if (copy >= 0) close(copy);
    return list;
  }
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(opened, closedir);
  errno = 0;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name.starts_with('.')) {
      if (name == "." || name == "..") continue;
      if (name == ".rgignore") list.present.rgignore = true;
      if (name == ".ignore") list.present.ignore = true;
      if (name == ".gitignore") list.present.gitignore = true;
      if (name == ".git") list.present.git = true;
    }
    list.entries.push_back(
        {std::string(name), KindOfEntry(entry->d_type), entry->d_ino});
    errno = 0;
  }
  list.error = errno;
  std::sort(list.entries.begin(), list.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) {
              return a.name < b.name;
            });
  return list;
}

bool ListedFolder::IsOf(const struct stat& now) const {
  return now.st_dev == before.st_dev && now.st_ino == before.st_ino &&
         StateOf(now) == StateOf(before);
}

std::vector<std::unique_ptr<ListedFolder>> ListFolders(
    std::span<const FolderAhead> folders, ThreadPool* pool,
    std::stop_token stop) {
  std::vector<std::unique_ptr<ListedFolder>> listed(folders.size());
  pool->For(
      folders.size(), 1,
      [&](size_t begin, size_t end, int /*worker*/) {
        for (size_t i = begin; i < end; ++i) listed[i] = ListAhead(folders[i]);
      },
      std::move(stop));
  return listed;
}

}  // namespace twicetold
