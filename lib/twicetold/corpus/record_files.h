// SPDX-License-Identifier: Apache-2.0
//
// Which files hold records: JSON Lines, plain or compressed, told by the end
// of their names.
//
//   .jsonl .ndjson   each also with .gz or .zst behind it; case is ignored
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_RECORD_FILES_H_
#define TWICETOLD_CORPUS_RECORD_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/corpus/reached_files.h"

namespace twicetold {

enum class Compression : uint8_t { kNone, kGzip, kZstd };

// By the end of the name, whatever stands before: "a.gz" is kGzip.
Compression CompressionOf(std::string_view path);

// Whether a file of this name holds records.
bool IsRecordFile(std::string_view path);

// One file of records.
struct RecordSource {
  std::string path;
  Compression compression = Compression::kNone;
  uint64_t bytes = 0;  // on disk, at the time of the walk
  // A descriptor to read from instead of `path`; it stays open. It can be read
  // only once if it is a pipe.
  int fd = -1;
};

// A file found by Walk (corpus/walk.h), by its first name that is one of a file
// of records, if it has such a name.
RecordSource SourceOf(const FoundFile& file);

// Moves the files of which any name is that of a file of records out of
// `*files`; the order stays.
std::vector<FoundFile> TakeRecordFiles(std::vector<FoundFile>* files);

// The paths that match `pattern` as a shell would have it (*, ?, [...], no **;
// names that begin with a dot only if asked for), ascending bytes. `pattern`
// itself, alone, if there is such a path, or nothing matches.
std::vector<std::string> ExpandGlob(const std::string& pattern);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_FILES_H_
