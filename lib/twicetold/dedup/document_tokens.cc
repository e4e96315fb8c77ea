// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/document_tokens.h"

#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_format.h"
#include "twicetold/base/hash.h"
#include "twicetold/corpus/json_string.h"
#include "twicetold/corpus/read_file.h"
#include "twicetold/dedup/stage_file.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

// Of the machine; 0 if the system does not say.
uint64_t PhysicalMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_size <= 0) return 0;
  return static_cast<uint64_t>(pages) * static_cast<uint64_t>(page_size);
}

}  // namespace

bool TextsAreAtHand(const DedupRun& run) {
  uint64_t plain_bytes = 0;
  for (uint32_t i = 0; i < run.input.files.size(); ++i) {
    const DedupFile& file = run.input.files[i];
    if (file.compression == Compression::kNone) {
      plain_bytes += file.bytes;
    } else if (run.cache == nullptr || run.cache->BatchesOf(i).empty()) {
      return false;
    }
  }
  return plain_bytes <= PhysicalMemory() / 2;
}

absl::Status ChangedDuringRun(const DedupInput& input, uint32_t file,
                              uint64_t line) {
  const std::string path = Harmless(input.files[file].path);
  return absl::AbortedError(
      line == 0 ? absl::StrFormat("%s was changed during the run", path)
                : absl::StrFormat("%s, line %d, was changed during the run",
                                  path, line));
}

absl::StatusOr<std::span<const uint64_t>> DocumentTokens::Read(
    uint32_t document) {
  DocumentRow row;
  absl::Status status =
      sketched_.rows.Read(document * uint64_t{sizeof(row)},
                          {reinterpret_cast<char*>(&row), sizeof(row)});
  if (!status.ok()) return status;
  const DocumentPlace place = PlaceOf(run_.input, sketched_.firsts, document);
  status = Take(row, place);
  if (!status.ok()) return status;
  if (DigestWords(tokens_.hashes()) != row.text) {
    return ChangedDuringRun(run_.input, place.file, place.line);
  }
  return tokens_.hashes();
}

// What is no text any more has no tokens.
absl::Status DocumentTokens::Take(const DocumentRow& row,
                                  const DocumentPlace& place) {
  tokens_.TakeUtf8({});
  if (place.line == 0) {
    const ReadResult read = ReadFile(run_.input.files[place.file].path, &text_);
    if (!read.skip) tokens_.Take(read.text);
    return absl::OkStatus();
  }
  const absl::StatusOr<std::string_view> raw = ReadRaw(place.file, row);
  if (!raw.ok()) return raw.status();
  if (const auto text = Unescape(*raw, &text_)) tokens_.TakeUtf8(*text);
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> DocumentTokens::ReadRaw(
    uint32_t file, const DocumentRow& row) {
  if (run_.input.files[file].compression != Compression::kNone) {
    return run_.cache->BytesOf(file, row.offset, row.raw_bytes);
  }
  const absl::StatusOr<int> fd = Open(file);
  if (!fd.ok()) return fd.status();
  if (raw_.size() < row.raw_bytes) raw_.resize(row.raw_bytes);
  absl::Status status = ReadAll(*fd, run_.input.files[file].path, row.offset,
                                std::span(raw_).first(row.raw_bytes));
  // Of a file that has become shorter there is no text.
  if (absl::IsDataLoss(status)) return std::string_view();
  if (!status.ok()) return status;
  return std::string_view(raw_.data(), row.raw_bytes);
}

absl::StatusOr<int> DocumentTokens::Open(uint32_t file) {
  OpenFile& open = open_[file % kMostOpen];
  if (!open.fd.ok() || open.file != file) {
    const std::string& path = run_.input.files[file].path;
    open.file = file;
    open.fd = OpenPath(path);
    if (!open.fd.ok()) return FileError("read", path, errno);
  }
  return open.fd.get();
}

}  // namespace twicetold
