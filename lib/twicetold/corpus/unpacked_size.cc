// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/unpacked_size.h"

#include <unistd.h>
#include <zstd.h>

#include <array>

#include "twicetold/corpus/open_path.h"

namespace twicetold {
namespace {

// What the header of a frame may take (RFC 8878).
constexpr size_t kMostZstdHeader = 18;

uint64_t ZstdSize(int fd) {
  std::array<unsigned char, kMostZstdHeader> header;
  const ssize_t count = pread(fd, header.data(), header.size(), 0);
  if (count <= 0) return 0;
  const unsigned long long size =
      ZSTD_getFrameContentSize(header.data(), static_cast<size_t>(count));
  const bool is_said =
      size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR;
  return is_said ? size : 0;
}

// The last four bytes, of at least 18 (RFC 1952).
uint64_t GzipSize(int fd) {
  constexpr off_t kLeastFile = 18;
  std::array<unsigned char, 4> bytes;
  struct stat state {};
  if (fstat(fd, &state) != 0 || state.st_size < kLeastFile ||
      pread(fd, bytes.data(), bytes.size(), state.st_size - 4) != 4) {
    return 0;
  }
  uint64_t size = 0;
  for (size_t i = 0; i < bytes.size(); ++i) size |= uint64_t{bytes[i]} << 8 * i;
  return size;
}

}  // namespace

uint64_t UnpackedSizeOf(const std::string& path, Compression compression) {
  if (compression == Compression::kNone) return 0;
  const UniqueFd fd = OpenPath(path);
  if (!fd.ok()) return 0;
  return compression == Compression::kZstd ? ZstdSize(fd.get())
                                           : GzipSize(fd.get());
}

}  // namespace twicetold
