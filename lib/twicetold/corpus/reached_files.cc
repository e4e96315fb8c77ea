// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/reached_files.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

auto Key(const SkippedInput& input) {
  return std::tie(input.path, input.skip.reason, input.skip.detail);
}

}  // namespace

std::vector<FoundFile> GroupByFile(std::vector<ReachedFile> reached) {
  std::sort(reached.begin(), reached.end(),
            [](const ReachedFile& a, const ReachedFile& b) {
              return std::tie(a.id, a.path) < std::tie(b.id, b.path);
            });
  std::vector<FoundFile> files;
  for (size_t i = 0; i < reached.size(); ++i) {
    if (i == 0 || reached[i].id != reached[i - 1].id) {
      files.push_back({.names = {},
                       .device = reached[i].id.first,
                       .inode = reached[i].id.second,
                       .size = reached[i].size});
    }
    std::vector<std::string>& names = files.back().names;
    // Not moved from yet: the next comparison looks at ids alone.
    if (names.empty() || names.back() != reached[i].path) {
      names.push_back(std::move(reached[i].path));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const FoundFile& a, const FoundFile& b) {
              return a.names.front() < b.names.front();
            });
  return files;
}

std::vector<FoundFile> JoinFiles(std::vector<FoundFile> files,
                                 std::vector<FoundFile> reference) {
  for (FoundFile& file : reference) {
    file.role = Role::kReference;
    files.push_back(std::move(file));
  }
  std::stable_sort(
      files.begin(), files.end(), [](const FoundFile& a, const FoundFile& b) {
        return std::tie(a.device, a.inode) < std::tie(b.device, b.inode);
      });
  std::vector<FoundFile> joined;
  for (FoundFile& file : files) {
    if (joined.empty() || joined.back().device != file.device ||
        joined.back().inode != file.inode) {
      joined.push_back(std::move(file));
      continue;
    }
    FoundFile& same = joined.back();
    same.role = same.role | file.role;
    same.names.insert(same.names.end(), file.names.begin(), file.names.end());
    SortDistinct(&same.names);
  }
  std::sort(joined.begin(), joined.end(),
            [](const FoundFile& a, const FoundFile& b) {
              return a.names.front() < b.names.front();
            });
  return joined;
}

void DropUsed(const std::vector<FoundFile>& used,
              std::vector<SkippedInput>* skipped) {
  std::vector<std::string_view> names;
  for (const FoundFile& file : used) {
    names.insert(names.end(), file.names.begin(), file.names.end());
  }
  std::sort(names.begin(), names.end());
  std::erase_if(*skipped, [&](const SkippedInput& input) {
    return std::binary_search(names.begin(), names.end(),
                              std::string_view(input.path));
  });
}

void SortOnce(std::vector<SkippedInput>* skipped) {
  std::sort(skipped->begin(), skipped->end(),
            [](const auto& a, const auto& b) { return Key(a) < Key(b); });
  skipped->erase(std::unique(skipped->begin(), skipped->end(),
                             [](const auto& a, const auto& b) {
                               return Key(a) == Key(b);
                             }),
                 skipped->end());
}

}  // namespace twicetold
