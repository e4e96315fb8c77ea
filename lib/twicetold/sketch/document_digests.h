// SPDX-License-Identifier: Apache-2.0
//
// By what it is told that documents are the same.
//
// Thread safety: plain values.
#ifndef TWICETOLD_SKETCH_DOCUMENT_DIGESTS_H_
#define TWICETOLD_SKETCH_DOCUMENT_DIGESTS_H_

#include <cstdint>

#include "twicetold/base/hash.h"

namespace twicetold {

struct DocumentDigests {
  uint64_t words = 0;  // tokens; a document without any is the same as none
  Digest bytes;        // of the bytes
  Digest text;         // of the token hashes in order
};

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_DOCUMENT_DIGESTS_H_
