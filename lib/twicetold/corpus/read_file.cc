// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/read_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/bom.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {
namespace {

// The first chunk is small, since a binary file mostly shows there.
constexpr size_t kFirstChunk = size_t{64} << 10;
constexpr size_t kChunk = size_t{1} << 20;
constexpr int kPollMilliseconds = 100;

ReadResult Skipped(SkipReason reason, std::string detail = "") {
  return {.text = {}, .skip = Skip{reason, std::move(detail)}};
}

ReadResult SkippedForErrno(int error) {
  return {.text = {}, .skip = SkipForErrno(error)};
}

ReadResult TooLarge() {
  return Skipped(SkipReason::kTooLarge,
                 absl::StrFormat("over %d bytes", kMaxDocumentBytes));
}

// Nothing for a regular file.
std::optional<ReadResult> NoRegularFile(mode_t mode) {
  if (S_ISREG(mode)) return std::nullopt;
  if (S_ISFIFO(mode)) return Skipped(SkipReason::kFifo);
  if (S_ISSOCK(mode)) return Skipped(SkipReason::kSocket);
  if (S_ISDIR(mode)) return SkippedForErrno(EISDIR);
  return Skipped(SkipReason::kDevice);
}

// What a document is, once all its bytes are there.
ReadResult Judge(std::string_view text) {
  const size_t bom = BomBytes(text);
  if (bom == 0) {
    const size_t at = text.find('\0');
    if (at != std::string_view::npos) {
      return ReadResult{.text = {}, .skip = SkipForNul(at)};
    }
  }
  if (text.size() == bom) return Skipped(SkipReason::kEmpty);
  return {.text = text, .skip = std::nullopt, .is_text = true};
}

// The clock by which the system dates changes of files, so that a change which
// comes later has no earlier date.
int64_t SecondsNow() {
#ifdef CLOCK_REALTIME_COARSE
  constexpr clockid_t kClock = CLOCK_REALTIME_COARSE;
#else
  constexpr clockid_t kClock = CLOCK_REALTIME;
#endif
  timespec now{};
  return clock_gettime(kClock, &now) == 0 ? now.tv_sec : 0;
}

// What one call reads, if it may be all there is: some bytes, and no full
// chunk.
std::optional<std::string_view> ReadFirstChunk(int fd, std::string* buffer) {
  if (buffer->size() < kFirstChunk) buffer->resize(kFirstChunk);
  const ssize_t n = pread(fd, buffer->data(), kFirstChunk, 0);
  if (n <= 0 || n == static_cast<ssize_t>(kFirstChunk)) return std::nullopt;
  return std::string_view(buffer->data(), static_cast<size_t>(n));
}

// The text of a small file that was read at once and is told not to have
// changed meanwhile: it has the state that it was expected to have before, or
// has not changed for a while. Nothing otherwise; nothing was read then that
// somebody else waits for: pread(2) fails on what can be read only once.
std::optional<std::string_view> ReadAtOnce(int fd, const FileState& expected,
                                           std::string* buffer) {
  if (expected.known() &&
      (expected.size == 0 || expected.size >= kFirstChunk)) {
    return std::nullopt;
  }
  const int64_t start = SecondsNow();
  const auto text = ReadFirstChunk(fd, buffer);
  struct stat after;
  if (!text || fstat(fd, &after) != 0 || !S_ISREG(after.st_mode)) {
    return std::nullopt;
  }
  const FileState state = StateOf(after);
  if (state.size != text->size() ||
      (state != expected && !UnchangedSince(start, after))) {
    return std::nullopt;
  }
  return text;
}

// Collects a file chunk by chunk and says when to give up.
class Reader {
 public:
  // `limit`: bytes after which there is nothing more to ask for.
  Reader(int fd, bool stream, uint64_t limit, std::string* buffer)
      : fd_(fd), stream_(stream), limit_(limit), buffer_(buffer) {}

  size_t size() const { return size_; }
  std::string_view text() const { return {buffer_->data(), size_}; }

  // Reads once. Sets *done at the end of the file or the limit.
  std::optional<ReadResult> Step(bool* done) {
    const size_t wanted = static_cast<size_t>(std::min<uint64_t>(
        size_ < kFirstChunk ? kFirstChunk - size_ : kChunk, limit_ - size_));
    *done = wanted == 0;
    if (*done) return std::nullopt;
    if (buffer_->size() < size_ + wanted) Grow(size_ + wanted);
    const ssize_t n = read(fd_, buffer_->data() + size_, wanted);
    if (n < 0) {
      // Only a stream, which is waited for, is asked again on EAGAIN.
      if (errno == EINTR || (stream_ && errno == EAGAIN)) return std::nullopt;
      return SkippedForErrno(errno);
    }
    *done = n == 0;
    const size_t start = size_;
    size_ += static_cast<size_t>(n);
    return LookForNul(start);
  }

  // Once all of the text is there.
  ReadResult Finish() const {
    // Texts shorter than a mark may be have not been looked at yet.
    if (!bom_known_) return Judge(text());
    if (size_ == BomBytes(text())) return Skipped(SkipReason::kEmpty);
    return {.text = text(), .skip = std::nullopt, .is_text = true};
  }

 private:
  // By half as much again where the size is not known beforehand.
  void Grow(size_t wanted) {
    const uint64_t more = wanted + wanted / 2;
    buffer_->resize(static_cast<size_t>(
        std::max<uint64_t>(wanted, std::min<uint64_t>(more, limit_))));
  }

  // A byte order mark is at most four bytes long: before there are as many,
  // none can be ruled out.
  std::optional<ReadResult> LookForNul(size_t start) {
    if (size_ >= kMaxBomBytes && !bom_known_) {
      bom_known_ = true;
      has_bom_ = BomBytes(text()) > 0;
      start = 0;
    }
    if (!bom_known_ || has_bom_) return std::nullopt;
    return NulFrom(start);
  }

  std::optional<ReadResult> NulFrom(size_t start) const {
    const size_t at = text().find('\0', start);
    if (at == std::string_view::npos) return std::nullopt;
    return ReadResult{.text = {}, .skip = SkipForNul(at)};
  }

  int fd_;
  bool stream_;
  uint64_t limit_;
  std::string* buffer_;
  size_t size_ = 0;
  bool bom_known_ = false;
  bool has_bom_ = false;
};

ReadResult CannotOpen(const std::string& path, int error) {
  struct stat status;
  // A socket cannot be opened: the error says less than what it is.
  if (error == ENXIO && StatPath(path, true, &status)) {
    if (auto other = NoRegularFile(status.st_mode)) return *other;
  }
  return SkippedForErrno(error);
}

// A file of any size, from its start, with nothing known of it.
ReadResult ReadWhole(int fd, std::string* buffer) {
  struct stat before;
  if (fstat(fd, &before) != 0) return SkippedForErrno(errno);
  if (auto other = NoRegularFile(before.st_mode)) return *other;
  const uint64_t size = static_cast<uint64_t>(before.st_size);
  if (size > kMaxDocumentBytes) return TooLarge();
  // One byte more than there should be tells a file that has grown.
  Reader reader(fd, false, (size > 0 ? size : kMaxDocumentBytes) + 1, buffer);
  for (bool done = false; !done;) {
    if (auto stopped = reader.Step(&done)) return *stopped;
  }
  if (reader.size() > kMaxDocumentBytes) return TooLarge();
  if (size > 0 && reader.size() > size) {
    return Skipped(SkipReason::kChanged, "grew while it was read");
  }
  struct stat after;
  if (fstat(fd, &after) != 0) return SkippedForErrno(errno);
  if (StateOf(before) != StateOf(after)) {
    return Skipped(SkipReason::kChanged, "changed while it was read");
  }
  return reader.Finish();
}

}  // namespace

bool WaitForInput(int fd, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd request{.fd = fd, .events = POLLIN, .revents = 0};
    if (poll(&request, 1, kPollMilliseconds) > 0) return true;
  }
  return false;
}

ReadResult ReadFile(const std::string& path, std::string* buffer,
                    const FileState& expected, const OpenFolder& folder) {
  const UniqueFd fd = OpenPathIn(folder, path);
  if (!fd.ok()) return CannotOpen(path, errno);
  if (const auto text = ReadAtOnce(fd.get(), expected, buffer)) {
    return Judge(*text);
  }
  return ReadWhole(fd.get(), buffer);
}

ReadResult ReadFileAgain(const std::string& path, std::string* buffer,
                         const OpenFolder& folder) {
  const UniqueFd fd = OpenPathIn(folder, path);
  if (!fd.ok()) return CannotOpen(path, errno);
  if (const auto text = ReadFirstChunk(fd.get(), buffer)) {
    return {.text = *text, .skip = std::nullopt};
  }
  return ReadWhole(fd.get(), buffer);
}

ReadResult ReadStream(const std::string& path, std::string* buffer,
                      std::stop_token stop) {
  const UniqueFd fd = OpenPath(path);
  if (!fd.ok()) return SkippedForErrno(errno);
  return ReadStreamFd(fd.get(), buffer, std::move(stop));
}

ReadResult ReadStreamFd(int fd, std::string* buffer, std::stop_token stop) {
  Reader reader(fd, true, kMaxDocumentBytes + 1, buffer);
  for (bool done = false; !done;) {
    if (!WaitForInput(fd, stop)) {
      return Skipped(SkipReason::kUnreadable, "interrupted");
    }
    if (auto stopped = reader.Step(&done)) return *stopped;
  }
  if (reader.size() > kMaxDocumentBytes) return TooLarge();
  return reader.Finish();
}

}  // namespace twicetold
