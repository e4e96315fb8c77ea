// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a file from its start to its end, decompressed on the way.
//
// Gzip is read by ISA-L, which is nearly twice as fast as zlib; zstd by
// libzstd. All members of a gzip file and all frames of a zstd file are read,
// one after the other. NULs behind the last gzip member are padding; anything
// else there, and anything that is cut short or does not have its checksum, is
// kCorrupt.
//
// Memory: gzip about 200 KiB; zstd what the frame asks for, mostly up to 8 MiB,
// up to 2 GiB for files made with --long=31.
// Thread safety: one source for one thread at a time.
#ifndef TWICETOLD_CORPUS_BYTE_SOURCE_H_
#define TWICETOLD_CORPUS_BYTE_SOURCE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>

#include "twicetold/corpus/record_files.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

// What a reading gave. Fewer bytes than asked for mean the end of the file, or
// `skip`, before which the bytes come.
struct ReadBytes {
  size_t count = 0;
  std::optional<Skip> skip;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills `size` bytes at `out` as far as there are as many.
  virtual ReadBytes Read(char* out, size_t size) = 0;
};

// Opens `source`, which may be a FIFO or another stream: then `stop` ends the
// waiting for it, with kUnreadable. Without success gives null and sets
// `*skip`.
std::unique_ptr<ByteSource> OpenSource(const RecordSource& source,
                                       std::stop_token stop,
                                       std::optional<Skip>* skip);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_BYTE_SOURCE_H_
