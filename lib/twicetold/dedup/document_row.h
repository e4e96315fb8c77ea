// SPDX-License-Identifier: Apache-2.0
//
// What the first pass leaves of each document, besides its sketch.
//
// Thread safety: plain values.
#ifndef TWICETOLD_DEDUP_DOCUMENT_ROW_H_
#define TWICETOLD_DEDUP_DOCUMENT_ROW_H_

#include <cstdint>
#include <span>

#include "twicetold/base/hash.h"
#include "twicetold/corpus/role.h"
#include "twicetold/dedup/dedup_options.h"

namespace twicetold {

// One for each number of the input, in order. A number without a document, or
// whose document has no words, has `words` 0 and takes no part.
struct DocumentRow {
  Digest bytes;          // of the bytes of the text
  Digest text;           // of the token hashes in order
  uint64_t key_end = 0;  // in the file of keys; it begins where the one before
                         // ends
  uint64_t offset = 0;   // of its text in the file, decompressed
  uint32_t raw_bytes = 0;     // of its text there, with escapes
  uint32_t words = 0;         // tokens
  uint32_t has_document = 0;  // 0: an empty line, or what was skipped
  uint32_t unused = 0;
};
static_assert(sizeof(DocumentRow) == 64);

// The order in which documents are kept: those of the reference first, then
// as `keep` says, ties by number.
struct Preference {
  Keep keep = Keep::kLongest;
  std::span<const uint32_t> words;  // by number
  Roles roles = {};                 // by number; empty without a reference

  bool operator()(uint32_t a, uint32_t b) const {
    if (!roles.empty() && roles[a] != roles[b]) {
      return roles[a] == Role::kReference;
    }
    if (keep == Keep::kLongest && words[a] != words[b]) {
      return words[a] > words[b];
    }
    return keep == Keep::kLast ? a > b : a < b;
  }
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_DOCUMENT_ROW_H_
