// SPDX-License-Identifier: Apache-2.0
#include "tools/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/git_excludes.h"
#include "tools/report_inputs.h"
#include "twicetold/corpus/file_list.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/read_file.h"
#include "twicetold/corpus/walk.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

constexpr std::string_view kStdin = "-";

// Stdin can be read once: as a document or as a list of paths.
LoadedStream ReadStdin(std::stop_token stop) {
  std::string buffer;
  const ReadResult read = ReadStreamFd(STDIN_FILENO, &buffer, std::move(stop));
  return {.names = {std::string(kStdin)},
          .text = std::string(read.text),
          .skip = read.skip,
          .role = Role::kNew};
}

// A list is no document: it may be empty or hold NULs, and waiting for what a
// pipe has to say is right.
absl::StatusOr<std::vector<std::string>> ReadFileList(const std::string& name,
                                                      bool from0,
                                                      std::stop_token stop) {
  const UniqueFd opened = name == kStdin ? UniqueFd() : OpenPath(name);
  const int fd = name == kStdin ? STDIN_FILENO : opened.get();
  std::string list;
  std::array<char, 1 << 16> piece;
  ssize_t got = fd < 0 ? -1 : 0;
  while (fd >= 0 && WaitForInput(fd, stop) &&
         (got = read(fd, piece.data(), piece.size())) != 0) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    list.append(piece.data(), static_cast<size_t>(got));
  }
  if (got < 0) {
    return absl::NotFoundError(absl::StrFormat(
        "--files-from %s: %s", Harmless(name), ErrorText(errno)));
  }
  return ParseFileList(list, from0);
}

}  // namespace

absl::StatusOr<WalkOptions> WalkOptionsOf(const InputFlags& flags) {
  absl::StatusOr<CallerGlobs> globs = CallerGlobs::Parse(flags.globs);
  if (!globs.ok()) {
    return absl::InvalidArgumentError(
        "-g, --glob: " + Harmless(std::string(globs.status().message())));
  }
  return WalkOptions{.globs = *std::move(globs),
                     .hidden = flags.hidden,
                     .no_ignore = flags.no_ignore,
                     .follow = flags.follow,
                     .max_filesize = flags.max_filesize,
                     .global_excludes = GitExcludesFile()};
}

absl::StatusOr<FileCorpus> FindInputs(const InputFlags& flags,
                                      const std::vector<ReportTarget>& reports,
                                      std::stop_token stop) {
  const absl::StatusOr<WalkOptions> options = WalkOptionsOf(flags);
  if (!options.ok()) return options.status();
  std::vector<std::string> roots = flags.paths;
  std::vector<std::string> reference = flags.against;
  // In a list, - is a file of that name.
  const bool stdin_is_new = std::erase(roots, kStdin) > 0;
  const bool stdin_is_reference = std::erase(reference, kStdin) > 0;
  for (const std::string& list : flags.files_from) {
    const auto paths = ReadFileList(list, flags.from0, stop);
    if (!paths.ok()) return paths.status();
    roots.insert(roots.end(), paths->begin(), paths->end());
  }
  // Without roots the walk would take the current folder.
  WalkResult found;
  if (!roots.empty()) found = Walk(roots, *options, stop);
  if (!reference.empty()) {
    found = JoinWalks(std::move(found), Walk(reference, *options, stop));
  }
  const absl::Status harmless = LeaveOutReports(reports, &found);
  if (!harmless.ok()) return harmless;
  std::vector<LoadedStream> streams = LoadStreams(found.streams, stop);
  if (stdin_is_new || stdin_is_reference) {
    streams.push_back(ReadStdin(stop));
    if (stdin_is_reference) streams.back().role = Role::kReference;
  }
  if (stop.stop_requested()) return absl::CancelledError("interrupted");
  return FileCorpus(std::move(found.files), std::move(streams),
                    std::move(found.skipped));
}

void AddInputSettings(const InputFlags& flags, Result* result) {
  auto& settings = result->settings;
  settings.emplace_back("glob", flags.globs);
  settings.emplace_back("hidden", flags.hidden);
  settings.emplace_back("no_ignore", flags.no_ignore);
  settings.emplace_back("follow", flags.follow);
  if (flags.max_filesize) {
    settings.emplace_back("max_filesize", *flags.max_filesize);
  }
}

}  // namespace twicetold
