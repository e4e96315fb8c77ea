// SPDX-License-Identifier: Apache-2.0
//
// Files of records, JSON Lines, as a stream of batches of whole lines.
//
//   BatchReader reader(sources);              // shared by all workers
//   RawBatch batch;                           // one a worker, reused
//   while (reader.Next(&batch)) {
//     RawLine line;
//     for (BatchLines lines(batch); lines.Next(&line);) {
//       if (auto skip = parser.Parse(line.bytes, &record)) ...
//     }
//     if (batch.problem) ...
//   }
//
// Whoever calls Next() reads, decompresses and cuts, under a lock; parsing is
// for the caller, outside of it. So one large file keeps all workers busy.
//
// What a batch holds depends on the bytes of the files and on BatchOptions
// only, never on threads: a second pass gets the same batches, the same
// numbers. With files_at_once = 1 the order in which batches are handed out is
// the order of the files, too.
//
// Lines end with LF or CRLF; the last one may lack its end. A UTF-8 byte order
// mark at the start of a file is left out. Of compressed files all frames and
// members are read, one after the other.
//
// What goes wrong, in RawBatch::problem:
//   kTooLarge    a line over max_line_bytes; reading goes on behind it
//   kCorrupt     the compressed data is damaged or ends too early: all whole
//                lines before that place were handed out, and the part of a
//                line that stands there is dropped
//   kNotFound, kUnreadable    the system's words for the error
//   kChanged     a plain file that was cut short while it was read
// Only after kTooLarge is there more of the same file.
//
// Memory: files_at_once x (batch_bytes + the window of the compression, 32 KiB
// to 128 MiB), and each batch that a worker holds: batch_bytes, or one line.
// Cost: one copy out of the page cache, and one pass to count lines.
// Thread safety: Next() may be called from many threads at once; a RawBatch is
// for one.
#ifndef TWICETOLD_CORPUS_RECORD_READER_H_
#define TWICETOLD_CORPUS_RECORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

struct BatchOptions {
  size_t batch_bytes = size_t{1} << 20;     // a batch is this long or shorter,
                                            // or holds one line
  size_t max_line_bytes = size_t{1} << 28;  // 256 MiB; below 4 GiB
  int files_at_once = 1;  // more: batches of several files in turn, so that as
                          // many workers can decompress
  std::stop_token stop = {};  // ends the reading: Next() gives false
};

// What is wrong with a line of a file, or with the file from there on.
struct RecordProblem {
  uint64_t line = 0;  // from 1
  Skip skip;
};

// Whole lines of one file. Owns its bytes; reused, it allocates nothing.
class RawBatch {
 public:
  RawBatch() = default;
  RawBatch(RawBatch&&) noexcept = default;
  RawBatch& operator=(RawBatch&&) noexcept = default;

  uint32_t file = 0;        // index in the sources
  uint64_t sequence = 0;    // of the batch in its file, from 0
  uint64_t first_line = 1;  // number of its first line in the file, from 1
  uint64_t line_count = 0;  // lines in `text`, empty ones too
  uint64_t offset = 0;      // of `text` in the file, decompressed
  std::string_view text;    // readable for kBatchPadding bytes behind its end
  bool last = false;        // of its file
  // What was met behind `text`. A line that is too long has a number, though
  // it is in no batch.
  std::optional<RecordProblem> problem;

  // The same batch with the bytes of this one, which has to outlive it.
  RawBatch View() const;
  // Gives back memory where much of it is not used. Moves `text`.
  void Shrink();
  // Bytes that it takes.
  size_t memory() const { return sizeof(*this) + buffer_.capacity(); }

 private:
  friend class BatchReader;
  std::vector<char> buffer_;
};

// What simdjson reads behind the end of its input, at most.
inline constexpr size_t kBatchPadding = 64;

class BatchReader {
 public:
  // `sources` has to outlive the reader. Nothing is opened before Next().
  explicit BatchReader(std::span<const RecordSource> sources,
                       BatchOptions options = {});
  ~BatchReader();
  BatchReader(const BatchReader&) = delete;
  BatchReader& operator=(const BatchReader&) = delete;

  // The next batch; false when there are no more. Each file has at least one
  // batch, which may be empty, and exactly one that is `last`.
  bool Next(RawBatch* batch);

 private:
  struct Shared;
  const std::unique_ptr<Shared> shared_;
};

// A line that is not empty.
struct RawLine {
  std::string_view bytes;     // without its end
  std::string_view with_end;  // with LF or CRLF, if it has one
  uint64_t number = 0;        // in the file, from 1
  uint64_t offset = 0;        // in the file, decompressed
};

// The lines of a batch in order; those without anything but white space are
// passed over, but have a number.
class BatchLines {
 public:
  explicit BatchLines(const RawBatch& batch);
  bool Next(RawLine* line);

 private:
  const char* const begin_;
  const char* at_;
  const char* const end_;
  const uint64_t offset_;
  uint64_t number_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_READER_H_
