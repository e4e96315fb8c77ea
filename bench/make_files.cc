// SPDX-License-Identifier: Apache-2.0
//
// make_files: cuts the text of data sets into many files of about one size,
// DIR/NN/NNNNNN.txt, to scan. A file ends after the last line end that keeps it
// below the size, or the last space where lines are long; never within a
// character. The same input gives the same files.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "bench/measure.h"
#include "bench/records.h"
#include "bench/temp_folder.h"

namespace twicetold {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFilesAFolder = 1000;

// Where to cut `text`, which is longer than `bytes`, to get at most that.
size_t CutAt(std::string_view text, size_t bytes) {
  const std::string_view head = text.substr(0, bytes);
  const size_t least = bytes - bytes / 8;
  for (char edge : {'\n', ' '}) {
    const size_t at = head.rfind(edge);
    if (at != std::string_view::npos && at >= least) return at + 1;
  }
  size_t at = bytes;
  const auto continues = [&] {
    return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
  };
  while (at > least && continues()) --at;
  return at;
}

// Writes files from text that comes in pieces.
class FileCutter {
 public:
  FileCutter(fs::path folder, uint64_t count, size_t bytes)
      : folder_(std::move(folder)), count_(count), bytes_(bytes) {}

  // False once there are enough files, or upon an error.
  bool Add(std::string_view text) {
    rest_ += text;
    rest_ += '\n';
    size_t begin = 0;
    while (rest_.size() - begin > bytes_ && files_ < count_ && status_.ok()) {
      const std::string_view left = std::string_view(rest_).substr(begin);
      const size_t cut = CutAt(left, bytes_);
      status_ = WriteFile(NextPath(), left.substr(0, cut));
      begin += cut;
      written_ += cut;
    }
    rest_.erase(0, begin);
    return files_ < count_ && status_.ok();
  }

  uint64_t files() const { return files_; }
  uint64_t written() const { return written_; }
  const absl::Status& status() const { return status_; }

 private:
  fs::path NextPath() {
    const uint64_t i = files_++;
    return folder_ / absl::StrFormat("%02d/%06d.txt", i / kFilesAFolder, i);
  }

  const fs::path folder_;
  const uint64_t count_;
  const size_t bytes_;
  std::string rest_;
  uint64_t files_ = 0;
  uint64_t written_ = 0;
  absl::Status status_;
};

// The files below a folder, in the order of their names.
std::vector<fs::path> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::Status AddInput(const std::string& input, FileCutter* cutter) {
  if (!fs::is_directory(input)) {
    return ForEachRecord(input, [&](const nlohmann::json& record) {
      return cutter->Add(record["text"].get_ref<const std::string&>());
    });
  }
  for (const fs::path& path : FilesBelow(input)) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!cutter->Add(text)) break;
  }
  return absl::OkStatus();
}

int Run(const std::string& folder, uint64_t count, size_t bytes,
        const std::vector<std::string>& inputs) {
  FileCutter cutter(folder, count, bytes);
  absl::Status status;
  for (const std::string& input : inputs) {
    if (cutter.files() == count || !status.ok()) break;
    status = AddInput(input, &cutter);
    if (status.ok()) status = cutter.status();
  }
  if (status.ok() && cutter.files() < count) {
    status = absl::OutOfRangeError(absl::StrFormat(
        "the text is enough for %d files only", cutter.files()));
  }
  if (!status.ok()) {
    std::fprintf(stderr, "make_files: %s\n",
                 std::string(status.message()).c_str());
    return 2;
  }
  std::printf("%" PRIu64 " files, %.1f MB\n", cutter.files(),
              Megabytes(cutter.written()));
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) {
  CLI::App app("Cuts the text of data sets into files.", "make_files");
  std::string folder;
  std::vector<std::string> inputs;
  uint64_t count = 100'000;
  size_t bytes = 3'000;
  app.add_option("DIR", folder, "Folder to write to")->required();
  app.add_option("INPUT", inputs, "JSON Lines (.zst), or a folder of files")
      ->required()
      ->check(CLI::ExistingPath);
  app.add_option("--count", count, "Files to write [100000]");
  app.add_option("--bytes", bytes, "Bytes a file has at most [3000]")
      ->check(CLI::Range(16, 1 << 30));
  try {
    app.parse(argc, argv);
    return twicetold::Run(folder, count, bytes, inputs);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::filesystem::filesystem_error& error) {
    std::fprintf(stderr, "make_files: %s\n", error.what());
    return 2;
  }
}
