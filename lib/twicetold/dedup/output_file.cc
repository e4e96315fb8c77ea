// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/output_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <new>
#include <system_error>

#include "twicetold/dedup/stage_file.h"

namespace twicetold {
namespace {

constexpr int kMostGzipLevel = 9;
// The window of zlib with the header and trailer of gzip.
constexpr int kGzipWindow = 15 + 16;

struct FreeZstd {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

struct Compressor::State {
  explicit State(int wanted) : level(wanted) {}

  void AppendZstd(std::string_view bytes, std::string* out);
  void AppendGzip(std::string_view bytes, std::string* out) const;

  const int level;
  std::unique_ptr<ZSTD_CCtx, FreeZstd> zstd;
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

void Compressor::State::AppendGzip(std::string_view bytes,
                                   std::string* out) const {
  z_stream stream = {};
  if (deflateInit2(&stream, std::min(level, kMostGzipLevel), Z_DEFLATED,
                   kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  const size_t before = out->size();
  out->resize(before + deflateBound(&stream, bytes.size()));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out->data() + before);
  stream.avail_out = static_cast<uInt>(out->size() - before);
  deflate(&stream, Z_FINISH);
  out->resize(before + stream.total_out);
  deflateEnd(&stream);
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

}  // namespace twicetold
