// SPDX-License-Identifier: Apache-2.0
//
// A folder to unpack data into. Unless it is to be kept, it is removed with
// all that is in it when the object goes.
//
// Thread safety: one thread.
#ifndef TWICETOLD_BENCH_TEMP_FOLDER_H_
#define TWICETOLD_BENCH_TEMP_FOLDER_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace twicetold {

class TempFolder {
 public:
  // A new folder below the system's folder for temporary files or, if `keep`
  // is not empty, that folder, which is created if need be, has to be empty
  // and stays.
  static absl::StatusOr<TempFolder> Create(const std::string& keep);

  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  TempFolder(std::filesystem::path path, bool kept)
      : path_(std::move(path)), kept_(kept) {}

  std::filesystem::path path_;
  bool kept_;
};

// Writes `bytes` to the file `path`, creating folders on the way.
absl::Status WriteFile(const std::filesystem::path& path,
                       std::string_view bytes);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_TEMP_FOLDER_H_
