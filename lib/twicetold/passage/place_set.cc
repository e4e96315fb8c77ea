// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/place_set.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace twicetold {
namespace {

bool ShareMost(WordRange x, WordRange y) {
  return 2 * uint64_t{SharedWords(x, y)} >= std::max(x.size(), y.size());
}

}  // namespace

PlaceSet::PlaceSet(std::vector<Place> sides)
    : sides_(std::move(sides)),
      leads_((sides_.size() + kBits - 1) / kBits, 0),
      number_of_(sides_.size(), 0) {}

uint32_t PlaceSet::Add(size_t index) {
  const Place& side = sides_[index];
  const WordRange words = side.words;
  // Leaders that share half with `words` begin less than its length before
  // it, or twice that if they are longer.
  const uint32_t reach = 2 * words.size();
  const uint32_t from = words.begin - std::min(words.begin, reach);
  size_t best = sides_.size();
  uint32_t most = 0;
  const auto look_at = [&](size_t at) {
    const WordRange other = sides_[at].words;
    const uint32_t shared = SharedWords(words, other);
    if (shared < most || shared == 0 || !ShareMost(words, other)) return;
    // Of those that share as much, the first.
    most = shared;
    best = at;
  };
  const Place first = {.document = side.document, .words = {from, 0}};
  for (size_t at = LastBefore(FirstBehind(index), first); at != kNowhere;
       at = LastBefore(at, first)) {
    look_at(at);
  }
  if (best < sides_.size()) return number_of_[best];
  leads_[index / kBits] |= uint64_t{1} << (index % kBits);
  return number_of_[index] = size_++;
}

// The first side that begins behind the words of side `index`.
size_t PlaceSet::FirstBehind(size_t index) const {
  const Place& side = sides_[index];
  const auto begins_before = [&side](const Place& other) {
    return other.document == side.document &&
           other.words.begin < side.words.end;
  };
  // Most often one of the next.
  size_t step = 1;
  while (index + step < sides_.size() && begins_before(sides_[index + step])) {
    step *= 2;
  }
  const auto first = sides_.begin() + static_cast<ptrdiff_t>(index);
  const auto last = sides_.begin() + static_cast<ptrdiff_t>(
                                         std::min(index + step, sides_.size()));
  return static_cast<size_t>(std::partition_point(first, last, begins_before) -
                             sides_.begin());
}

// The last leader before `end` that is not before `first`, or kNowhere.
size_t PlaceSet::LastBefore(size_t end, const Place& first) const {
  if (end == 0) return kNowhere;
  size_t word = (end - 1) / kBits;
  uint64_t bits =
      leads_[word] & (~uint64_t{0} >> (kBits - 1 - (end - 1) % kBits));
  while (bits == 0) {
    if (word == 0 || ByPlace(sides_[word * kBits], first)) return kNowhere;
    bits = leads_[--word];
  }
  const size_t at =
      word * kBits + kBits - 1 - static_cast<size_t>(std::countl_zero(bits));
  return ByPlace(sides_[at], first) ? kNowhere : at;
}

}  // namespace twicetold
