// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_files.h"

#include <glob.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "twicetold/corpus/open_path.h"

namespace twicetold {
namespace {

bool EndsWith(std::string_view path, std::string_view end) {
  return path.size() >= end.size() &&
         std::equal(end.rbegin(), end.rend(), path.rbegin(),
                    [](char x, char y) {
                      const bool upper = y >= 'A' && y <= 'Z';
                      return x == (upper ? static_cast<char>(y + 32) : y);
                    });
}

}  // namespace

Compression CompressionOf(std::string_view path) {
  if (EndsWith(path, ".gz")) return Compression::kGzip;
  if (EndsWith(path, ".zst")) return Compression::kZstd;
  return Compression::kNone;
}

bool IsRecordFile(std::string_view path) {
  if (EndsWith(path, ".gz"))
    path.remove_suffix(3);
  else if (EndsWith(path, ".zst"))
    path.remove_suffix(4);
  return EndsWith(path, ".jsonl") || EndsWith(path, ".ndjson");
}

RecordSource SourceOf(const FoundFile& file) {
  const auto named =
      std::find_if(file.names.begin(), file.names.end(), IsRecordFile);
  const std::string& name =
      named == file.names.end() ? file.names.front() : *named;
  return {.path = name,
          .compression = CompressionOf(name),
          .bytes = file.state.size};
}

std::vector<FoundFile> TakeRecordFiles(std::vector<FoundFile>* files) {
  const auto is_other = [](const FoundFile& file) {
    return std::none_of(file.names.begin(), file.names.end(), IsRecordFile);
  };
  // Mostly there are none, and nothing has to be moved.
  const auto others = std::stable_partition(
      std::find_if_not(files->begin(), files->end(), is_other), files->end(),
      is_other);
  std::vector<FoundFile> taken(std::make_move_iterator(others),
                               std::make_move_iterator(files->end()));
  files->erase(others, files->end());
  return taken;
}

std::vector<std::string> ExpandGlob(const std::string& pattern) {
  struct stat status;
  glob_t matches{};
  std::vector<std::string> paths;
  if (!StatPath(pattern, /*follow=*/false, &status) &&
      glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches) == 0) {
    paths.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
    std::sort(paths.begin(), paths.end());
  }
  globfree(&matches);
  if (paths.empty()) paths.push_back(pattern);
  return paths;
}

}  // namespace twicetold
