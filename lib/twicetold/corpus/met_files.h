// SPDX-License-Identifier: Apache-2.0
//
// The regular files that a walk has met. Most are known by name only until it
// is over, and then looked at by many threads at once, or not at all.
//
// Cost: that of StatFiles for what is looked at. Thread safety: one thread.
#ifndef TWICETOLD_CORPUS_MET_FILES_H_
#define TWICETOLD_CORPUS_MET_FILES_H_

#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/reached_files.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {

class MetFiles {
 public:
  // Both have to outlive this; `skipped` is told what cannot be used.
  MetFiles(const WalkOptions& options, std::vector<SkippedInput>* skipped)
      : options_(options), skipped_(skipped) {}

  // For the files of a folder with so many entries.
  void MakeRoom(size_t entries);

  void Add(FoundFile file) { files_.push_back(std::move(file)); }
  // Of a file that may be too large.
  void Use(std::string path, FileId id, const FileState& state);
  // Of one that was not looked at.
  void AddUnseen(const std::string& path) { unseen_.push_back(path); }

  // Looks at files as far as the options need it, once all are met. False if
  // it was stopped.
  bool See(std::stop_token stop);

  // Whether the files are known to be different ones.
  bool are_distinct() const { return are_distinct_; }
  std::vector<FoundFile> Take() { return std::move(files_); }

 private:
  void LeaveSharedUnseen();

  const WalkOptions& options_;
  std::vector<SkippedInput>* skipped_;
  std::vector<FoundFile> files_;
  std::vector<std::string> unseen_;  // paths
  bool are_distinct_ = false;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_MET_FILES_H_
