// SPDX-License-Identifier: Apache-2.0
//
// Texts put down in a temporary file, to be read again in any order. The file
// has no name, so that nothing is left of it however the process ends.
//
// Thread safety: all functions may be called from many threads at once.
#ifndef TWICETOLD_CORPUS_TEXT_SPOOL_H_
#define TWICETOLD_CORPUS_TEXT_SPOOL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

class TextSpool {
 public:
  // Errors: Unavailable, with the system's words.
  static absl::StatusOr<std::unique_ptr<TextSpool>> Create(
      const std::string& folder);

  // Puts `text` down; it is at the offset that is returned. Errors:
  // ResourceExhausted, with the system's words.
  absl::StatusOr<uint64_t> Append(std::string_view text);

  // Fills `size` bytes at `out` from `offset` on. False with errno set if the
  // system refuses.
  bool Read(uint64_t offset, size_t size, char* out) const;

 private:
  TextSpool(UniqueFd fd, std::string folder)
      : fd_(std::move(fd)), folder_(std::move(folder)) {}

  const UniqueFd fd_;
  const std::string folder_;
  std::atomic<uint64_t> size_{0};
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_TEXT_SPOOL_H_
