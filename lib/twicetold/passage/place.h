// SPDX-License-Identifier: Apache-2.0
//
// A place: a range of words of one document of a collection.
//
// Thread safety: a plain value.
#ifndef TWICETOLD_PASSAGE_PLACE_H_
#define TWICETOLD_PASSAGE_PLACE_H_

#include <cstdint>
#include <tuple>

#include "twicetold/passage/passage.h"

namespace twicetold {

struct Place {
  uint32_t document = 0;
  WordRange words;
  friend bool operator==(const Place&, const Place&) = default;
};

// Ascending by document, then by words.
inline bool ByPlace(const Place& x, const Place& y) {
  return std::tuple(x.document, x.words.begin, x.words.end) <
         std::tuple(y.document, y.words.begin, y.words.end);
}

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_PLACE_H_
