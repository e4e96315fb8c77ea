// SPDX-License-Identifier: Apache-2.0
#include "bench/temp_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"

namespace twicetold {

namespace fs = std::filesystem;

absl::StatusOr<TempFolder> TempFolder::Create(const std::string& keep) {
  std::error_code error;
  if (!keep.empty()) {
    fs::create_directories(keep, error);
    if (!fs::is_empty(keep, error) || error) {
      return absl::FailedPreconditionError(
          absl::StrFormat("%s is no empty folder", keep));
    }
    return TempFolder(keep, /*kept=*/true);
  }
  std::string path = fs::temp_directory_path(error) / "twicetold-bench-XXXXXX";
  if (error || mkdtemp(path.data()) == nullptr) {
    return absl::InternalError(
        absl::StrFormat("no temporary folder: %s", std::strerror(errno)));
  }
  return TempFolder(path, /*kept=*/false);
}

TempFolder::TempFolder(TempFolder&& other) noexcept
    : path_(std::move(other.path_)), kept_(std::exchange(other.kept_, true)) {}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (!kept_) fs::remove_all(path_, ignored);
}

absl::Status WriteFile(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) return absl::OkStatus();
  return absl::InternalError(
      absl::StrFormat("%s cannot be written", path.string()));
}

}  // namespace twicetold
