// SPDX-License-Identifier: Apache-2.0
#include "tools/dedup_inputs.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/inputs.h"
#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/walk.h"
#include "twicetold/dedup/dedup.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

namespace fs = std::filesystem;

std::string WithoutSlashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// Where a file of that name goes.
std::string OutputOf(const std::string& name,
                     const std::vector<std::string>& roots) {
  for (const std::string& given : roots) {
    const std::string root = WithoutSlashes(given);
    const std::string folder = root == "/" ? root : root + "/";
    if (name.starts_with(folder)) return name.substr(folder.size());
  }
  return fs::path(name).filename();
}

// Tells what lies in a folder, however it is named.
class FolderOf {
 public:
  explicit FolderOf(const std::string& folder) : folder_(Whole(folder) / "") {}

  bool Has(const std::string& path) const {
    return Whole(path).native().starts_with(folder_.native());
  }

  // Whether it lies in a folder of stages that this one has.
  bool HasInStages(const std::string& path) const {
    const std::string whole = Whole(path).native();
    if (!whole.starts_with(folder_.native())) return false;
    std::string_view below = whole;
    below.remove_prefix(folder_.native().size());
    return IsStagesFolder(below.substr(0, below.find('/')));
  }

 private:
  static fs::path Whole(const std::string& path) {
    std::error_code error;
    fs::path whole = fs::weakly_canonical(path, error);
    return error ? fs::path(path) : whole;
  }
  fs::path folder_;
};

template <typename IsOutput>
void Drop(const IsOutput& is_output, WalkResult* found) {
  std::erase_if(found->files, [&](const FoundFile& file) {
    return is_output(file.names.front());
  });
  std::erase_if(found->skipped, [&](const SkippedInput& input) {
    return is_output(input.path);
  });
}

// What this run writes is no input, nor are the stages of others. The folder
// for temporary files may well be one that inputs lie in.
void DropOutputs(const DedupFlags& flags, WalkResult* found) {
  std::error_code error;
  const auto exists = [&error](const std::string& folder) {
    return !folder.empty() && fs::exists(folder, error);
  };
  if (exists(flags.target.into)) {
    const FolderOf into(flags.target.into);
    Drop([&](const std::string& path) { return into.Has(path); }, found);
  }
  if (exists(flags.target.temporary)) {
    const FolderOf temporary(flags.target.temporary);
    Drop([&](const std::string& path) { return temporary.HasInStages(path); },
         found);
  }
}

}  // namespace

absl::StatusOr<DedupInput> FindDedupInputs(const DedupFlags& flags,
                                           std::stop_token stop) {
  const absl::StatusOr<WalkOptions> options =
      WalkOptionsOf(flags.input, flags.dedup.threads);
  if (!options.ok()) return options.status();
  const std::vector<std::string> roots = ExpandGlobs(flags.input.paths);
  WalkResult found = Walk(roots, *options, stop);
  if (!flags.input.against.empty()) {
    found = JoinWalks(std::move(found),
                      Walk(ExpandGlobs(flags.input.against), *options, stop));
  }
  if (stop.stop_requested()) return absl::CancelledError("interrupted");
  if (!found.streams.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s can be read only once, and dedup reads its input several times: "
        "save it to a file",
        Harmless(found.streams.front().names.front())));
  }
  const bool any_found = !found.files.empty();
  DropOutputs(flags, &found);
  if (any_found && found.files.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "all of INPUT is in %s, which is to be written: name another folder",
        Harmless(flags.target.into)));
  }
  DedupInput input;
  const auto add = [&](const FoundFile& file, bool records) {
    const std::string& name = file.names.front();
    input.files.push_back(
        {.path = name,
         .output = OutputOf(name, roots),
         .records = records,
         .compression = records ? CompressionOf(name) : Compression::kNone,
         .bytes = file.state.size,
         .role = file.role});
  };
  const InputFormat format = flags.input.records.format;
  if (format == InputFormat::kAuto) {
    for (const FoundFile& file : TakeRecordFiles(&found.files)) add(file, true);
  }
  for (const FoundFile& file : found.files) {
    add(file, format == InputFormat::kJsonl);
  }
  input.skipped = std::move(found.skipped);
  if (!input.files.empty()) return input;
  for (const SkippedInput& skipped : input.skipped) {
    if (!IsError(skipped.skip.reason)) continue;
    return absl::NotFoundError(absl::StrFormat(
        "%s: %s", Harmless(skipped.path), Harmless(SkipWords(skipped.skip))));
  }
  return absl::NotFoundError("no files to read in what was given as INPUT");
}

}  // namespace twicetold
