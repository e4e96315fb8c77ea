// SPDX-License-Identifier: Apache-2.0
//
// A corpus of files on disk, in the order of their names, and of streams read
// into memory.
//
// A file is read anew at each Read(): it may have another text than before, or
// none. A name that is gone is made up for by another name of the same file.
// Whoever reads twice compares digests. Folders of many files stay open
// meanwhile: of one that is replaced by another, the files that were found are
// read. What is in memory is always the same. Reasons for which a document has
// no text are those of read_file.h.
//
// Thread safety: Read() may be called from many threads, each with its buffer.
#ifndef TWICETOLD_CORPUS_FILE_CORPUS_H_
#define TWICETOLD_CORPUS_FILE_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/open_folders.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/corpus/walk.h"

namespace twicetold {

// What a stream held, or why it has no text.
struct LoadedStream {
  std::vector<std::string> names;  // at least one
  std::string text;
  std::optional<Skip> skip = {};
  Role role = Role::kNew;
};

// Reads each of `streams` to its end (read_file.h). Blocks as long as they do;
// `stop` ends that.
std::vector<LoadedStream> LoadStreams(std::span<const FoundFile> streams,
                                      std::stop_token stop = {});

class FileCorpus final : public Corpus {
 public:
  // Documents are ordered by their first name, files before streams of the
  // same name. `skipped` is what the walk left out.
  explicit FileCorpus(std::vector<FoundFile> files,
                      std::vector<LoadedStream> streams = {},
                      std::vector<SkippedInput> skipped = {});

  size_t size() const override { return files_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return files_[i].names;
  }
  Role role(size_t i) const override { return files_[i].role; }
  uint64_t expected_bytes(size_t i) const override {
    return files_[i].state.size;
  }
  ReadResult Read(size_t i, std::string* buffer) const override;
  ReadResult ReadAgain(size_t i, std::string* buffer) const override;
  std::span<const SkippedInput> skipped() const override { return skipped_; }

 private:
  static constexpr size_t kOnDisk = SIZE_MAX;

  void SortByName();
  void AddStreams();
  void FindFolders();
  // `read` reads a file by a name, and a folder that is open or none.
  template <typename ReadOne>
  ReadResult ReadBy(size_t i, const ReadOne& read) const;

  // The documents as they were found; of a stream, names, role and size only.
  std::vector<FoundFile> files_;
  std::vector<LoadedStream> streams_;  // their names have moved to files_
  std::vector<size_t> stream_of_;  // index in streams_ or kOnDisk, of each file
                                   // if there are streams at all
  std::vector<uint32_t> folder_of_;  // of the first name of each file
  std::vector<SkippedInput> skipped_;
  OpenFolders folders_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_FILE_CORPUS_H_
