// SPDX-License-Identifier: Apache-2.0
//
// Documents that are the same: identical bytes, or the same tokens. They are
// told by digest and set aside before sketches are compared, so that n copies
// cost n-1 relations, not n squared.
//
// Where new documents are compared with a reference set, the copies on either
// side are set aside by themselves, so that each side keeps one for each text.
//
// Thread safety: plain values and a free function.
#ifndef TWICETOLD_MATCH_SAME_H_
#define TWICETOLD_MATCH_SAME_H_

#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/role.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/document_digests.h"

namespace twicetold {

struct SamePair {
  uint32_t a = 0;  // the least document of its class, without roles
  uint32_t b = 0;
  Relation relation = Relation::kIdentical;
};

// A document that takes no part itself, and the one of its side with the same
// words that does.
struct StandIn {
  uint32_t document = 0;
  uint32_t stands_in = 0;
  friend bool operator==(const StandIn&, const StandIn&) = default;
};

struct SameDocuments {
  // One for each document that is the same as an earlier one, ascending by b:
  // identical to the least document with its bytes, or, where it is itself
  // the least with its bytes, same_text with the least with its tokens.
  std::vector<SamePair> pairs;
  // Documents with tokens that are in no pair as b, ascending: one for each
  // distinct text.
  std::vector<uint32_t> distinct;
  // Only with roles, for each document with tokens that is not in `distinct`,
  // ascending.
  std::vector<StandIn> stand_ins = {};
};

// Cost: O(n) expected.
//
// With `roles`, `distinct` has the least document of each text on either side;
// and each document is in a pair with the least document of the other side
// that has its words, if there is one, and with the least that has its bytes.
// n documents on one side and m on the other are in 2 (n + m) pairs at most.
// Ascending by b, then by a. Cost: O(n log n).
//
// Without roles, two threads of `pool` share the work.
SameDocuments FindSame(std::span<const DocumentDigests> documents, Roles roles,
                       ThreadPool* pool);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_SAME_H_
