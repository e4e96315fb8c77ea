// SPDX-License-Identifier: Apache-2.0
//
// Why an input was not used. Nothing is left out silently: whatever the walk
// meets or the reader opens ends up as a document or as a SkippedInput.
#ifndef TWICETOLD_CORPUS_SKIP_H_
#define TWICETOLD_CORPUS_SKIP_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "twicetold/corpus/record_name.h"

namespace twicetold {

enum class SkipReason {
  // Left out by rule: nothing went wrong.
  kHidden,       // name begins with a dot
  kIgnored,      // a rule of an ignore file
  kExcluded,     // a glob of the caller
  kTooLarge,     // over the caller's size limit or the library's
  kEmpty,        // no bytes, or nothing but a byte order mark
  kBinary,       // a NUL byte and no byte order mark
  kSymlink,      // a symbolic link, and links are not followed
  kSymlinkLoop,  // a followed link that leads back to a folder above it
  kFifo,
  kSocket,
  kDevice,
  kOutput,  // a report of this run goes there
  // Something went wrong: the run ends with a status of its own.
  kNotFound,    // named by the caller, or vanished before it was read
  kUnreadable,  // the system refused; the detail says why
  kChanged,     // changed while, or after, it was read
  kCorrupt,     // compressed data that is damaged or ends too early
  kBadJson,     // a line of a file of records that is no JSON object
  kNoText,      // a record without the field that holds its text
};

// The word for `reason` in results: "hidden", "ignored", "excluded",
// "too_large", "empty", "binary", "symlink", "symlink_loop", "fifo", "socket",
// "device", "output", "not_found", "unreadable", "changed", "corrupt",
// "bad_json", "no_text".
std::string_view SkipReasonName(SkipReason reason);

// The same for a person: "not found".
std::string SkipReasonWords(SkipReason reason);

// True for the reasons that are errors, not rules.
bool IsError(SkipReason reason);

struct Skip {
  SkipReason reason = SkipReason::kUnreadable;
  std::string detail;  // for a person: "NUL at byte 12", "Permission denied"
};

// The reason and the detail, if there is one: "bad json: no object". A detail
// may hold what a file says, raw.
std::string SkipWords(const Skip& skip);

// For a file that the system refused with the number `error` of errno: not
// found or unreadable, and the system's words.
Skip SkipForErrno(int error);

// For a document that is binary since it has a NUL byte at `offset`.
Skip SkipForNul(size_t offset);

// `path` is the name as it was reached, bytes as the system gave them; a
// folder left out as a whole ends with a slash.
struct SkippedInput {
  std::string path;
  Skip skip;
  RecordName record = {};  // of a file of records
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_SKIP_H_
