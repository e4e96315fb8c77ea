// SPDX-License-Identifier: Apache-2.0
#include "tools/output_target.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "absl/strings/str_format.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

absl::Status CannotWrite(const std::string& path, int error) {
  return absl::UnavailableError(absl::StrFormat(
      "cannot write %s: %s", path.empty() ? "to stdout" : Harmless(path),
      std::strerror(error)));
}

}  // namespace

absl::Status CheckWritable(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return CannotWrite(path, EISDIR);
    if (access(path.c_str(), W_OK) != 0) return CannotWrite(path, errno);
    return absl::OkStatus();
  }
  if (errno != ENOENT) return CannotWrite(path, errno);
  const std::string parent = std::filesystem::path(path).parent_path();
  const char* folder = parent.empty() ? "." : parent.c_str();
  if (access(folder, W_OK | X_OK) != 0) return CannotWrite(path, errno);
  return absl::OkStatus();
}

absl::Status WriteTo(const std::string& path,
                     const std::function<bool(const Output&)>& write) {
  std::FILE* file = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
  if (file == nullptr) return CannotWrite(path, errno);
  bool written = write([file](std::string_view piece) {
    return std::fwrite(piece.data(), 1, piece.size(), file) == piece.size();
  });
  written = std::fflush(file) == 0 && written;
  int error = written ? 0 : errno;
  if (!path.empty() && std::fclose(file) != 0 && error == 0) error = errno;
  if (error == 0 || error == EPIPE) return absl::OkStatus();
  return CannotWrite(path, error);
}

}  // namespace twicetold
