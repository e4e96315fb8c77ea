// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/walk.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/folder_list.h"
#include "twicetold/corpus/glob.h"
#include "twicetold/corpus/ignore.h"
#include "twicetold/corpus/met_files.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/reached_files.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {
namespace {

FileId IdOf(const struct stat& status) {
  return {status.st_dev, status.st_ino};
}

// Folders listed ahead of time at once: more are more memory.
constexpr size_t kFoldersAhead = 64;

class Walker {
 public:
  Walker(const WalkOptions& options, std::stop_token stop, WalkResult* result)
      : options_(options),
        stop_(std::move(stop)),
        result_(result),
        files_(options, &result->skipped) {
    if (char* folder = realpath(".", nullptr); folder != nullptr) {
      current_folder_ = WithSlash(folder);
      free(folder);
    }
    if (!options_.no_ignore && !options_.global_excludes.empty()) {
      ignores_.SetGlobalExcludes(options_.global_excludes);
    }
  }

  void WalkRoot(const std::string& root);
  void WalkCurrentFolder() { WalkFolders(".", ""); }

  // Gives the result what the walk has met; the last thing to call.
  void Finish();

 private:
  // A folder to go into: `name` in the folder of depth `depth` - 1.
  struct Pending {
    std::string name;
    size_t depth;
    bool link;
    std::unique_ptr<ListedFolder> listed = {};  // if that was done
  };

  // A folder that the walk is in, for each depth. Lengths are of the paths up
  // to and with the slash.
  struct Frame {
    size_t path_bytes;
    size_t absolute_bytes;
    size_t ignore_levels;
    FileId id;
    // Whether the folder gives the inodes that its files have; not known until
    // one of them was looked at.
    std::optional<bool> gives_inodes = {};
  };

  static std::string WithSlash(std::string path) {
    if (!path.ends_with('/')) path += '/';
    return path;
  }

  void WalkFolders(const std::string& root, const std::string& prefix);
  void Enter(Pending* next);
  void ListAhead(Pending* next);
  UniqueFd OpenFolder(const Pending& pending);
  bool AdmitFolder(const Pending& pending, struct stat* status);
  void UseEntry(FolderEntry* entry);
  bool LeftOut(const std::string& name, bool is_folder);
  bool KnowsFile(const FolderEntry& entry);

  void SkipHere(std::string_view suffix, SkipReason reason,
                std::string detail = "") {
    result_->skipped.push_back(
        {path_ + std::string(suffix), {reason, std::move(detail)}});
  }
  void SkipErrno(std::string_view suffix, int error) {
    Skip skip = SkipForErrno(error);
    SkipHere(suffix, skip.reason, std::move(skip.detail));
  }

  // The path by which globs of the caller know what is at `path_`.
  std::string_view Named() const {
    std::string_view path = path_;
    if (!current_folder_.empty() && path.starts_with(current_folder_)) {
      path.remove_prefix(current_folder_.size());
    }
    while (path.starts_with("./")) path.remove_prefix(2);
    return path;
  }

  const WalkOptions& options_;
  std::stop_token stop_;
  WalkResult* result_;
  std::string current_folder_;  // with a slash; empty if it cannot be told
  MetFiles files_;
  std::vector<FoundFile> streams_;

  // Within one root. While an entry is looked at, both paths end with it.
  std::string path_;
  std::string absolute_;
  IgnoreStack ignores_;
  GlobScratch scratch_;
  std::vector<Pending> pending_;
  std::vector<Frame> frames_;
  UniqueFd folder_;  // the folder of frames_.back()
  absl::flat_hash_map<FileId, int> visits_;

  std::unique_ptr<ThreadPool> pool_;  // once there are folders to list ahead
};

void Walker::WalkRoot(const std::string& root) {
  path_ = root;
  struct stat status;
  if (root.empty() || !StatPath(root, true, &status)) {
    return SkipErrno("", root.empty() ? ENOENT : errno);
  }
  FoundFile reached = ReachedFile(root, IdOf(status), StateOf(status));
  switch (KindOfMode(status.st_mode)) {
    case EntryKind::kFolder:
      return WalkFolders(root, WithSlash(root));
    case EntryKind::kFile:
      return files_.Add(std::move(reached));
    case EntryKind::kFifo:
      return streams_.push_back(std::move(reached));
    case EntryKind::kSocket:
      return SkipHere("", SkipReason::kSocket);
    default:
      break;
  }
  if (S_ISCHR(status.st_mode)) return streams_.push_back(std::move(reached));
  SkipHere("", SkipReason::kDevice);
}

void Walker::WalkFolders(const std::string& root, const std::string& prefix) {
  absolute_.assign(1, '/');
  ignores_.Resize(0);
  if (!options_.no_ignore) {
    if (char* folder = realpath(root.c_str(), nullptr); folder != nullptr) {
      absolute_ = WithSlash(folder);
      free(folder);
      ignores_.PushParentsOf(absolute_);
    }
  }
  frames_.clear();
  visits_.clear();
  folder_.reset();
  path_ = prefix;
  // The root is the folder "" in a frame of its own, which has no descriptor.
  frames_.push_back({path_.size(), absolute_.size(), ignores_.size(), {}});
  pending_.push_back({root, 0, true});
  while (!pending_.empty()) {
    if (stop_.stop_requested()) {
      result_->stopped = true;
      pending_.clear();
      return;
    }
    Pending next = std::move(pending_.back());
    pending_.pop_back();
    Enter(&next);
  }
}

// Lists one folder and looks at each entry. frames_[d] is the parent of what
// has depth d; frames_[0] stands for the root's parent.
void Walker::Enter(Pending* next) {
  const Pending& pending = *next;
  const bool root = pending.depth == 0;
  const bool in_parent = !root && frames_.size() == pending.depth + 1;
  if (!in_parent) folder_.reset();
  frames_.resize(pending.depth + 1);
  const Frame parent = frames_.back();
  path_.resize(parent.path_bytes);
  absolute_.resize(parent.absolute_bytes);
  ignores_.Resize(parent.ignore_levels);
  ListAhead(next);
  if (!root) path_ += pending.name;
  folder_ = OpenFolder(pending);
  if (!folder_.ok()) {
    const int error = errno;
    if (path_.empty()) path_.assign(1, '.');
    return SkipErrno(path_.ends_with('/') ? "" : "/", error);
  }
  if (!root) {
    path_ += '/';
    absolute_ += pending.name;
    absolute_ += '/';
  }
  struct stat status;
  if (!AdmitFolder(pending, &status)) return folder_.reset();
  FolderList list = next->listed && next->listed->IsOf(status)
                        ? std::move(next->listed->list)
                        : ListFolder(folder_.get());
  if (list.error != 0) SkipErrno("", list.error);  // what is listed is used
  if (!options_.no_ignore) {
    ignores_.Push(folder_.get(), absolute_.size(), path_, list.present);
  }
  std::vector<FolderEntry>& entries = list.entries;
  frames_.back().ignore_levels = ignores_.size();
  const Frame here = frames_.back();
  const size_t first_pending = pending_.size();
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i % 1024 == 0 && stop_.stop_requested()) return;
    path_ += entries[i].name;
    absolute_ += entries[i].name;
    UseEntry(&entries[i]);
    path_.resize(here.path_bytes);
    absolute_.resize(here.absolute_bytes);
  }
  // The last one pushed is gone into first.
  std::reverse(pending_.begin() + static_cast<ptrdiff_t>(first_pending),
               pending_.end());
}

// Has all threads list the folder to go into and those that follow it in the
// same folder, whose path `path_` is then.
void Walker::ListAhead(Pending* next) {
  if (next->listed || next->depth == 0 || options_.threads == 1) return;
  std::vector<Pending*> siblings = {next};
  for (size_t i = pending_.size();
       i-- > 0 && siblings.size() < kFoldersAhead;) {
    if (pending_[i].depth != next->depth) break;
    siblings.push_back(&pending_[i]);
  }
  if (siblings.size() == 1) return;
  if (!pool_) pool_ = std::make_unique<ThreadPool>(options_.threads);
  std::vector<FolderAhead> folders;
  folders.reserve(siblings.size());
  for (const Pending* sibling : siblings) {
    folders.push_back({path_ + sibling->name, sibling->link});
  }
  auto listed = ListFolders(folders, pool_.get(), stop_);
  size_t entries = 0;
  for (size_t i = 0; i < siblings.size(); ++i) {
    if (listed[i]) entries += listed[i]->list.entries.size();
    siblings[i]->listed = std::move(listed[i]);
  }
  files_.MakeRoom(entries);
}

UniqueFd Walker::OpenFolder(const Pending& pending) {
  // A folder that has become a link since it was listed is not followed.
  const int flags = O_DIRECTORY | (pending.link ? 0 : O_NOFOLLOW);
  if (pending.depth == 0) return OpenPath(pending.name, flags);
  if (folder_.ok()) return OpenPathAt(folder_.get(), pending.name, flags);
  return OpenPath(path_, flags);
}

// Makes the folder just opened the one the walk is in, unless that would go
// round in a circle.
bool Walker::AdmitFolder(const Pending& pending, struct stat* status) {
  if (fstat(folder_.get(), status) != 0) {
    SkipErrno("", errno);
    return false;
  }
  const FileId id = IdOf(*status);
  if (options_.follow) {
    // frames_[0] is no folder.
    const bool above =
        pending.link && pending.depth > 0 &&
        std::any_of(frames_.begin() + 1, frames_.end(),
                    [&](const Frame& frame) { return frame.id == id; });
    if (above || ++visits_[id] > kMaxFolderVisits) {
      SkipHere("", SkipReason::kSymlinkLoop,
               above ? "leads back to a folder above it"
                     : absl::StrFormat("folder reached more than %d times",
                                       kMaxFolderVisits));
      return false;
    }
  }
  frames_.push_back({path_.size(), absolute_.size(), ignores_.size(), id});
  return true;
}

void Walker::UseEntry(FolderEntry* entry) {
  struct stat status;
  bool known = false;
  if (entry->kind == EntryKind::kUnknown) {
    if (fstatat(folder_.get(), entry->name.c_str(), &status,
                AT_SYMLINK_NOFOLLOW) != 0) {
      return SkipErrno("", errno);
    }
    known = true;
    entry->kind = KindOfMode(status.st_mode);
  }
  const bool link = entry->kind == EntryKind::kLink;
  int error = 0;
  if (link && options_.follow) {
    known = fstatat(folder_.get(), entry->name.c_str(), &status, 0) == 0;
    if (known) {
      entry->kind = KindOfMode(status.st_mode);
    } else {
      error = errno;
    }
  }
  const bool is_folder = entry->kind == EntryKind::kFolder;
  if (LeftOut(entry->name, is_folder)) return;
  switch (entry->kind) {
    case EntryKind::kFolder:
      pending_.push_back({std::move(entry->name), frames_.size() - 1, link});
      return;
    case EntryKind::kFile:
      if (known) return files_.Use(path_, IdOf(status), StateOf(status));
      if (!KnowsFile(*entry)) return files_.AddUnseen(path_);
      return files_.Add(
          ReachedFile(path_, {frames_.back().id.first, entry->inode}));
    case EntryKind::kFifo:
      return SkipHere("", SkipReason::kFifo);
    case EntryKind::kSocket:
      return SkipHere("", SkipReason::kSocket);
    case EntryKind::kLink:
      break;
    default:
      return SkipHere("", SkipReason::kDevice);
  }
  if (!options_.follow) return SkipHere("", SkipReason::kSymlink);
  if (error != ELOOP) return SkipErrno("", error);
  SkipHere("", SkipReason::kSymlinkLoop, ErrorText(error));
}

// True if nothing has to be known of a file that its folder does not tell.
bool Walker::KnowsFile(const FolderEntry& entry) {
  if (options_.states || options_.max_filesize) return false;
  Frame& here = frames_.back();
  if (!here.gives_inodes) {
    struct stat status;
    here.gives_inodes = fstatat(folder_.get(), entry.name.c_str(), &status,
                                AT_SYMLINK_NOFOLLOW) == 0 &&
                        IdOf(status) == FileId(here.id.first, entry.inode);
  }
  return *here.gives_inodes;
}

// True, with the reason recorded, if a rule leaves out what is at `path_`.
bool Walker::LeftOut(const std::string& name, bool is_folder) {
  const std::string_view suffix = is_folder ? "/" : "";
  Verdict verdict = Verdict::kNone;
  if (!options_.globs.empty()) {
    verdict = options_.globs.Match(Named(), is_folder, &scratch_);
    if (verdict == Verdict::kIgnore) {
      SkipHere(suffix, SkipReason::kExcluded);
      return true;
    }
  }
  if (verdict == Verdict::kNone && !options_.no_ignore) {
    verdict = ignores_.Match(absolute_, Named(), is_folder);
    if (verdict == Verdict::kIgnore) {
      SkipHere(suffix, SkipReason::kIgnored);
      return true;
    }
  }
  if (verdict == Verdict::kNone && !options_.hidden && name.starts_with('.')) {
    SkipHere(suffix, SkipReason::kHidden);
    return true;
  }
  return false;
}

void Walker::Finish() {
  if (!files_.See(stop_)) result_->stopped = true;
  const bool distinct = files_.are_distinct();
  result_->files = GroupByFile(files_.Take(), distinct);
  result_->streams = GroupByFile(std::move(streams_));
  DropUsed(result_->files, &result_->skipped);
  DropUsed(result_->streams, &result_->skipped);
  // An ignore file may well be a document, too.
  result_->skipped.insert(result_->skipped.end(), ignores_.notices().begin(),
                          ignores_.notices().end());
  SortOnce(&result_->skipped);
}

}  // namespace

WalkResult Walk(std::span<const std::string> roots, const WalkOptions& options,
                std::stop_token stop) {
  WalkResult result;
  Walker walker(options, stop, &result);
  if (roots.empty()) walker.WalkCurrentFolder();
  for (const std::string& root : roots) {
    if (result.stopped || stop.stop_requested()) {
      result.stopped = true;
      break;
    }
    walker.WalkRoot(root);
  }
  walker.Finish();
  return result;
}

WalkResult JoinWalks(WalkResult found, WalkResult reference) {
  WalkResult joined;
  joined.files = JoinFiles(std::move(found.files), std::move(reference.files));
  joined.streams =
      JoinFiles(std::move(found.streams), std::move(reference.streams));
  joined.skipped = std::move(found.skipped);
  joined.skipped.insert(joined.skipped.end(), reference.skipped.begin(),
                        reference.skipped.end());
  // Notices of ignore files stay: their files may be documents, too.
  SortOnce(&joined.skipped);
  joined.stopped = found.stopped || reference.stopped;
  return joined;
}

}  // namespace twicetold
