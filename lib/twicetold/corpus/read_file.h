// SPDX-License-Identifier: Apache-2.0
//
// One file into memory, whatever the file turns out to be by now.
//
// Between the walk and the reading a file may have vanished, grown, been
// replaced by a FIFO. ReadFile() opens without blocking, looks again at what
// it has opened, never reads more than the file had when it was opened, and
// says kChanged if size or modification time are others afterwards. It gives
// up at the first NUL byte of a file without byte order mark, so a disk image
// costs one chunk. Files are read, not mapped: a mapped file that is cut short
// kills the process.
//
// The reasons, with their details:
//   kEmpty       no bytes, or only a byte order mark
//   kBinary      "NUL at byte N", N counted from 0
//   kTooLarge    more than kMaxDocumentBytes
//   kFifo, kSocket, kDevice   what is there is no regular file
//   kNotFound, kUnreadable    the system's words for the error
//   kChanged
//
// Files whose size the system gives as 0 though they have bytes (as in /proc)
// are read to their end.
//
// Cost: one copy out of the page cache. Nothing is allocated where the buffer
// is large enough from an earlier use.
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_READ_FILE_H_
#define TWICETOLD_CORPUS_READ_FILE_H_

#include <cstdint>
#include <stop_token>
#include <string>

#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/file_state.h"
#include "twicetold/corpus/open_path.h"

namespace twicetold {

// Offsets in a document are 32 bits.
inline constexpr uint64_t kMaxDocumentBytes = UINT32_MAX;

// The text is the first bytes of `*buffer`, which never shrinks: its size says
// nothing about the file.
//
// `expected`, if known, is how the file was when it was found. A small file
// that is still so, or was not changed in the last seconds, costs four calls of
// the system and not six.
//
// `folder`, if it is open, is the one that the path leads through.
ReadResult ReadFile(const std::string& path, std::string* buffer,
                    const FileState& expected = {},
                    const OpenFolder& folder = {});

// The same for who compares the text with what stood there before: of one that
// has changed, it may give bytes that are no text or of no one moment. A small
// file costs three calls of the system.
ReadResult ReadFileAgain(const std::string& path, std::string* buffer,
                         const OpenFolder& folder = {});

// Reads what can be read only once, to its end: a FIFO, a terminal, standard
// input as /dev/stdin. Waits for its bytes; a request to stop is seen between
// reads and gives kUnreadable with "interrupted".
ReadResult ReadStream(const std::string& path, std::string* buffer,
                      std::stop_token stop = {});

// The same from an open descriptor, which stays open.
ReadResult ReadStreamFd(int fd, std::string* buffer, std::stop_token stop = {});

// Waits until `fd` has something to say or has come to its end; false if a
// stop was requested before.
bool WaitForInput(int fd, const std::stop_token& stop);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_READ_FILE_H_
