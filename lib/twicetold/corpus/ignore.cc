// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/ignore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "twicetold/corpus/ignore_file.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {
namespace {

struct SmallFile {
  std::string bytes;  // at most kMaxIgnoreFileBytes, then whole lines
  bool cut = false;   // there are more
  int error = 0;      // of a file that is there and cannot be read
};

// True if there is a regular file, as far as the system tells.
bool IsThere(int folder, const std::string& path) {
  struct stat status;
  return fstatat(folder, path.c_str(), &status, 0) == 0 &&
         S_ISREG(status.st_mode);
}

// The start of the regular file at `path`, or nothing.
SmallFile ReadSmallFile(int folder, const std::string& path) {
  SmallFile file;
  const UniqueFd fd = OpenPathAt(folder, path);
  if (!fd.ok()) {
    const int error = errno;
    if (IsThere(folder, path)) file.error = error;
    return file;
  }
  struct stat status;
  if (fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return file;
  char chunk[16384];
  // One byte more than are used tells whether there are more.
  while (file.bytes.size() <= kMaxIgnoreFileBytes) {
    const ssize_t n = read(fd.get(), chunk, sizeof(chunk));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {.bytes = {}, .cut = false, .error = errno};
    if (n == 0) return file;
    file.bytes.append(chunk, static_cast<size_t>(n));
  }
  file.cut = true;
  file.bytes.resize(kMaxIgnoreFileBytes);
  // A rule cut in two is another rule.
  file.bytes.resize(file.bytes.rfind('\n') + 1);
  return file;
}

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string Join(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : folder + "/" + path;
}

}  // namespace

// The file at `path`, seen from `folder`, which notices name `name` + `path`.
IgnoreFile IgnoreStack::Load(int folder, const std::string& path,
                             std::string_view name) {
  const SmallFile file = ReadSmallFile(folder, path);
  std::string limits;
  if (file.cut) limits = "only its first 1,048,576 bytes are heeded";
  static_assert(kMaxIgnoreFileBytes == 1048576, "it is part of a text");
  IgnoreFile rules = IgnoreFile::Parse(file.bytes, &limits);
  const auto notice = [&](SkipReason reason, const std::string& what) {
    const std::string front(path.starts_with('/') ? "" : name);
    notices_.push_back({front + path, {reason, "ignore file: " + what}});
  };
  if (file.error != 0) notice(SkipReason::kUnreadable, ErrorText(file.error));
  if (!limits.empty()) notice(SkipReason::kTooLarge, limits);
  return rules;
}

// In a worktree or a submodule, .git is a file that says where the repository
// is, and `commondir` there says where what worktrees share is.
IgnoreFile IgnoreStack::LoadExclude(int folder, std::string_view name) {
  constexpr std::string_view kKey = "gitdir: ";
  struct stat status;
  if (fstatat(folder, ".git", &status, 0) != 0) return IgnoreFile();
  std::string git = ".git";
  if (S_ISREG(status.st_mode)) {
    const std::string line = FirstLine(ReadSmallFile(folder, git).bytes);
    if (!line.starts_with(kKey)) return IgnoreFile();
    git = line.substr(kKey.size());
    const std::string common =
        FirstLine(ReadSmallFile(folder, git + "/commondir").bytes);
    if (!common.empty()) git = Join(git, common);
  }
  return Load(folder, git + "/info/exclude", name);
}

void IgnoreStack::Push(int fd, size_t path_offset, std::string_view name,
                       const IgnoreFilesPresent& present) {
  Level level{.path_offset = path_offset,
              .git = present.git,
              .rgignore = {},
              .ignore = {},
              .gitignore = {},
              .exclude = {}};
  if (present.rgignore) level.rgignore = Load(fd, ".rgignore", name);
  if (present.ignore) level.ignore = Load(fd, ".ignore", name);
  if (present.gitignore) level.gitignore = Load(fd, ".gitignore", name);
  if (present.git) level.exclude = LoadExclude(fd, name);
  const bool has_rules = !level.rgignore.empty() || !level.ignore.empty() ||
                         !level.gitignore.empty() || level.git;
  if (!has_rules) return;
  if (level.git) ++git_levels_;
  levels_.push_back(std::move(level));
}

void IgnoreStack::PushParentsOf(const std::string& folder) {
  // Each slash but the last ends the path of a parent.
  for (size_t slash = 0; slash + 1 < folder.size();
       slash = folder.find('/', slash + 1)) {
    const UniqueFd fd =
        OpenPath(folder.substr(0, slash + 1), O_PATH | O_DIRECTORY);
    if (!fd.ok()) continue;
    struct stat status;
    const bool git = fstatat(fd.get(), ".git", &status, 0) == 0;
    Push(fd.get(), slash + 1, folder.substr(0, slash + 1),
         {.rgignore = true, .ignore = true, .gitignore = true, .git = git});
  }
}

void IgnoreStack::Resize(size_t size) {
  while (levels_.size() > size) {
    if (levels_.back().git) --git_levels_;
    levels_.pop_back();
  }
}

Verdict IgnoreStack::Match(std::string_view absolute, std::string_view named,
                           bool is_folder) {
  // The verdict of each kind of file, strongest first.
  Verdict rgignore = Verdict::kNone;
  Verdict ignore = Verdict::kNone;
  Verdict gitignore = Verdict::kNone;
  Verdict exclude = Verdict::kNone;
  const auto ask = [&](const IgnoreFile& file, size_t offset, Verdict* so_far) {
    if (*so_far == Verdict::kNone) {
      *so_far = file.Match(absolute.substr(offset), is_folder, &scratch_);
    }
  };
  bool in_repository = git_levels_ > 0;
  for (size_t i = levels_.size(); i-- > 0;) {
    const Level& level = levels_[i];
    ask(level.rgignore, level.path_offset, &rgignore);
    if (rgignore != Verdict::kNone) return rgignore;
    ask(level.ignore, level.path_offset, &ignore);
    if (!in_repository) continue;
    ask(level.gitignore, level.path_offset, &gitignore);
    ask(level.exclude, level.path_offset, &exclude);
    if (level.git) in_repository = false;
  }
  if (ignore != Verdict::kNone) return ignore;
  if (gitignore != Verdict::kNone) return gitignore;
  if (exclude != Verdict::kNone) return exclude;
  return git_levels_ > 0 ? global_.Match(named, is_folder, &scratch_)
                         : Verdict::kNone;
}

void IgnoreStack::SetGlobalExcludes(const std::string& path) {
  global_ = Load(AT_FDCWD, path, "");
}

}  // namespace twicetold
