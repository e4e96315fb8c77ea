// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/output_file.h"

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <new>
#include <system_error>
#include <vector>

#include "twicetold/dedup/stage_file.h"

namespace twicetold {
namespace {

// Those of ISA-L; its level 0 packs no better, at the same speed, than 1.
constexpr int kMostGzipLevel = 3;
constexpr uint32_t kGzipMemory[] = {
    0, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT};
// Bytes given to it at once, and those of room that it has at least.
constexpr size_t kMostGzipPiece = size_t{1} << 30;
constexpr size_t kGzipRoom = size_t{1} << 16;

struct FreeZstd {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

struct Compressor::State {
  explicit State(int wanted) : level(wanted) {}

  void AppendZstd(std::string_view bytes, std::string* out);
  void AppendGzip(std::string_view bytes, std::string* out);

  const int level;
  std::unique_ptr<ZSTD_CCtx, FreeZstd> zstd;
  std::vector<uint8_t> gzip_memory;
};

void Compressor::State::AppendZstd(std::string_view bytes, std::string* out) {
  if (!zstd) zstd.reset(ZSTD_createCCtx());
  if (!zstd) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_checksumFlag, 1);
  const size_t before = out->size();
  out->resize(before + ZSTD_compressBound(bytes.size()));
  const size_t n =
      ZSTD_compress2(zstd.get(), out->data() + before, out->size() - before,
                     bytes.data(), bytes.size());
  // With as much room as it asks for it cannot fail but for memory.
  if (ZSTD_isError(n) != 0) throw std::bad_alloc();
  out->resize(before + n);
}

void Compressor::State::AppendGzip(std::string_view bytes, std::string* out) {
  const int gzip_level = std::min(level, kMostGzipLevel);
  gzip_memory.resize(kGzipMemory[gzip_level]);
  isal_zstream stream;
  isal_deflate_init(&stream);
  // Which that leaves as they are.
  stream.next_in = nullptr;
  stream.avail_in = 0;
  stream.gzip_flag = IGZIP_GZIP;
  stream.level = static_cast<uint32_t>(gzip_level);
  stream.level_buf = gzip_memory.data();
  stream.level_buf_size = static_cast<uint32_t>(gzip_memory.size());
  // Counts of 32 bits: a batch can be one line of more.
  size_t taken = 0;
  while (stream.internal_state.state != ZSTATE_END) {
    if (stream.avail_in == 0) {
      const size_t piece = std::min(bytes.size() - taken, kMostGzipPiece);
      stream.next_in =
          reinterpret_cast<uint8_t*>(const_cast<char*>(bytes.data() + taken));
      stream.avail_in = static_cast<uint32_t>(piece);
      taken += piece;
      stream.end_of_stream = taken == bytes.size() ? 1 : 0;
    }
    const size_t before = out->size();
    out->resize(before + stream.avail_in / 2 + kGzipRoom);
    stream.next_out = reinterpret_cast<uint8_t*>(out->data() + before);
    stream.avail_out = static_cast<uint32_t>(out->size() - before);
    // Only settings that do not fit together could make it fail.
    if (isal_deflate(&stream) != COMP_OK) throw std::bad_alloc();
    out->resize(out->size() - stream.avail_out);
  }
}

Compressor::Compressor(int level) : state_(std::make_unique<State>(level)) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

void Compressor::Append(std::string_view bytes, Compression compression,
                        bool alone, std::string* out) {
  if (bytes.empty() && !alone) return;
  switch (compression) {
    case Compression::kNone:
      out->append(bytes);
      return;
    case Compression::kZstd:
      return state_->AppendZstd(bytes, out);
    case Compression::kGzip:
      return state_->AppendGzip(bytes, out);
  }
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  std::error_code error;
  const std::string parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return FileError("write", path, error.value());
  UniqueFd fd(
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd.ok()) return FileError("write", path, errno);
  return OutputFile(path, std::move(fd));
}

absl::Status OutputFile::Write(std::string_view bytes) {
  return WriteAll(fd_.get(), path_, {bytes.data(), bytes.size()});
}

absl::Status OutputFile::Sync() {
  if (fsync(fd_.get()) != 0) return FileError("write", path_, errno);
  return absl::OkStatus();
}

}  // namespace twicetold
