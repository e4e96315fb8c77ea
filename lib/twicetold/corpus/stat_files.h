// SPDX-License-Identifier: Apache-2.0
//
// Looks at many files at once: which file a path leads to, and its state.
//
// Cost: one stat(2) a path, shared out among threads; that is most of what a
// walk costs.
// Thread safety: a free function without state.
#ifndef TWICETOLD_CORPUS_STAT_FILES_H_
#define TWICETOLD_CORPUS_STAT_FILES_H_

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/reached_files.h"

namespace twicetold {

struct SeenFile {
  FileId id;
  FileState state = {};
  int error = 0;  // errno of what cannot be looked at; 0 for none
};

// By index in `paths`; symbolic links are not followed. `threads`: 0 is as many
// as the machine has. Once `stop` is requested the outcome is incomplete.
std::vector<SeenFile> StatFiles(std::span<const std::string> paths, int threads,
                                std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_STAT_FILES_H_
