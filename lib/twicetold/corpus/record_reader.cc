// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/record_reader.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/byte_source.h"

namespace twicetold {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

const char* FindLineEnd(const char* begin, const char* end) {
  return static_cast<const char*>(
      std::memchr(begin, '\n', static_cast<size_t>(end - begin)));
}

const char* FindLastLineEnd(const char* begin, const char* end) {
  return static_cast<const char*>(
      memrchr(begin, '\n', static_cast<size_t>(end - begin)));
}

// Like std::count, but counting in bytes: a vector adds many at once, where
// the library's counters of 64 bits leave most of it unused.
uint64_t CountLineFeeds(std::string_view text) {
  constexpr size_t kMostInAByte = 255;
  constexpr size_t kLanes = 64;
  uint64_t count = 0;
  size_t at = 0;
  while (text.size() - at >= kLanes) {
    const size_t rounds = std::min((text.size() - at) / kLanes, kMostInAByte);
    uint8_t lanes[kLanes] = {};
    for (size_t round = 0; round < rounds; ++round, at += kLanes) {
      const char* const bytes = text.data() + at;
      for (size_t i = 0; i < kLanes; ++i) {
        lanes[i] = static_cast<uint8_t>(lanes[i] + (bytes[i] == '\n' ? 1 : 0));
      }
    }
    for (const uint8_t lane : lanes) count += lane;
  }
  for (; at < text.size(); ++at) count += text[at] == '\n' ? 1 : 0;
  return count;
}

// A file that is being read, from batch to batch.
class Lane {
 public:
  Lane(uint32_t file, const RecordSource& source, const BatchOptions& options)
      : options_(options),
        max_line_(std::max(options.max_line_bytes, options.batch_bytes)),
        file_(file),
        source_(OpenSource(source, options.stop, &skip_)),
        at_end_(source_ == nullptr) {}

  // Makes the next batch, whose bytes are in `*buffer`.
  void Next(std::vector<char>* buffer, RawBatch* batch);

 private:
  // Adds up to `size` bytes to the `used_` ones of the buffer.
  void Fill(size_t size, std::vector<char>* buffer);
  size_t LeaveOutMark(const std::vector<char>& buffer) const;
  size_t CutLongLine(size_t begin, std::vector<char>* buffer, RawBatch* batch);

  const BatchOptions& options_;
  const size_t max_line_;
  const uint32_t file_;
  std::optional<Skip> skip_;  // why the file ended, if it went wrong
  std::unique_ptr<ByteSource> source_;
  bool at_end_;
  uint64_t sequence_ = 0;
  uint64_t next_line_ = 1;
  uint64_t offset_ = 0;     // of what is next, decompressed
  std::vector<char> tail_;  // read, but of no batch yet
  size_t used_ = 0;         // of the buffer
};

void Lane::Fill(size_t size, std::vector<char>* buffer) {
  if (buffer->size() < used_ + size + kBatchPadding) {
    buffer->resize(used_ + size + kBatchPadding);
  }
  if (at_end_) return;
  ReadBytes read = source_->Read(buffer->data() + used_, size);
  used_ += read.count;
  at_end_ = read.count < size || read.skip;
  skip_ = std::move(read.skip);
  if (at_end_) source_.reset();
}

size_t Lane::LeaveOutMark(const std::vector<char>& buffer) const {
  const std::string_view start(buffer.data(), used_);
  return sequence_ == 0 && start.starts_with(kByteOrderMark)
             ? kByteOrderMark.size()
             : 0;
}

// For a line that is longer than a batch: reads it, and gives where it ends.
// One that is too long is thrown away and told in `*batch`.
size_t Lane::CutLongLine(size_t begin, std::vector<char>* buffer,
                         RawBatch* batch) {
  uint64_t left_out = 0;
  const char* end = nullptr;
  while (end == nullptr && !at_end_) {
    if (used_ - begin > max_line_) {
      left_out += used_ - begin;
      used_ = begin;
    }
    const size_t before = used_;
    Fill(options_.batch_bytes, buffer);
    end = FindLineEnd(buffer->data() + before, buffer->data() + used_);
  }
  const size_t cut =
      end == nullptr ? used_ : static_cast<size_t>(end - buffer->data()) + 1;
  const uint64_t length = left_out + cut - begin - (end == nullptr ? 0 : 1);
  if (length <= max_line_) return cut;
  batch->problem = RecordProblem{
      next_line_,
      {SkipReason::kTooLarge,
       absl::StrFormat("a line of %d bytes, over %d", length, max_line_)}};
  offset_ += left_out;
  return cut;
}

void Lane::Next(std::vector<char>* buffer, RawBatch* batch) {
  batch->problem.reset();
  used_ = 0;
  const size_t kept = tail_.size();
  if (buffer->size() < kept + kBatchPadding) {
    buffer->resize(kept + kBatchPadding);
  }
  std::copy(tail_.begin(), tail_.end(), buffer->begin());
  used_ = kept;
  if (kept < options_.batch_bytes) Fill(options_.batch_bytes - kept, buffer);
  const size_t begin = LeaveOutMark(*buffer);
  offset_ += begin;
  const char* const last =
      FindLastLineEnd(buffer->data() + begin, buffer->data() + used_);
  size_t cut =
      last == nullptr ? begin : static_cast<size_t>(last - buffer->data()) + 1;
  if (at_end_ && !skip_) {
    cut = used_;
  } else if (last == nullptr && !at_end_) {
    cut = CutLongLine(begin, buffer, batch);
  }
  // Behind the last whole line, a file that went wrong has nothing of use.
  if (at_end_ && skip_ &&
      FindLineEnd(buffer->data() + cut, buffer->data() + used_) == nullptr) {
    used_ = cut;
  }
  tail_.assign(buffer->data() + cut, buffer->data() + used_);
  std::memset(buffer->data() + cut, 0, kBatchPadding);

  batch->file = file_;
  batch->sequence = sequence_++;
  batch->first_line = next_line_;
  batch->offset = offset_;
  batch->text = {buffer->data() + begin, cut - begin};
  batch->line_count = CountLineFeeds(batch->text);
  if (!batch->text.empty() && batch->text.back() != '\n') ++batch->line_count;
  batch->last = at_end_ && tail_.empty();
  offset_ += batch->text.size();
  next_line_ += batch->line_count;
  if (batch->problem) {
    // A line that is too long is in no batch.
    batch->text = {};
    batch->line_count = 0;
  }
  if (batch->last && skip_) batch->problem = RecordProblem{next_line_, *skip_};
}

}  // namespace

struct BatchReader::Shared {
  std::span<const RecordSource> sources;
  BatchOptions options;

  std::mutex mutex;
  std::condition_variable lane_free;
  std::vector<std::unique_ptr<Lane>> free_lanes;  // open, of nobody
  size_t busy = 0;  // lanes that somebody is reading
  size_t next_file = 0;

  bool MayOpen() const {
    const auto most = static_cast<size_t>(std::max(options.files_at_once, 1));
    return next_file < sources.size() && busy + free_lanes.size() < most;
  }
};

BatchReader::BatchReader(std::span<const RecordSource> sources,
                         BatchOptions options)
    : shared_(std::make_unique<Shared>()) {
  shared_->sources = sources;
  shared_->options = std::move(options);
  shared_->options.batch_bytes =
      std::max<size_t>(shared_->options.batch_bytes, 16);
}

BatchReader::~BatchReader() = default;

bool BatchReader::Next(RawBatch* batch) {
  Shared& shared = *shared_;
  std::unique_ptr<Lane> lane;
  size_t file = 0;
  {
    std::unique_lock lock(shared.mutex);
    shared.lane_free.wait(lock, [&shared] {
      return !shared.free_lanes.empty() || shared.MayOpen() || shared.busy == 0;
    });
    if (shared.options.stop.stop_requested()) return false;
    if (shared.MayOpen()) {
      file = shared.next_file++;
    } else if (!shared.free_lanes.empty()) {
      lane = std::move(shared.free_lanes.front());
      shared.free_lanes.erase(shared.free_lanes.begin());
    } else {
      return false;
    }
    ++shared.busy;
  }
  if (lane == nullptr) {
    lane = std::make_unique<Lane>(static_cast<uint32_t>(file),
                                  shared.sources[file], shared.options);
  }
  lane->Next(&batch->buffer_, batch);
  {
    const std::lock_guard lock(shared.mutex);
    --shared.busy;
    if (!batch->last) shared.free_lanes.push_back(std::move(lane));
  }
  shared.lane_free.notify_all();
  return true;
}

RawBatch RawBatch::View() const {
  RawBatch view;
  view.file = file;
  view.sequence = sequence;
  view.first_line = first_line;
  view.line_count = line_count;
  view.offset = offset;
  view.text = text;
  view.last = last;
  view.problem = problem;
  return view;
}

void RawBatch::Shrink() {
  const size_t needed = text.size() + kBatchPadding;
  if (needed > buffer_.capacity() / 4 * 3) return;
  std::vector<char> fitting(needed);
  std::copy(text.begin(), text.end(), fitting.begin());
  buffer_ = std::move(fitting);
  text = {buffer_.data(), text.size()};
}

BatchLines::BatchLines(const RawBatch& batch)
    : begin_(batch.text.data()),
      at_(begin_),
      end_(begin_ + batch.text.size()),
      offset_(batch.offset),
      number_(batch.first_line) {}

bool BatchLines::Next(RawLine* line) {
  while (at_ != end_) {
    const char* const begin = at_;
    const char* const found = FindLineEnd(at_, end_);
    at_ = found == nullptr ? end_ : found + 1;
    const uint64_t number = number_++;
    std::string_view bytes(
        begin, static_cast<size_t>((found == nullptr ? end_ : found) - begin));
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    if (bytes.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    *line = {.bytes = bytes,
             .with_end = {begin, static_cast<size_t>(at_ - begin)},
             .number = number,
             .offset = offset_ + static_cast<uint64_t>(begin - begin_)};
    return true;
  }
  return false;
}

}  // namespace twicetold
