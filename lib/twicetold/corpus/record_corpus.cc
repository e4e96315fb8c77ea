// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_corpus.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <optional>
#include <utility>

#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/record_parser.h"
#include "twicetold/corpus/record_reader.h"

namespace twicetold {
namespace {

ReadResult Failed(Skip skip) { return {.text = {}, .skip = std::move(skip)}; }

ReadResult Changed() {
  return Failed({SkipReason::kChanged, "changed after it was first read"});
}

// Reads up to `size` bytes. Fewer if the file ends before; -1 with errno set.
ssize_t ReadAt(int fd, uint64_t offset, size_t size, char* out) {
  size_t done = 0;
  while (done < size) {
    const ssize_t n =
        pread(fd, out + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    done += static_cast<size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

}  // namespace

// What reading a line needs, kept for the next one.
struct RecordCorpus::LineReader {
  explicit LineReader(const RecordFields& fields) : parser(fields) {}
  RecordParser parser;
  std::string line;
};

RecordCorpus::RecordCorpus(RecordIndex index) : index_(std::move(index)) {
  for (IndexedFile& file : index_.files) {
    std::move(file.skipped.begin(), file.skipped.end(),
              std::back_inserter(skipped_));
  }
}

RecordCorpus::~RecordCorpus() = default;

RecordName RecordCorpus::record(size_t i) const {
  const IndexedRecord& record = index_.records[i];
  RecordName name = {.line = record.line, .key = {}};
  if (record.key_size != IndexedRecord::kNoKey) {
    name.key = index_.keys.substr(record.key_begin, record.key_size);
  }
  return name;
}

ReadResult RecordCorpus::Read(size_t i, std::string* buffer) const {
  if (IsSpooled(FileOf(i))) return ReadSpooled(i, buffer);
  std::unique_ptr<LineReader> reader;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (reader == nullptr) reader = std::make_unique<LineReader>(index_.fields);
  ReadResult result = ReadLine(i, reader.get(), buffer);
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(reader));
  return result;
}

ReadResult RecordCorpus::ReadSpooled(size_t i, std::string* buffer) const {
  const IndexedRecord& record = index_.records[i];
  if (record.text_bytes == 0) return Failed({SkipReason::kEmpty, ""});
  if (buffer->size() < record.text_bytes) buffer->resize(record.text_bytes);
  if (!index_.spool->Read(record.offset, record.text_bytes, buffer->data())) {
    return Failed(SkipForErrno(errno));
  }
  return {.text = {buffer->data(), record.text_bytes}, .skip = std::nullopt};
}

ReadResult RecordCorpus::ReadLine(size_t i, LineReader* reader,
                                  std::string* buffer) const {
  const IndexedRecord& indexed = index_.records[i];
  const UniqueFd fd = OpenPath(FileOf(i).source.path);
  if (!fd.ok()) return Failed(SkipForErrno(errno));
  const size_t size = indexed.line_bytes;
  std::string& line = reader->line;
  if (line.size() < size + kBatchPadding) line.resize(size + kBatchPadding);
  const ssize_t got = ReadAt(fd.get(), indexed.offset, size, line.data());
  if (got < 0) return Failed(SkipForErrno(errno));
  if (static_cast<size_t>(got) < size) return Changed();
  std::fill_n(line.begin() + got, kBatchPadding, '\0');
  Record record;
  if (reader->parser.Parse({line.data(), size}, &record)) return Changed();
  if (record.text.empty()) return Failed({SkipReason::kEmpty, ""});
  if (buffer->size() < record.text.size()) buffer->resize(record.text.size());
  std::copy(record.text.begin(), record.text.end(), buffer->begin());
  return {.text = {buffer->data(), record.text.size()}, .skip = std::nullopt};
}

}  // namespace twicetold
