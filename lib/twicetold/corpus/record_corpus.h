// SPDX-License-Identifier: Apache-2.0
//
// A corpus of the records of some files, in the order of files and lines. The
// bytes of a document are those of its text, decoded: ranges refer to these.
//
// A record of a plain file is read and parsed anew at each Read(): it may have
// another text than before, or be none (kChanged). Whoever reads twice compares
// digests. What was compressed is always the same (record_index.h).
//
// Cost of a Read(): opening the file, the line, and parsing it.
// Memory: that of the index.
// Thread safety: Read() may be called from many threads, each with its buffer.
#ifndef TWICETOLD_CORPUS_RECORD_CORPUS_H_
#define TWICETOLD_CORPUS_RECORD_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/record_index.h"

namespace twicetold {

class RecordCorpus final : public Corpus {
 public:
  explicit RecordCorpus(RecordIndex index);
  ~RecordCorpus() override;

  size_t size() const override { return index_.records.size(); }
  // Those of the file.
  std::span<const std::string> names(size_t i) const override {
    return FileOf(i).file.names;
  }
  RecordName record(size_t i) const override;
  Role role(size_t i) const override { return FileOf(i).file.role; }
  uint64_t expected_bytes(size_t i) const override {
    return index_.records[i].text_bytes;
  }
  ReadResult Read(size_t i, std::string* buffer) const override;
  std::span<const SkippedInput> skipped() const override { return skipped_; }

 private:
  struct LineReader;

  const RecordFile& FileOf(size_t i) const {
    return index_.files[index_.records[i].file].input;
  }
  ReadResult ReadSpooled(size_t i, std::string* buffer) const;
  ReadResult ReadLine(size_t i, LineReader* reader, std::string* buffer) const;

  RecordIndex index_;
  std::vector<SkippedInput> skipped_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<LineReader>> idle_;  // guarded by mutex_
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_RECORD_CORPUS_H_
