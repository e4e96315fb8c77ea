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

// A file by one of its names.
struct ReachedFile {
  FileId id;
  FileState state;
  std::string path;
};

struct FoundFile {
  std::vector<std::string> names;  // at least one, ascending bytes
  uint64_t device = 0;
  uint64_t inode = 0;
  FileState state = {};  // at the time of the walk, if it was looked at
  Role role = Role::kNew;
};

// Which of `files` have an id that another one has as well, ascending.
std::vector<size_t> WithSharedIds(const std::vector<ReachedFile>& files);

// One entry for each file, whatever the number of its names; by first name.
// `distinct`: no two have the same id.
std::vector<FoundFile> GroupByFile(std::vector<ReachedFile> reached,
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
