// SPDX-License-Identifier: Apache-2.0
//
// All the ignore files that bear on one folder, by ripgrep's rules.
//
// Going down a tree, each folder adds what it holds of .rgignore, .ignore,
// .gitignore and .git/info/exclude. Above the root of a walk the same files of
// all parent folders count. The kinds of files are asked in this order:
//
//   .rgignore > .ignore > .gitignore > .git/info/exclude > the global excludes
//
// and within a kind the deepest folder first; the first that says anything
// decides. The last three kinds count only inside a git repository, and only
// as far up as its root (a nested repository does not see the files of the one
// around it). The file of global excludes is relative to the current folder.
//
// Unlike git, ripgrep reads .rgignore and .ignore, lets an ignore file be a
// symbolic link, and leaves out files that are tracked. In a worktree, the
// exclude file is that of the main repository, as in both. One thing in
// ripgrep 13 is taken for a mistake (later versions and git agree) and not
// followed: given a folder by a relative path, it forgets rules with a slash
// in the ignore files of the folders above.
//
// What is no regular file, or a link to none, counts as absent. Whatever else
// is not heeded is in notices(), by the path of the ignore file:
//   kUnreadable   the file is there, but the system refused to open or read it;
//                 none of its rules is heeded
//   kTooLarge     it is over a limit, and heeded as far as that goes: the whole
//                 lines of the first kMaxIgnoreFileBytes, of these the first
//                 IgnoreFile::kMaxRules rules, without patterns of more than
//                 IgnoreFile::kMaxPatternBytes
//
// The limits are there since a tree of somebody else's may hold ignore files
// made to cost memory and time; those that people write are far below.
// Cost: memory for the rules of the folders above the current one only, at
// most some 80 times the bytes of each file.
// Thread safety: none; one object a walk.
#ifndef TWICETOLD_CORPUS_IGNORE_H_
#define TWICETOLD_CORPUS_IGNORE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/corpus/glob.h"
#include "twicetold/corpus/ignore_file.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

// Which ignore files a folder holds, told by whoever lists it, so that the
// others need not be looked for.
struct IgnoreFilesPresent {
  bool rgignore = false;
  bool ignore = false;
  bool gitignore = false;
  bool git = false;  // a .git of any kind
};

inline constexpr size_t kMaxIgnoreFileBytes = size_t{1} << 20;

class IgnoreStack {
 public:
  // Adds the folder open as `fd`. Paths given to Match() later are seen from
  // there without their first `path_offset` bytes. `name` is the folder as
  // notices are to name it, empty or with a slash at its end.
  void Push(int fd, size_t path_offset, std::string_view name,
            const IgnoreFilesPresent& present);

  // Adds every folder above `folder`, an absolute path that ends with a slash
  // and has no symbolic links; offsets count in such paths.
  void PushParentsOf(const std::string& folder);

  // Folders that hold no rules add nothing: a mark to come back to.
  size_t size() const { return levels_.size(); }
  void Resize(size_t size);

  // `absolute` is the path of an entry of the folder pushed last, `named` the
  // same as a caller sees it, for the global excludes.
  Verdict Match(std::string_view absolute, std::string_view named,
                bool is_folder);

  // From the file at `path`, which need not be there.
  void SetGlobalExcludes(const std::string& path);

  // What was not heeded so far, with repetitions.
  const std::vector<SkippedInput>& notices() const { return notices_; }

 private:
  struct Level {
    size_t path_offset = 0;
    bool git = false;
    IgnoreFile rgignore;
    IgnoreFile ignore;
    IgnoreFile gitignore;
    IgnoreFile exclude;
  };

  IgnoreFile Load(int folder, const std::string& path, std::string_view name);
  IgnoreFile LoadExclude(int folder, std::string_view name);

  std::vector<Level> levels_;
  size_t git_levels_ = 0;  // how many of levels_ are the root of a repository
  IgnoreFile global_;
  GlobScratch scratch_;
  std::vector<SkippedInput> notices_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_IGNORE_H_
