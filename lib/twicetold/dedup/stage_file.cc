// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/stage_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "absl/strings/str_format.h"
#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

constexpr uint64_t kMagic = 0x32656761'74737774u;  // "twstage2" on disk

struct Trailer {
  uint64_t magic = kMagic;
  uint64_t fingerprint = 0;
  uint64_t size = 0;
  uint64_t checksum = 0;
  uint64_t own_checksum = 0;  // of the fields above
};

uint64_t OwnChecksum(const Trailer& trailer) {
  return HashBytes({reinterpret_cast<const char*>(&trailer),
                    offsetof(Trailer, own_checksum)});
}

uint64_t ChainChecksum(std::span<const char> block, uint64_t before) {
  return HashBytes({block.data(), block.size()}, before);
}

std::string TemporaryName(const std::string& path) { return path + ".tmp"; }

absl::Status Damaged(const std::string& path, const char* what) {
  return absl::DataLossError(absl::StrFormat("%s: %s", path, what));
}

}  // namespace

absl::Status FileError(const std::string& action, const std::string& path,
                       int error) {
  const std::string message =
      absl::StrFormat("cannot %s %s: %s", action, path, ErrorText(error));
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return absl::ResourceExhaustedError(message);
  }
  if (error == ENOENT) return absl::NotFoundError(message);
  return absl::UnavailableError(message);
}

absl::Status WriteAll(int fd, const std::string& path,
                      std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError("write", path, errno);
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return absl::OkStatus();
}

absl::Status ReadAll(int fd, const std::string& path, uint64_t offset,
                     std::span<char> bytes) {
  while (!bytes.empty()) {
    const ssize_t n =
        pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError("read", path, errno);
    if (n == 0) return Damaged(path, "ends too early");
    bytes = bytes.subspan(static_cast<size_t>(n));
    offset += static_cast<uint64_t>(n);
  }
  return absl::OkStatus();
}

absl::Status Publish(int fd, const std::string& temporary,
                     const std::string& path) {
  if (fsync(fd) != 0) return FileError("write", path, errno);
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    return FileError("write", path, errno);
  }
  // The name has to be on disk, too.
  const std::string parent = std::filesystem::path(path).parent_path();
  const UniqueFd folder = OpenPath(parent.empty() ? "." : parent, O_DIRECTORY);
  if (!folder.ok() || (fsync(folder.get()) != 0 && errno != EINVAL)) {
    return FileError("write", path, errno);
  }
  return absl::OkStatus();
}

absl::StatusOr<StageWriter> StageWriter::Create(const std::string& path,
                                                uint64_t fingerprint) {
  UniqueFd fd(open(TemporaryName(path).c_str(),
                   O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd.ok()) return FileError("write", path, errno);
  return StageWriter(path, fingerprint, std::move(fd));
}

void StageWriter::Write(std::span<const char> bytes) {
  size_ += bytes.size();
  while (!bytes.empty() && status_.ok()) {
    const size_t n = std::min(bytes.size(), kChecksumBlock - block_.size());
    block_.insert(block_.end(), bytes.begin(),
                  bytes.begin() + static_cast<ptrdiff_t>(n));
    bytes = bytes.subspan(n);
    if (block_.size() == kChecksumBlock) FlushBlock();
  }
}

void StageWriter::FlushBlock() {
  if (block_.empty() || !status_.ok()) return;
  checksum_ = ChainChecksum(block_, checksum_);
  status_ = WriteAll(fd_.get(), path_, block_);
  block_.clear();
}

absl::Status StageWriter::Commit() {
  FlushBlock();
  if (!status_.ok()) return status_;
  Trailer trailer = {.magic = kMagic,
                     .fingerprint = fingerprint_,
                     .size = size_,
                     .checksum = checksum_,
                     .own_checksum = 0};
  trailer.own_checksum = OwnChecksum(trailer);
  status_ =
      WriteAll(fd_.get(), path_,
               {reinterpret_cast<const char*>(&trailer), sizeof(trailer)});
  if (status_.ok()) {
    status_ = Publish(fd_.get(), TemporaryName(path_), path_);
  }
  return status_;
}

absl::StatusOr<StageReader> StageReader::Open(const std::string& path,
                                              uint64_t fingerprint,
                                              bool verify) {
  StageReader reader;
  reader.path_ = path;
  reader.fd_ = OpenPath(path);
  if (!reader.fd_.ok()) return FileError("read", path, errno);
  struct stat info;
  if (fstat(reader.fd_.get(), &info) != 0) {
    return FileError("read", path, errno);
  }
  const uint64_t file_size = static_cast<uint64_t>(info.st_size);
  Trailer trailer;
  if (file_size < sizeof(trailer)) return Damaged(path, "ends too early");
  const uint64_t size = file_size - sizeof(trailer);
  absl::Status status =
      ReadAll(reader.fd_.get(), path, size,
              {reinterpret_cast<char*>(&trailer), sizeof(trailer)});
  if (!status.ok()) return status;
  if (trailer.magic != kMagic || trailer.size != size ||
      trailer.own_checksum != OwnChecksum(trailer)) {
    return Damaged(path, "is damaged, or of another version");
  }
  if (trailer.fingerprint != fingerprint) {
    return Damaged(path, "belongs to another run");
  }
  reader.size_ = size;
  if (!verify) return reader;
  uint64_t checksum = 0;
  std::vector<char> block;
  for (uint64_t at = 0; at < size; at += block.size()) {
    block.resize(
        static_cast<size_t>(std::min<uint64_t>(kChecksumBlock, size - at)));
    status = reader.Read(at, block);
    if (!status.ok()) return status;
    checksum = ChainChecksum(block, checksum);
  }
  if (checksum != trailer.checksum) return Damaged(path, "is damaged");
  return reader;
}

absl::Status StageReader::Load(uint64_t memory) {
  if (size_ > memory) return absl::OkStatus();
  auto bytes = ReadItems<char>();
  if (!bytes.ok()) return bytes.status();
  loaded_ = *std::move(bytes);
  return absl::OkStatus();
}

absl::Status StageReader::Read(uint64_t offset, std::span<char> bytes) const {
  if (!loaded_.empty() && offset + bytes.size() <= size_) {
    std::memcpy(bytes.data(), loaded_.data() + offset, bytes.size());
    return absl::OkStatus();
  }
  return ReadAll(fd_.get(), path_, offset, bytes);
}

}  // namespace twicetold
