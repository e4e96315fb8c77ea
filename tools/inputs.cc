// SPDX-License-Identifier: Apache-2.0
#include "tools/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/environment.h"
#include "tools/git_excludes.h"
#include "tools/record_inputs.h"
#include "tools/report_inputs.h"
#include "twicetold/corpus/file_corpus.h"
#include "twicetold/corpus/file_list.h"
#include "twicetold/corpus/joined_corpus.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/read_file.h"
#include "twicetold/corpus/record_corpus.h"
#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/walk.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

constexpr std::string_view kStdin = "-";

// Stdin can be read once: as a document or as a list of paths.
LoadedStream ReadStdin(Role role, std::stop_token stop) {
  std::string buffer;
  const ReadResult read = ReadStreamFd(STDIN_FILENO, &buffer, std::move(stop));
  return {.names = {std::string(kStdin)},
          .text = std::string(read.text),
          .skip = read.skip,
          .role = role};
}

RecordFile StdinRecords(Role role) {
  return {.file = {.names = {std::string(kStdin)}, .role = role},
          .source = {.path = std::string(kStdin), .fd = STDIN_FILENO},
          .once = true};
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

// Only what was asked for, or had a say.
void AddRecordSettings(const RecordFlags& flags, Result* result) {
  auto& settings = result->settings;
  if (flags.format != InputFormat::kAuto) {
    settings.emplace_back(
        "format",
        std::string(flags.format == InputFormat::kText ? "text" : "jsonl"));
  }
  if (std::any_of(result->documents.begin(), result->documents.end(),
                  [](const DocumentRecord& document) {
                    return document.record.line > 0;
                  })) {
    settings.emplace_back("text_field", flags.fields.text);
    settings.emplace_back("id_field", flags.fields.id);
  }
}

}  // namespace

std::vector<std::string> ExpandGlobs(const std::vector<std::string>& paths) {
  std::vector<std::string> expanded;
  for (const std::string& path : paths) {
    for (std::string& match : ExpandGlob(path)) {
      expanded.push_back(std::move(match));
    }
  }
  return expanded;
}

absl::StatusOr<WalkOptions> WalkOptionsOf(const InputFlags& flags,
                                          int threads) {
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
                     .global_excludes = GitExcludesFile(),
                     .threads = threads};
}

absl::StatusOr<std::unique_ptr<Corpus>> FindInputs(
    const InputFlags& flags, const std::vector<ReportTarget>& reports,
    int threads, std::stop_token stop) {
  absl::StatusOr<WalkOptions> options = WalkOptionsOf(flags, threads);
  if (!options.ok()) return options.status();
  options->states = false;  // each file is looked at when it is read
  std::vector<std::string> roots = ExpandGlobs(flags.paths);
  std::vector<std::string> reference = ExpandGlobs(flags.against);
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
  std::vector<LoadedStream> streams;
  std::vector<RecordFile> records = TakeRecordInputs(flags.records, &found);
  if (stdin_is_new || stdin_is_reference) {
    const Role role = stdin_is_reference ? Role::kReference : Role::kNew;
    if (flags.records.format == InputFormat::kJsonl) {
      records.push_back(StdinRecords(role));
    } else {
      streams.push_back(ReadStdin(role, stop));
    }
  }
  RecordIndexOptions index_options = {
      .fields = flags.records.fields, .threads = threads, .stop = stop};
  const std::string temp_folder = Environment("TMPDIR");
  if (!temp_folder.empty()) index_options.temp_folder = temp_folder;
  absl::StatusOr<RecordIndex> index =
      IndexRecords(std::move(records), index_options);
  if (!index.ok()) return index.status();
  roots.insert(roots.end(), reference.begin(), reference.end());
  GiveBackTexts(flags.records, roots, &*index, &found);
  for (LoadedStream& stream : LoadStreams(found.streams, stop)) {
    streams.push_back(std::move(stream));
  }
  if (stop.stop_requested()) return absl::CancelledError("interrupted");
  const bool has_records = !index->files.empty();
  std::unique_ptr<Corpus> corpus = std::make_unique<FileCorpus>(
      std::move(found.files), std::move(streams), std::move(found.skipped));
  if (has_records) {
    corpus = std::make_unique<JoinedCorpus>(
        std::move(corpus), std::make_unique<RecordCorpus>(*std::move(index)));
  }
  return corpus;
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
  AddRecordSettings(flags.records, result);
}

}  // namespace twicetold
