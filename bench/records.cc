// SPDX-License-Identifier: Apache-2.0
#include "bench/records.h"

#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

constexpr size_t kBlock = size_t{1} << 17;
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

// Splits what it is fed into lines and hands them over.
class LineSplitter {
 public:
  explicit LineSplitter(const LineVisitor& visit) : visit_(visit) {}

  // False once the visitor ends the reading.
  bool Feed(std::string_view bytes) {
    while (open_) {
      const size_t end = bytes.find('\n');
      if (end == std::string_view::npos) break;
      line_.append(bytes.substr(0, end));
      bytes.remove_prefix(end + 1);
      Visit();
    }
    line_.append(bytes);
    return open_;
  }

  void Finish() {
    if (open_ && !line_.empty()) Visit();
  }

  const absl::Status& status() const { return status_; }

 private:
  void Visit() {
    const absl::StatusOr<bool> more = visit_(line_, ++number_);
    status_ = more.status();
    open_ = more.ok() && *more;
    line_.clear();
  }

  const LineVisitor& visit_;
  std::string line_;
  uint64_t number_ = 0;
  bool open_ = true;
  absl::Status status_;
};

absl::Status FeedZstd(const std::string& path, std::ifstream* file,
                      LineSplitter* lines) {
  const std::unique_ptr<ZSTD_DStream, FreeStream> stream(ZSTD_createDStream());
  std::vector<char> in(kBlock);
  std::vector<char> out(kBlock);
  size_t wanted = 1;  // 0 at the end of a frame
  while (file->read(in.data(), kBlock) || file->gcount() > 0) {
    ZSTD_inBuffer input = {in.data(), static_cast<size_t>(file->gcount()), 0};
    bool more = true;
    while (more) {
      ZSTD_outBuffer output = {out.data(), out.size(), 0};
      wanted = ZSTD_decompressStream(stream.get(), &output, &input);
      if (ZSTD_isError(wanted) != 0) {
        return absl::DataLossError(
            absl::StrFormat("%s: %s", path, ZSTD_getErrorName(wanted)));
      }
      if (!lines->Feed({out.data(), output.pos})) return absl::OkStatus();
      more = input.pos < input.size || output.pos == output.size;
    }
  }
  if (wanted == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat("%s ends too early", path));
}

std::vector<std::string_view> Split(std::string_view line) {
  std::vector<std::string_view> columns;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return columns;
}

void FeedPlain(std::ifstream* file, LineSplitter* lines) {
  std::vector<char> in(kBlock);
  while (file->read(in.data(), kBlock) || file->gcount() > 0) {
    if (!lines->Feed({in.data(), static_cast<size_t>(file->gcount())})) return;
  }
}

}  // namespace

absl::Status ForEachLine(const std::string& path, const LineVisitor& visit) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::NotFoundError(absl::StrFormat("%s cannot be opened", path));
  }
  std::string magic(kZstdMagic.size(), '\0');
  file.read(magic.data(), static_cast<std::streamsize>(magic.size()));
  file.clear();
  file.seekg(0);
  LineSplitter lines(visit);
  if (magic == kZstdMagic) {
    if (absl::Status status = FeedZstd(path, &file, &lines); !status.ok()) {
      return status;
    }
  } else {
    FeedPlain(&file, &lines);
  }
  lines.Finish();
  return lines.status();
}

absl::Status ForEachRow(const std::string& path, std::string_view header,
                        const RowVisitor& visit) {
  const size_t count =
      static_cast<size_t>(std::count(header.begin(), header.end(), '\t')) + 1;
  bool has_header = false;
  const auto visit_line = [&](std::string_view line,
                              uint64_t number) -> absl::StatusOr<bool> {
    if (number == 1) {
      has_header = line == header;
      return has_header;
    }
    if (line.empty()) return true;
    const std::vector<std::string_view> columns = Split(line);
    if (columns.size() != count) {
      return absl::DataLossError(
          absl::StrFormat("%s:%d has not %d columns", path, number, count));
    }
    if (absl::Status status = visit(columns); !status.ok()) return status;
    return true;
  };
  if (absl::Status status = ForEachLine(path, visit_line); !status.ok()) {
    return status;
  }
  if (has_header) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrFormat("%s does not begin with the header %s", path, header));
}

absl::Status ForEachRecord(const std::string& path,
                           const RecordVisitor& visit) {
  const auto visit_line = [&](std::string_view line,
                              uint64_t number) -> absl::StatusOr<bool> {
    if (line.empty()) return true;
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("text") ||
        !record["text"].is_string()) {
      return absl::DataLossError(
          absl::StrFormat("%s:%d is no object with a text", path, number));
    }
    return visit(record);
  };
  return ForEachLine(path, visit_line);
}

}  // namespace twicetold
