// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/skip.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

std::string_view SkipReasonName(SkipReason reason) {
  switch (reason) {
    case SkipReason::kHidden:
      return "hidden";
    case SkipReason::kIgnored:
      return "ignored";
    case SkipReason::kExcluded:
      return "excluded";
    case SkipReason::kTooLarge:
      return "too_large";
    case SkipReason::kEmpty:
      return "empty";
    case SkipReason::kBinary:
      return "binary";
    case SkipReason::kSymlink:
      return "symlink";
    case SkipReason::kSymlinkLoop:
      return "symlink_loop";
    case SkipReason::kFifo:
      return "fifo";
    case SkipReason::kSocket:
      return "socket";
    case SkipReason::kDevice:
      return "device";
    case SkipReason::kOutput:
      return "output";
    case SkipReason::kNotFound:
      return "not_found";
    case SkipReason::kUnreadable:
      return "unreadable";
    case SkipReason::kChanged:
      return "changed";
    case SkipReason::kCorrupt:
      return "corrupt";
    case SkipReason::kBadJson:
      return "bad_json";
    case SkipReason::kNoText:
      return "no_text";
  }
  return "unreadable";
}

std::string SkipReasonWords(SkipReason reason) {
  std::string words(SkipReasonName(reason));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string SkipWords(const Skip& skip) {
  std::string words = SkipReasonWords(skip.reason);
  if (!skip.detail.empty()) words += ": " + skip.detail;
  return words;
}

bool IsError(SkipReason reason) {
  switch (reason) {
    case SkipReason::kNotFound:
    case SkipReason::kUnreadable:
    case SkipReason::kChanged:
    case SkipReason::kCorrupt:
    case SkipReason::kBadJson:
    case SkipReason::kNoText:
      return true;
    default:
      return false;
  }
}

Skip SkipForErrno(int error) {
  const bool gone = error == ENOENT || error == ENOTDIR;
  return {gone ? SkipReason::kNotFound : SkipReason::kUnreadable,
          ErrorText(error)};
}

Skip SkipForNul(size_t offset) {
  return {SkipReason::kBinary, absl::StrFormat("NUL at byte %d", offset)};
}

}  // namespace twicetold
