// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/run_sieve.h"

#include <algorithm>
#include <bit>

#include "twicetold/passage/runs.h"

namespace twicetold {
namespace {

constexpr size_t kSlotsPerWord = 4;

// A run holds the marked places one stride apart that it is found by; at either
// end it may have as many words more as do not reach the next.
constexpr uint32_t kMore = kRunStride - 1;

uint32_t BeginOfHull(WordRange range, uint32_t first) {
  return first - std::min(kMore, first - range.begin);
}
uint32_t EndOfHull(WordRange range, uint32_t last) {
  return std::min(range.end, last + kRunShingle + kMore);
}

}  // namespace

void RunSieve::Mark(std::span<const uint64_t> hashes) {
  const size_t slots = std::bit_ceil(kSlotsPerWord * hashes.size());
  mask_ = slots - 1;
  marks_.assign(slots, 0);
  uint8_t* const marks = marks_.data();
  const uint64_t* const words = hashes.data();
  for (size_t i = 0; i + kRunShingle <= hashes.size(); ++i) {
    marks[RunKey(words + i) & mask_] = 1;
  }
}

bool RunSieve::IsMarked(const uint64_t* word) const {
  return marks_[RunKey(word) & mask_] != 0;
}

// Tells `visit` of ranges that hold all runs.
template <typename Visit>
void RunSieve::VisitHulls(const Words& a, WordRange range, Visit visit) const {
  const uint32_t end = range.end - kRunShingle + 1;
  uint32_t at = range.begin;
  while (at < end) {
    if (!IsMarked(&a.hashes[at])) {
      at += kRunStride;
      continue;
    }
    const uint32_t first = BeginOfHull(range, at);
    while (at < end && IsMarked(&a.hashes[at])) at += kRunStride;
    visit(WordRange{first, EndOfHull(range, at - kRunStride)});
  }
}

// Looks for marked places in a row whose hull has so many bytes. Such a row
// that begins at `first` or behind it goes over `last`, where the hull from
// `first` on has enough: where that place is not marked, those before it need
// not be looked at.
bool RunSieve::MayHaveRuns(const Words& a, WordRange range_a, const Words& b,
                           WordRange range_b, uint32_t min_chars) {
  if (std::min(range_a.size(), range_b.size()) < kRunShingle) return false;
  Mark(std::span(b.hashes).subspan(range_b.begin, range_b.size()));
  const ByteRange* const ranges = a.ranges.data();
  const uint32_t end = range_a.end - kRunShingle + 1;
  uint32_t first = range_a.begin;
  uint32_t known = first;  // places from `first` up to here are marked
  uint32_t last = first;
  while (first < end) {
    const uint64_t enough =
        uint64_t{ranges[BeginOfHull(range_a, first)].begin} + min_chars;
    last = std::max(last, first);
    while (ranges[EndOfHull(range_a, last) - 1].end < enough) {
      last += kRunStride;
      if (last >= end) return false;
    }
    if (last < known) return true;
    uint32_t at = last;
    while (IsMarked(&a.hashes[at])) {
      if (at == known) return true;
      at -= kRunStride;
    }
    first = at + kRunStride;
    known = last + kRunStride;
  }
  return false;
}

uint32_t RunSieve::MostWordsInRuns(const Words& a, WordRange range_a,
                                   const Words& b, WordRange range_b) {
  if (std::min(range_a.size(), range_b.size()) < kRunShingle) return 0;
  Mark(std::span(b.hashes).subspan(range_b.begin, range_b.size()));
  uint32_t words = 0;
  VisitHulls(a, range_a, [&](WordRange hull) { words += hull.size(); });
  return words;
}

}  // namespace twicetold
