// SPDX-License-Identifier: Apache-2.0
//
// The input of a deduplication as a stream of batches, again and again the
// same, with the numbers of its documents.
//
// Every line of a file of records has a number, whether or not it holds a
// record, and every other file has one. So the number of a document follows
// from its place alone, and a later pass need not parse what it does not look
// at.
//
// Thread safety: Next() and ForEachBatch's `work` may be called from many
// threads at once.
#ifndef TWICETOLD_DEDUP_INPUT_STREAM_H_
#define TWICETOLD_DEDUP_INPUT_STREAM_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/record_reader.h"
#include "twicetold/dedup/dedup_options.h"
#include "twicetold/dedup/input_cache.h"

namespace twicetold {

// Lines of one file of records, or a few files that are documents.
struct InputBatch {
  uint64_t order = 0;  // of the batch, from 0
  uint32_t file = 0;   // index in the input
  uint64_t first_document = 0;
  bool records = false;
  RawBatch raw;             // records only
  uint32_t file_count = 0;  // documents only: files from `file` on
  // Numbers that the batch takes.
  uint64_t document_count() const {
    return records ? raw.line_count : file_count;
  }
  // The number of line `line` of the file.
  uint64_t document_of(uint64_t line) const {
    return first_document + (line - raw.first_line);
  }
};

// A view of the file of records and the line, or of the file, that has a
// number.
struct DocumentPlace {
  uint32_t file = 0;
  uint64_t line = 0;  // from 1; 0 for a file that is a document
};

// Where the numbers of each file begin; one more entry than files.
using FirstDocuments = std::vector<uint64_t>;

DocumentPlace PlaceOf(const DedupInput& input, const FirstDocuments& firsts,
                      uint64_t document);

class InputStream {
 public:
  // `cache`: what is left of a pass before; may be null.
  InputStream(const DedupInput& input, const InputCache* cache);

  bool Next(InputBatch* batch);

  // Complete once Next() has returned false.
  const FirstDocuments& first_documents() const { return firsts_; }

 private:
  void NextRecords(InputBatch* batch);

  const DedupInput& input_;
  std::vector<RecordSource> sources_;
  const InputCache* const cache_;
  std::unique_ptr<BatchReader> reader_;  // of file `file_`, once it is begun
  std::mutex mutex_;
  uint64_t order_ = 0;
  uint32_t file_ = 0;        // that comes next, or is being read
  size_t next_cached_ = 0;   // batch of it
  uint64_t file_lines_ = 0;  // of it so far
  FirstDocuments firsts_;
};

// Lets workers take turns in the order of their batches.
class Turns {
 public:
  // Waits until all turns before `order` were given up.
  void Wait(uint64_t order);
  void GiveUp();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t now_ = 0;
};

// Goes through the whole stream. `work` is called for batches from many
// threads at once, `commit` for the same batch and worker afterwards, one at a
// time and in the order of the stream. Ends early with the first error of
// `commit`, or with Cancelled once `stop` is requested. The first pass fills
// `cache`, which may be null, and the others read it.
struct BatchVisitor {
  std::function<void(const InputBatch& batch, int worker)> work;
  std::function<absl::Status(const InputBatch& batch, int worker)> commit;
};
absl::Status ForEachBatch(const DedupInput& input, const BatchVisitor& visitor,
                          ThreadPool* pool, std::stop_token stop,
                          InputCache* cache, FirstDocuments* firsts = nullptr);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_INPUT_STREAM_H_
