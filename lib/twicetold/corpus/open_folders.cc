// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/open_folders.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <utility>

namespace twicetold {
namespace {

constexpr size_t kMostFolders = 128;

// Most of the descriptors that a process may have are left to others.
constexpr rlim_t kShareOfDescriptors = 4;

size_t MostFolders() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return static_cast<size_t>(
      std::min<rlim_t>(limit.rlim_cur / kShareOfDescriptors, kMostFolders));
}

}  // namespace

OpenFolders::OpenFolders() : most_(MostFolders()) {}

OpenFolders::~OpenFolders() {
  for (Folder& folder : folders_) UniqueFd(folder.fd).reset();
}

uint32_t OpenFolders::Add(std::string path) {
  if (folders_.size() >= most_) return kNone;
  folders_.emplace_back(std::move(path));
  return static_cast<uint32_t>(folders_.size() - 1);
}

OpenFolder OpenFolders::Of(uint32_t number) const {
  if (number >= folders_.size()) return {};
  const Folder& folder = folders_[number];
  int fd = folder.fd.load(std::memory_order_acquire);
  if (fd == kUnopened) {
    // Nothing is read of the folder, so that it need not be readable.
    UniqueFd opened = OpenPath(folder.path, O_PATH | O_DIRECTORY);
    const int mine = opened.ok() ? opened.get() : kCannotOpen;
    // Of two threads at once, the second takes what the first has opened.
    if (folder.fd.compare_exchange_strong(fd, mine,
                                          std::memory_order_acq_rel)) {
      fd = mine;
      opened.release();
    }
  }
  if (fd < 0) return {};
  return {.fd = fd, .path_bytes = folder.path.size()};
}

}  // namespace twicetold
