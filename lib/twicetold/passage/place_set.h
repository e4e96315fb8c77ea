// SPDX-License-Identifier: Apache-2.0
//
// Sides of passages that are one place of a document: each shares most of its
// words, and of the longer one's, with the leader, the first of them that was
// added. Of several such leaders it goes with the one it shares most words
// with, and of these with the first.
//
// Leaders are bits beside the sorted sides, so that those near a side are found
// without a tree.
//
// Cost of an addition: O(log n) and the leaders near it, 64 sides that are none
// at once. Thread safety: one thread.
#ifndef TWICETOLD_PASSAGE_PLACE_SET_H_
#define TWICETOLD_PASSAGE_PLACE_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twicetold/passage/place.h"

namespace twicetold {

class PlaceSet {
 public:
  // All sides that will be added, ascending by place, each once.
  explicit PlaceSet(std::vector<Place> sides);

  // The number of the place of side `index`: 0, 1 and so on.
  uint32_t Add(size_t index);

  // Places so far.
  uint32_t size() const { return size_; }

 private:
  static constexpr size_t kBits = 64;
  static constexpr size_t kNowhere = static_cast<size_t>(-1);

  size_t FirstBehind(size_t index) const;
  size_t LastBefore(size_t end, const Place& first) const;

  const std::vector<Place> sides_;
  std::vector<uint64_t> leads_;      // a bit a side: whether it is a leader
  std::vector<uint32_t> number_of_;  // of the place of each leader
  uint32_t size_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_PLACE_SET_H_
