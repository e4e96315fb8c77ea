// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/reached_files.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

auto Key(const SkippedInput& input) {
  return std::tie(input.path, input.skip.reason, input.skip.detail);
}

}  // namespace

std::vector<size_t> WithSharedIds(const std::vector<ReachedFile>& files) {
  // Mostly there are none, and then this is all.
  absl::flat_hash_set<FileId> seen;
  seen.reserve(files.size());
  absl::flat_hash_set<FileId> shared;
  for (const ReachedFile& file : files) {
    if (!seen.insert(file.id).second) shared.insert(file.id);
  }
  std::vector<size_t> indices;
  if (shared.empty()) return indices;
  for (size_t i = 0; i < files.size(); ++i) {
    if (shared.contains(files[i].id)) indices.push_back(i);
  }
  return indices;
}

std::vector<FoundFile> GroupByFile(std::vector<ReachedFile> reached,
                                   bool distinct) {
  const auto by_path = [](const ReachedFile& a, const ReachedFile& b) {
    return a.path < b.path;
  };
  if (!std::is_sorted(reached.begin(), reached.end(), by_path)) {
    // Stable: of a file reached twice by one name the first state counts.
    std::stable_sort(reached.begin(), reached.end(), by_path);
  }
  // In the order of paths, so that files come out by their first names.
  const std::vector<size_t> shared =
      distinct ? std::vector<size_t>() : WithSharedIds(reached);
  auto next_shared = shared.begin();
  std::vector<FoundFile> files;
  files.reserve(reached.size());
  absl::flat_hash_map<FileId, size_t> index_of;  // of what is shared
  for (size_t i = 0; i < reached.size(); ++i) {
    ReachedFile& file = reached[i];
    size_t index = files.size();
    if (next_shared != shared.end() && *next_shared == i) {
      ++next_shared;
      index = index_of.try_emplace(file.id, index).first->second;
    }
    if (index == files.size()) {
      files.push_back({.names = {},
                       .device = file.id.first,
                       .inode = file.id.second,
                       .state = file.state});
    }
    std::vector<std::string>& names = files[index].names;
    if (names.empty() || names.back() != file.path) {
      names.push_back(std::move(file.path));
    }
  }
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
  if (skipped->empty()) return;
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
