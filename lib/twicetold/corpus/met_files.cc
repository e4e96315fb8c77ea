// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/met_files.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/stat_files.h"

namespace twicetold {
namespace {

// Files that there is room made for: what is listed later may be as much.
constexpr size_t kRoomAnEntry = 2;

}  // namespace

// Files that have found their place need not be moved to another one, which
// would be memory touched for the first time.
void MetFiles::MakeRoom(size_t entries) {
  const size_t wanted = files_.size() + kRoomAnEntry * entries;
  if (wanted <= files_.capacity()) return;
  files_.reserve(std::max(wanted, 2 * files_.capacity()));
}

void MetFiles::Use(std::string path, FileId id, const FileState& state) {
  if (options_.max_filesize.has_value() &&
      state.size > *options_.max_filesize) {
    skipped_->push_back(
        {std::move(path),
         {SkipReason::kTooLarge, absl::StrFormat("%d bytes", state.size)}});
    return;
  }
  files_.push_back(ReachedFile(std::move(path), id, state));
}

// Of files that seem to be one, nothing was looked at yet but names.
void MetFiles::LeaveSharedUnseen() {
  std::vector<size_t> shared = WithSharedIds(files_);
  are_distinct_ = shared.empty() && unseen_.empty();
  std::erase_if(shared, [this](size_t i) { return files_[i].state.known(); });
  if (shared.empty()) return;
  for (const size_t i : shared) {
    unseen_.push_back(std::move(files_[i].names.front()));
    files_[i].names.clear();
  }
  std::erase_if(files_,
                [](const FoundFile& file) { return file.names.empty(); });
}

bool MetFiles::See(std::stop_token stop) {
  if (!options_.states) LeaveSharedUnseen();
  const std::vector<SeenFile> seen = StatFiles(unseen_, options_.threads, stop);
  if (stop.stop_requested()) return false;
  files_.reserve(files_.size() + seen.size());
  for (size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].error != 0) {
      skipped_->push_back({std::move(unseen_[i]), SkipForErrno(seen[i].error)});
    } else {
      Use(std::move(unseen_[i]), seen[i].id, seen[i].state);
    }
  }
  return true;
}

}  // namespace twicetold
