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

 private:
  static fs::path Whole(const std::string& path) {
    std::error_code error;
    fs::path whole = fs::weakly_canonical(path, error);
    return error ? fs::path(path) : whole;
  }
  fs::path folder_;
};

// Folders of the output are few, so a look at what the names have in common
// saves asking the system about each file.
void DropOutputs(const DedupFlags& flags, WalkResult* found) {
  std::error_code error;
  for (const std::string& folder :
       {flags.target.into, flags.target.temporary}) {
    if (folder.empty() || !fs::exists(folder, error)) continue;
    const FolderOf outputs(folder);
    std::erase_if(found->files, [&](const FoundFile& file) {
      return outputs.Has(file.names.front());
    });
    std::erase_if(found->skipped, [&](const SkippedInput& input) {
      return outputs.Has(input.path);
    });
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
  DropOutputs(flags, &found);
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
    return absl::NotFoundError(
        absl::StrFormat("%s: %s", Harmless(skipped.path), skipped.skip.detail));
  }
  return absl::NotFoundError("no files to read in what was given as INPUT");
}

}  // namespace twicetold
