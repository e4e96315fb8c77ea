// SPDX-License-Identifier: Apache-2.0
//
// Where the records of some files are, so that each can be read by itself.
//
// All files are read and parsed once. Of a plain file the place of each line
// is kept, and the line is read from there again. What cannot be read from the
// middle, compressed files and streams, has its texts put down in a temporary
// file without a name (text_spool.h), decoded: points to start from would need
// 32 KiB to 128 MiB of window for each, zstd files mostly are one frame with
// none, and every reading would decompress what is before the record. It costs
// as much disk as the texts have bytes.
//
// Memory: 40 bytes a record, and its key; twice that while it is made.
#ifndef TWICETOLD_CORPUS_RECORD_INDEX_H_
#define TWICETOLD_CORPUS_RECORD_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/corpus/reached_files.h"
#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/corpus/text_spool.h"

namespace twicetold {

// A file of records and how it was reached.
struct RecordFile {
  FoundFile file;
  RecordSource source;
  bool once = false;  // it is a stream
};

struct IndexedFile {
  RecordFile input;
  uint64_t records = 0;
  // Lines without a record, and what ended the file early. At most
  // kMostSkippedLines lines and one entry that counts the others; one entry in
  // all if no line has a record.
  std::vector<SkippedInput> skipped = {};
};

inline constexpr size_t kMostSkippedLines = 1000;

struct IndexedRecord {
  static constexpr uint32_t kNoKey = UINT32_MAX;

  uint64_t offset = 0;  // of its line in the file, or of its text in the spool
  uint64_t line = 0;    // from 1
  uint64_t key_begin = 0;      // in RecordIndex::keys
  uint32_t key_size = kNoKey;  // bytes
  uint32_t line_bytes = 0;
  uint32_t text_bytes = 0;
  uint32_t file = 0;  // index in RecordIndex::files
};

struct RecordIndex {
  RecordFields fields;
  std::vector<IndexedFile> files;      // by first name
  std::vector<IndexedRecord> records;  // by file, then line
  std::string keys;
  std::unique_ptr<TextSpool> spool;  // null if nothing had to be put down
};

struct RecordIndexOptions {
  RecordFields fields = {};
  std::string temp_folder = "/tmp";
  int threads = 0;  // 0 is as many as the machine has
  std::stop_token stop = {};
};

// Whether the texts of `file` are in the spool.
bool IsSpooled(const RecordFile& file);

// Errors: those of TextSpool; Cancelled once `stop` is requested. Files that
// cannot be read, and lines without a record, are in the index, as skipped.
absl::StatusOr<RecordIndex> IndexRecords(std::vector<RecordFile> files,
                                         const RecordIndexOptions& options);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_INDEX_H_
