// SPDX-License-Identifier: Apache-2.0
//
// Files of what is kept, in the compression of the input. Pieces are
// compressed by themselves, so that many threads can, and stand one after the
// other as frames (zstd) or members (gzip), as both formats allow.
//
// Errors: those of stage_file.h.
// Thread safety: a Compressor belongs to one thread, an OutputFile too.
#ifndef TWICETOLD_DEDUP_OUTPUT_FILE_H_
#define TWICETOLD_DEDUP_OUTPUT_FILE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"
#include "twicetold/corpus/record_files.h"

namespace twicetold {

class Compressor {
 public:
  // `level`: see DedupOptions::compression_level.
  explicit Compressor(int level);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  // Appends `bytes` to `*out` as one whole frame or member, or as they are.
  // Gives nothing for no bytes, unless they are `alone`: a compressed file of
  // no bytes at all could not be read.
  void Append(std::string_view bytes, Compression compression, bool alone,
              std::string* out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class OutputFile {
 public:
  // Creates the folders above, too; replaces what is there.
  static absl::StatusOr<OutputFile> Create(const std::string& path);

  absl::Status Write(std::string_view bytes);

 private:
  OutputFile(std::string path, UniqueFd fd)
      : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  UniqueFd fd_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_OUTPUT_FILE_H_
