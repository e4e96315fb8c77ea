// SPDX-License-Identifier: Apache-2.0
//
// How much a compressed file says that it holds, for forecasts: nothing is
// decompressed.
//
// Thread safety: a free function without state.
#ifndef TWICETOLD_CORPUS_UNPACKED_SIZE_H_
#define TWICETOLD_CORPUS_UNPACKED_SIZE_H_

#include <cstdint>
#include <string>

#include "twicetold/corpus/record_files.h"

namespace twicetold {

// In bytes; 0 if it says nothing, or cannot be read. Of zstd the first frame
// counts, of gzip the last member, modulo 4 GiB: where there are several, the
// file holds more. Nobody checks what stands there.
// Cost: a few bytes of the file.
uint64_t UnpackedSizeOf(const std::string& path, Compression compression);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_UNPACKED_SIZE_H_
