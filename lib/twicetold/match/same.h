// SPDX-License-Identifier: Apache-2.0
//
// Documents that are the same: identical bytes, or the same tokens. They are
// told by digest and set aside before sketches are compared, so that n copies
// cost n-1 relations, not n squared.
//
// Thread safety: plain values and a free function.
#ifndef TWICETOLD_MATCH_SAME_H_
#define TWICETOLD_MATCH_SAME_H_

#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/match/verify.h"

namespace twicetold {

struct DocumentDigests {
  uint64_t words = 0;  // tokens; a document without any is the same as none
  Digest bytes;        // of the bytes
  Digest text;         // of the token hashes in order
};

struct SamePair {
  uint32_t a = 0;  // the least document of its class
  uint32_t b = 0;
  Relation relation = Relation::kIdentical;
};

struct SameDocuments {
  // One for each document that is the same as an earlier one, ascending by b:
  // identical to the least document with its bytes, or, where it is itself
  // the least with its bytes, same_text with the least with its tokens.
  std::vector<SamePair> pairs;
  // Documents with tokens that are in no pair as b, ascending: one for each
  // distinct text.
  std::vector<uint32_t> distinct;
};

// Cost: O(n) expected.
SameDocuments FindSame(std::span<const DocumentDigests> documents);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_SAME_H_
