// SPDX-License-Identifier: Apache-2.0
//
// From tokens to shingles: runs of k consecutive tokens (Broder, "On the
// resemblance and containment of documents", 1997).
//
// A shingle is known by a 64-bit hash of its token hashes that depends on
// their order: a polynomial in the token hashes modulo 2^64, and then mixed,
// since sketches need hashes without linear relations between neighbours.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_SKETCH_SHINGLE_H_
#define TWICETOLD_SKETCH_SHINGLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

// Shingle i begins at token i, so that the index is the position.
using ShingleList = std::vector<uint64_t>;

// Distinct shingles, in an order without meaning.
using ShingleSet = std::vector<uint64_t>;

// The shingles of `size` >= 1 tokens in text order. Fewer tokens than that,
// but at least one, are a single shingle; no token, none. `*list` is
// overwritten, its capacity reused. Cost: O(tokens).
void MakeShingles(std::span<const uint64_t> tokens, int size,
                  ShingleList* list);

// The only shingle of at least 1 and at most `size` tokens.
uint64_t ShortShingle(std::span<const uint64_t> tokens, int size);

// Leaves each shingle of `*list` once, in an order that depends on the list
// alone. Cost: O(n) expected, and memory for a table (shingle_table.h, which
// can keep it for the next list).
void MakeShingleSet(ShingleList* list);

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SHINGLE_H_
