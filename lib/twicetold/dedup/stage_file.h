// SPDX-License-Identifier: Apache-2.0
//
// Stage files: what one stage of a long run leaves for the next, on disk.
//
// A stage file is a plain array of bytes with a trailer: format version, the
// fingerprint of the run that it belongs to, its length and a checksum. It is
// written under a temporary name and renamed into place once it is complete
// and on disk, so that a file of that name is whole whatever happened to the
// process that wrote it.
//
// The checksum is a chain of XXH3 over blocks of kChecksumBlock bytes, each
// seeded with that of the block before.
//
// Errors: ResourceExhausted for a full disk, NotFound for a file that is not
// there, DataLoss for one that is damaged, of another version or of another
// run, Unavailable for whatever else the system refuses; each with the path
// and the system's words.
//
// Thread safety: a writer belongs to one thread; Read() of a reader may be
// called from many.
#ifndef TWICETOLD_DEDUP_STAGE_FILE_H_
#define TWICETOLD_DEDUP_STAGE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

inline constexpr size_t kChecksumBlock = size_t{1} << 20;

// Status for a system call on `path` that failed with `error` of errno.
absl::Status FileError(const std::string& action, const std::string& path,
                       int error);

// Writes all of `bytes` to `fd`, or says why not.
absl::Status WriteAll(int fd, const std::string& path,
                      std::span<const char> bytes);
// Reads all of `bytes` from `offset`; DataLoss if the file ends before.
absl::Status ReadAll(int fd, const std::string& path, uint64_t offset,
                     std::span<char> bytes);

// Flushes `fd` to disk and gives the file `temporary` the name `path`.
absl::Status Publish(int fd, const std::string& temporary,
                     const std::string& path);

class StageWriter {
 public:
  static absl::StatusOr<StageWriter> Create(const std::string& path,
                                            uint64_t fingerprint);

  // Appends. After an error nothing more is written; Commit gives it again.
  void Write(std::span<const char> bytes);
  template <typename T>
  void WriteItems(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    Write({reinterpret_cast<const char*>(items.data()), items.size_bytes()});
  }
  template <typename T>
  void WriteItem(const T& item) {
    WriteItems(std::span<const T>(&item, 1));
  }

  const absl::Status& status() const { return status_; }
  uint64_t size() const { return size_; }

  // Writes the trailer and puts the file in its place.
  absl::Status Commit();

 private:
  StageWriter(std::string path, uint64_t fingerprint, UniqueFd fd)
      : path_(std::move(path)), fingerprint_(fingerprint), fd_(std::move(fd)) {
    block_.reserve(kChecksumBlock);
  }
  void FlushBlock();

  std::string path_;
  uint64_t fingerprint_;
  UniqueFd fd_;
  std::vector<char> block_;
  uint64_t size_ = 0;
  uint64_t checksum_ = 0;
  absl::Status status_;
};

class StageReader {
 public:
  StageReader() = default;

  // With `verify`, reads the whole file and compares the checksum.
  static absl::StatusOr<StageReader> Open(const std::string& path,
                                          uint64_t fingerprint, bool verify);

  uint64_t size() const { return size_; }  // bytes, without the trailer

  // Takes all of it into memory if it has at most `memory` bytes, so that no
  // later reading asks the system.
  absl::Status Load(uint64_t memory);

  absl::Status Read(uint64_t offset, std::span<char> bytes) const;

  // All of it as items.
  template <typename T>
  absl::StatusOr<std::vector<T>> ReadItems() const {
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<T> items(size_ / sizeof(T));
    absl::Status status = Read(
        0, {reinterpret_cast<char*>(items.data()), items.size() * sizeof(T)});
    if (!status.ok()) return status;
    return items;
  }

 private:
  std::string path_;
  UniqueFd fd_;
  uint64_t size_ = 0;
  std::vector<char> loaded_;  // all of it, or nothing
};

// Goes through the items of a stage file in order, a block at a time.
template <typename T>
class StageItems {
 public:
  explicit StageItems(const StageReader& reader)
      : reader_(&reader), left_(reader.size() / sizeof(T)) {}

  // False at the end or after an error, which is in status().
  bool Next(T* item) {
    if (at_ == block_.size() && !Fill()) return false;
    *item = block_[at_++];
    return true;
  }
  const absl::Status& status() const { return status_; }

 private:
  static constexpr size_t kItems = (size_t{1} << 18) / sizeof(T) + 1;

  bool Fill() {
    if (left_ == 0 || !status_.ok()) return false;
    block_.resize(left_ < kItems ? static_cast<size_t>(left_) : kItems);
    at_ = 0;
    status_ = reader_->Read(offset_, {reinterpret_cast<char*>(block_.data()),
                                      block_.size() * sizeof(T)});
    offset_ += block_.size() * sizeof(T);
    left_ -= block_.size();
    if (!status_.ok()) block_.clear();
    return status_.ok();
  }

  const StageReader* reader_;
  uint64_t left_;
  uint64_t offset_ = 0;
  std::vector<T> block_;
  size_t at_ = 0;
  absl::Status status_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_STAGE_FILE_H_
