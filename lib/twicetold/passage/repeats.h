// SPDX-License-Identifier: Apache-2.0
//
// What stands in so many places that it is told once, with its places, and
// not compared pair by pair: a paragraph over and over in one document
// (kRepeated), a notice in hundreds of documents (kBoilerplate).
//
// It is made of common anchors, those above a cap of the index. A run is a
// stretch of words whose anchors are all common; places that have kLeastWords
// words of a run in common, anchor for anchor, are places of one repeat, and it
// goes on to the right as long as half of them do. Text that returns at once
// (periodic text) is cut where it begins again, or after as many rounds as
// make kLeastWords. Words belong to one repeat at most.
//
// Places are exact but for window - 1 words at either end, as anchors are.
// Cost: n log n in the common anchors of the collection.
// Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_REPEATS_H_
#define TWICETOLD_PASSAGE_REPEATS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/corpus/role.h"
#include "twicetold/passage/anchor_index.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/place.h"

namespace twicetold {

inline constexpr uint32_t kLeastRepeatWords = 20;
inline constexpr size_t kMostListedPlaces = 100;

struct Repeat {
  PassageKind kind = PassageKind::kRepeated;  // or kBoilerplate
  uint64_t places = 0;                        // all there are, at least 2
  uint64_t documents = 0;                     // in which they are
  // The first kMostListedPlaces, ascending; with roles, half of them in new
  // documents and half in the reference, as far as there are so many.
  std::vector<Place> listed;
  // Rarity of the words of the first place's anchors, in bits.
  double score = 0;
};

struct Repeats {
  std::vector<Repeat> repeats;  // ascending by first place
  // Words of common anchors that are in no repeat: they have common shingles
  // but not the same ones in a row twice.
  uint64_t words_left = 0;
};

// With `roles`, by document, only what stands in a new document and in another
// one of the reference.
Repeats FindRepeats(const AnchorIndex& index, Roles roles = {});

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_REPEATS_H_
