// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/stat_files.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <utility>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {
namespace {

// Files taken at a time. No more threads than there are such pieces.
constexpr size_t kGrain = 256;

SeenFile See(const std::string& path) {
  struct stat status;
  if (!StatPath(path, false, &status)) {
    return {.id = {}, .state = {}, .error = errno};
  }
  return {.id = {status.st_dev, status.st_ino}, .state = StateOf(status)};
}

}  // namespace

std::vector<SeenFile> StatFiles(std::span<const std::string> paths, int threads,
                                std::stop_token stop) {
  std::vector<SeenFile> seen(paths.size());
  ThreadPool pool(paths.size() <= kGrain ? 1 : threads);
  pool.For(
      paths.size(), kGrain,
      [&](size_t begin, size_t end, int /*worker*/) {
        for (size_t i = begin; i < end; ++i) seen[i] = See(paths[i]);
      },
      std::move(stop));
  return seen;
}

}  // namespace twicetold
