// SPDX-License-Identifier: Apache-2.0
//
// A half-open range of bytes of one document.
#ifndef TWICETOLD_BASE_BYTE_RANGE_H_
#define TWICETOLD_BASE_BYTE_RANGE_H_

#include <cstdint>

namespace twicetold {

// A document holds less than 4 GiB (see kMaxDocumentBytes in
// twicetold/corpus/read_file.h), so 32 bits address every byte of it.
struct ByteRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

}  // namespace twicetold

#endif  // TWICETOLD_BASE_BYTE_RANGE_H_
