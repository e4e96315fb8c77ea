// SPDX-License-Identifier: Apache-2.0
//
// What a walk has gathered, put in order: each file once with all its names,
// each skipped input once.
//
// Cost: sorting, unless it is in order already. Thread safety: free functions
// without state.
#ifndef TWICETOLD_CORPUS_REACHED_FILES_H_
#define TWICETOLD_CORPUS_REACHED_FILES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/role.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

using FileId = std::pair<uint64_t, uint64_t>;  // device, inode

struct FoundFile {
  std::vector<std::string> names;  // at least one, ascending bytes
  uint64_t device = 0;
  uint64_t inode = 0;
  FileState state = {};  // at the time of the walk, if it was looked at
  Role role = Role::kNew;

  FileId id() const { return {device, inode}; }
};

// A file as it was reached, by one name.
inline FoundFile ReachedFile(std::string path, FileId id,
                             const FileState& state = {}) {
  FoundFile file = {
      .names = {}, .device = id.first, .inode = id.second, .state = state};
  file.names.push_back(std::move(path));
  return file;
}

// Which of `files` have an id that another one has as well, ascending.
// Cost: O(n), and the less memory the closer their inodes are together.
std::vector<size_t> WithSharedIds(const std::vector<FoundFile>& files);

// One entry for each file, whatever the number of its names; by first name.
// `reached` has one name each. `distinct`: no two have the same id.
std::vector<FoundFile> GroupByFile(std::vector<FoundFile> reached,
                                   bool distinct = false);

// The files of two walks, those of the second being the reference: one that
// both found is one file of both, with all its names. By first name.
std::vector<FoundFile> JoinFiles(std::vector<FoundFile> files,
                                 std::vector<FoundFile> reference);

// Takes out of `*skipped` what was used under the same name.
void DropUsed(const std::vector<FoundFile>& used,
              std::vector<SkippedInput>* skipped);

// By path, each once.
void SortOnce(std::vector<SkippedInput>* skipped);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_REACHED_FILES_H_
