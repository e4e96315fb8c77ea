// SPDX-License-Identifier: Apache-2.0
//
// From pairs of places to reuse: a passage that is used in n places is one
// entry with n places and the n - 1 pairs that tie them together.
//
// Sides of pairs are one place if they share half of the words of the longer
// one at least, held against the side of the pair with the best score. A
// quotation of one sentence from a page that is used again as a whole is thus
// an entry of its own. And no place of an entry holds most of another one:
// pairs with such a place are evidence for the entry, too.
//
// An entry grows from its representative, its earliest place, along pairs. How
// much of the representative each place stands for is carried along, and a
// place that stands for less than half of it is not in the entry: a chain of
// partial overlaps ends where the text has become another one. Every pair is
// in one entry, as evidence if not among the n - 1.
//
// Guarantee: the outcome depends on the set of pairs only, not on their order
// (but `pairs` are their indices).
// Cost: n log n in the pairs. Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_REUSE_H_
#define TWICETOLD_PASSAGE_REUSE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"
#include "twicetold/passage/place.h"

namespace twicetold {

// A passage with its documents; a is not b.
struct PlacePair {
  Place a;
  Place b;
  PassageKind kind = PassageKind::kReworded;
  double score = 0;
};

// Verbatim or light text is repeated if it is in one document, and in so many
// places; it is boilerplate if it is in so many documents.
inline constexpr size_t kLeastRepeatedPlaces = 4;
inline constexpr size_t kLeastBoilerplateDocuments = 8;

struct ReuseEntry {
  // Of the pair with the best score among those that are neither a quotation
  // nor ignored text; where all pairs are, among the quotations; else
  // boilerplate. One place that does not quote is enough for reuse. Then the
  // number of places may make it repeated or boilerplate.
  PassageKind kind = PassageKind::kReworded;
  double score = 0;  // the best of any pair
  // The representative, then the others, ascending.
  std::vector<Place> places;
  // Of each place, a pair that has it as a side: twice its index, and one more
  // for side b.
  std::vector<uint32_t> sides;
  // Indices of pairs, one for each place but the first: with the first where
  // there is such a pair, else with a place that is tied to it before.
  std::vector<uint32_t> pairs;
  uint32_t all_pairs = 0;  // pairs between these places
  bool ignored = false;    // all of them are ignored text
};

// Best score first, then by place.
std::vector<ReuseEntry> JoinReuse(std::span<const PlacePair> pairs);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_REUSE_H_
