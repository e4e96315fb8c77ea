// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/byte_source.h"

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/read_file.h"

namespace twicetold {
namespace {

constexpr size_t kInputBytes = size_t{1} << 18;
constexpr int kMaxWindowLog = 31;

Skip Corrupt(std::string detail) {
  return {SkipReason::kCorrupt, std::move(detail)};
}

bool SameState(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// The bytes as they are.
class PlainSource final : public ByteSource {
 public:
  // `owned` is none if `fd` is somebody else's.
  PlainSource(UniqueFd owned, int fd, std::stop_token stop)
      : owned_(std::move(owned)), fd_(fd), stop_(std::move(stop)) {
    is_file_ = fstat(fd, &before_) == 0 && S_ISREG(before_.st_mode);
    if (is_file_) posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  ReadBytes Read(char* out, size_t size) override {
    ReadBytes result;
    while (result.count < size && !result.skip) {
      if (!is_file_ && !WaitForInput(fd_, stop_)) {
        result.skip = Skip{SkipReason::kUnreadable, "interrupted"};
        break;
      }
      const ssize_t n = read(fd_, out + result.count, size - result.count);
      if (n == 0) {
        result.skip = Changed();
        break;
      }
      if (n > 0) {
        result.count += static_cast<size_t>(n);
      } else if (errno != EINTR && (is_file_ || errno != EAGAIN)) {
        result.skip = SkipForErrno(errno);
      }
    }
    return result;
  }

 private:
  // At the end: whether the file is as it was at the start.
  std::optional<Skip> Changed() const {
    struct stat after;
    if (!is_file_ || fstat(fd_, &after) != 0 || SameState(before_, after)) {
      return std::nullopt;
    }
    return Skip{SkipReason::kChanged, "changed while it was read"};
  }

  const UniqueFd owned_;
  const int fd_;
  const std::stop_token stop_;
  struct stat before_ {};
  bool is_file_ = false;
};

// The compressed bytes of a file, piece by piece.
class Input {
 public:
  explicit Input(std::unique_ptr<ByteSource> source)
      : source_(std::move(source)), bytes_(kInputBytes) {}

  // Reads another piece. False at the end of the file or if it cannot be read,
  // for which skip() is set.
  bool Fill() {
    if (at_end_) return false;
    ReadBytes read = source_->Read(bytes_.data(), bytes_.size());
    at_end_ = read.count < bytes_.size();
    skip_ = std::move(read.skip);
    size_ = read.count;
    total_ += size_;
    return size_ > 0;
  }

  char* data() { return bytes_.data(); }
  size_t size() const { return size_; }
  uint64_t total() const { return total_; }  // read so far
  const std::optional<Skip>& skip() const { return skip_; }

 private:
  const std::unique_ptr<ByteSource> source_;
  std::vector<char> bytes_;
  size_t size_ = 0;
  uint64_t total_ = 0;
  bool at_end_ = false;
  std::optional<Skip> skip_;
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> source)
      : input_(std::move(source)), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) return;
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  ReadBytes Read(char* out, size_t size) override {
    ReadBytes result;
    if (stream_ == nullptr) {
      result.skip = Skip{SkipReason::kUnreadable, "no memory to decompress it"};
    }
    ZSTD_outBuffer output = {out, size, 0};
    while (output.pos < size && !result.skip) {
      // What is held back in the stream comes out without more input.
      if (at_.pos == at_.size && (!full_ || wanted_ == 0)) {
        if (!input_.Fill()) {
          result.skip = End();
          break;
        }
        at_ = {input_.data(), input_.size(), 0};
      }
      const size_t before = output.pos;
      wanted_ = ZSTD_decompressStream(stream_.get(), &output, &at_);
      if (ZSTD_isError(wanted_) != 0) {
        output.pos = std::max(before, output.pos);
        result.skip = Corrupt(absl::StrFormat(
            "%s, near byte %d of it", ZSTD_getErrorName(wanted_),
            input_.total() - at_.size + at_.pos));
      }
      full_ = output.pos == size;
    }
    result.count = output.pos;
    return result;
  }

 private:
  std::optional<Skip> End() const {
    if (input_.skip()) return input_.skip();
    if (wanted_ == 0) return std::nullopt;
    return Corrupt("it ends too early");
  }

  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  Input input_;
  const std::unique_ptr<ZSTD_DStream, Free> stream_;
  ZSTD_inBuffer at_ = {nullptr, 0, 0};
  size_t wanted_ = 1;  // 0 at the end of a frame
  bool full_ = false;  // the output was, so that there may be more
};

const char* GzipError(int error) {
  switch (error) {
    case ISAL_INCORRECT_CHECKSUM:
      return "its checksum does not match";
    case ISAL_INVALID_WRAPPER:
    case ISAL_UNSUPPORTED_METHOD:
      return "it is no gzip file";
    default:
      return "damaged gzip data";
  }
}

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> source)
      : input_(std::move(source)), state_(std::make_unique<inflate_state>()) {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
  }

  ReadBytes Read(char* out, size_t size) override {
    ReadBytes result;
    while (result.count < size && !done_) {
      if (state_->avail_in == 0 && !full_ && !Fill()) {
        done_ = true;
        result.skip = End();
        break;
      }
      if (between_members_ && !BeginMember(&result.skip)) continue;
      result.skip = Inflate(out, size, &result.count);
      if (result.skip) done_ = true;
    }
    return result;
  }

 private:
  bool Fill() {
    if (!input_.Fill()) return false;
    state_->next_in = reinterpret_cast<uint8_t*>(input_.data());
    state_->avail_in = static_cast<uint32_t>(input_.size());
    return true;
  }

  std::optional<Skip> Inflate(char* out, size_t size, size_t* count) {
    constexpr size_t kMostAtOnce = size_t{1} << 30;
    const size_t room = std::min(size - *count, kMostAtOnce);
    state_->next_out = reinterpret_cast<uint8_t*>(out + *count);
    state_->avail_out = static_cast<uint32_t>(room);
    const int error = isal_inflate(state_.get());
    *count += room - state_->avail_out;
    full_ = state_->avail_out == 0;
    if (error != ISAL_DECOMP_OK) {
      return Corrupt(absl::StrFormat("%s, near byte %d of it", GzipError(error),
                                     input_.total() - state_->avail_in));
    }
    if (state_->block_state == ISAL_BLOCK_FINISH) {
      between_members_ = true;
      full_ = false;
    }
    return std::nullopt;
  }

  // Behind a member: begins the next one, if there is one. False if nothing is
  // to be decompressed yet, or ever.
  bool BeginMember(std::optional<Skip>* skip) {
    while (state_->avail_in > 0 && *state_->next_in == 0) {
      ++state_->next_in;
      --state_->avail_in;
      padded_ = true;
    }
    if (state_->avail_in == 0) return false;
    if (padded_ || *state_->next_in != kGzipMagic) {
      done_ = true;
      *skip = Corrupt(
          absl::StrFormat("bytes that are no gzip, from byte %d of it on",
                          input_.total() - state_->avail_in));
      return false;
    }
    uint8_t* const next_in = state_->next_in;
    const uint32_t avail_in = state_->avail_in;
    isal_inflate_reset(state_.get());
    state_->crc_flag = ISAL_GZIP;
    state_->next_in = next_in;
    state_->avail_in = avail_in;
    between_members_ = false;
    return true;
  }

  std::optional<Skip> End() const {
    if (input_.skip()) return input_.skip();
    if (between_members_) return std::nullopt;
    return Corrupt("it ends too early");
  }

  static constexpr uint8_t kGzipMagic = 0x1f;

  Input input_;
  const std::unique_ptr<inflate_state> state_;
  bool full_ = false;  // the output was, so that there may be more
  bool between_members_ = false;
  bool padded_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> OpenSource(const RecordSource& source,
                                       std::stop_token stop,
                                       std::optional<Skip>* skip) {
  UniqueFd owned = source.fd < 0 ? OpenPath(source.path) : UniqueFd();
  const int fd = source.fd < 0 ? owned.get() : source.fd;
  struct stat status;
  if (fd < 0 || fstat(fd, &status) != 0) {
    *skip = SkipForErrno(errno);
    return nullptr;
  }
  if (S_ISDIR(status.st_mode)) {
    *skip = SkipForErrno(EISDIR);
    return nullptr;
  }
  auto plain =
      std::make_unique<PlainSource>(std::move(owned), fd, std::move(stop));
  switch (source.compression) {
    case Compression::kNone:
      return plain;
    case Compression::kGzip:
      return std::make_unique<GzipSource>(std::move(plain));
    case Compression::kZstd:
      return std::make_unique<ZstdSource>(std::move(plain));
  }
  return plain;
}

}  // namespace twicetold
