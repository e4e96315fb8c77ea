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

// Numbers a file, up to which inodes are marked in a list of all there are
// between the least and the greatest.
constexpr uint64_t kInodesAFile = 64;

// Ids of one device whose inodes are close together.
class CloseIds {
 public:
  CloseIds(uint64_t least, uint64_t count) : least_(least), marks_(count) {}

  // False if it was there.
  bool Insert(const FileId& id) {
    const bool is_new = !marks_[id.second - least_];
    marks_[id.second - least_] = true;
    return is_new;
  }
  bool Contains(const FileId& id) const { return marks_[id.second - least_]; }

 private:
  uint64_t least_;
  std::vector<bool> marks_;
};

class AnyIds {
 public:
  bool Insert(const FileId& id) { return ids_.insert(id).second; }
  bool Contains(const FileId& id) const { return ids_.contains(id); }

 private:
  absl::flat_hash_set<FileId> ids_;
};

// Both sets are empty.
template <typename Ids>
std::vector<size_t> FindShared(const std::vector<FoundFile>& files, Ids seen,
                               Ids shared) {
  bool any = false;
  for (const FoundFile& file : files) {
    if (seen.Insert(file.id())) continue;
    shared.Insert(file.id());
    any = true;
  }
  // Mostly there are none, and then this is all.
  std::vector<size_t> indices;
  for (size_t i = 0; any && i < files.size(); ++i) {
    if (shared.Contains(files[i].id())) indices.push_back(i);
  }
  return indices;
}

}  // namespace

std::vector<size_t> WithSharedIds(const std::vector<FoundFile>& files) {
  if (files.empty()) return {};
  uint64_t least = files.front().inode;
  uint64_t greatest = least;
  bool one_device = true;
  for (const FoundFile& file : files) {
    least = std::min(least, file.inode);
    greatest = std::max(greatest, file.inode);
    one_device = one_device && file.device == files.front().device;
  }
  if (!one_device || (greatest - least) / kInodesAFile >= files.size()) {
    return FindShared(files, AnyIds(), AnyIds());
  }
  const uint64_t count = greatest - least + 1;
  return FindShared(files, CloseIds(least, count), CloseIds(least, count));
}

std::vector<FoundFile> GroupByFile(std::vector<FoundFile> reached,
                                   bool distinct) {
  const auto by_path = [](const FoundFile& a, const FoundFile& b) {
    return a.names.front() < b.names.front();
  };
  if (!std::is_sorted(reached.begin(), reached.end(), by_path)) {
    // Stable: of a file reached twice by one name the first state counts.
    std::stable_sort(reached.begin(), reached.end(), by_path);
  }
  // In the order of paths, so that files come out by their first names.
  const std::vector<size_t> shared =
      distinct ? std::vector<size_t>() : WithSharedIds(reached);
  if (shared.empty()) return reached;
  auto next_shared = shared.begin();
  std::vector<FoundFile> files;
  files.reserve(reached.size());
  absl::flat_hash_map<FileId, size_t> index_of;  // of what is shared
  for (size_t i = 0; i < reached.size(); ++i) {
    size_t index = files.size();
    if (next_shared != shared.end() && *next_shared == i) {
      ++next_shared;
      index = index_of.try_emplace(reached[i].id(), index).first->second;
    }
    if (index == files.size()) {
      files.push_back(std::move(reached[i]));
      continue;
    }
    std::vector<std::string>& names = files[index].names;
    std::string& name = reached[i].names.front();
    if (names.back() != name) names.push_back(std::move(name));
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
