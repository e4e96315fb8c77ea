// SPDX-License-Identifier: Apache-2.0
//
// From the paths that a person names to the files that are to be read.
//
// The rules are those of ripgrep 13 (ignore.h, ignore_file.h): what ignore
// files or globs leave out is left out, hidden names too; a folder left out is
// not looked into; what the caller names is used whatever the rules say.
//
// Guarantees:
//   * Whatever is met and not used is in `skipped`, with the reason. A folder
//     that is left out is one entry. What a caller names and the rules leave
//     out elsewhere under the same name counts as used. Ignore files that
//     are not heeded, or not as a whole, are in it as well (ignore.h),
//     whether or not they are used as documents.
//   * The result depends on the tree and the options, not on the order in
//     which the system lists a folder.
//   * One file is in the result once, with all names by which it was reached
//     (hard links, symbolic links, overlapping roots), least first.
//   * No path is too long, no tree too deep: descriptors and call stack do not
//     grow with depth. A tree of links that lead into each other ends: below
//     one root, a folder is entered at most kMaxFolderVisits times, then it is
//     reported as a symlink loop.
//   * A FIFO or socket never blocks the walk.
//
// What tells one file from another is its device and inode. Without `states`
// these are taken from the folder, if the first of its files shows that they
// are the same there; files that seem to be one are looked at all the same. A
// file that is mounted on another is then told from itself elsewhere.
//
// Cost: one stat a file, shared out among threads (without `states` and
// `max_filesize`, one a folder), and listing the folders, shared out as well;
// 100,000 files in a folder are a fraction of a second.
// Memory: the paths found, and what up to 64 folders of each depth hold.
// Thread safety: reads the current folder of the process; otherwise free.
#ifndef TWICETOLD_CORPUS_WALK_H_
#define TWICETOLD_CORPUS_WALK_H_

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/corpus/ignore_file.h"
#include "twicetold/corpus/reached_files.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

struct WalkOptions {
  CallerGlobs globs;                     // -g
  bool hidden = false;                   // use names that begin with a dot
  bool no_ignore = false;                // read no ignore file of any kind
  bool follow = false;                   // follow symbolic links inside folders
  std::optional<uint64_t> max_filesize;  // bytes, for what is not named
  std::string global_excludes;           // git's core.excludesFile; empty: none
  // Whether the state of each file is wanted. Without, what a folder tells of
  // its files is enough for most of them, and their state is left unset.
  bool states = true;
  int threads = 1;  // that list folders and look at files; 0: all there are
};

struct WalkResult {
  std::vector<FoundFile> files;       // regular files, by first name
  std::vector<FoundFile> streams;     // FIFOs and character devices named by
                                      // the caller: can be read only once
  std::vector<SkippedInput> skipped;  // by path
  bool stopped = false;               // asked to; the rest is incomplete
};

inline constexpr int kMaxFolderVisits = 64;

// Without roots, the current folder is walked and names have no "./" in front;
// else a name is its root, as given, joined with the path below it.
WalkResult Walk(std::span<const std::string> roots, const WalkOptions& options,
                std::stop_token stop = {});

// What two walks found, the second of them that of the reference set, as one.
WalkResult JoinWalks(WalkResult found, WalkResult reference);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_WALK_H_
