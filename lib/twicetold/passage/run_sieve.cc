// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/run_sieve.h"

#include <algorithm>
#include <bit>

#include "twicetold/passage/runs.h"

namespace twicetold {
namespace {

constexpr size_t kSlotsPerWord = 4;

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

// Tells `visit` of ranges that hold all runs, until it returns false. A run
// holds the marked places one stride apart that it is found by; at either end
// it may have as many words more as do not reach the next.
template <typename Visit>
void RunSieve::VisitHulls(const Words& a, WordRange range, Visit visit) const {
  constexpr uint32_t kMore = kRunStride - 1;
  const uint32_t end = range.end - kRunShingle + 1;
  uint32_t at = range.begin;
  while (at < end) {
    if (!IsMarked(&a.hashes[at])) {
      at += kRunStride;
      continue;
    }
    const uint32_t first = at - std::min(kMore, at - range.begin);
    while (at < end && IsMarked(&a.hashes[at])) at += kRunStride;
    const uint32_t last =
        std::min(range.end, at - kRunStride + kRunShingle + kMore);
    if (!visit(WordRange{first, last})) return;
  }
}

bool RunSieve::MayHaveRuns(const Words& a, WordRange range_a, const Words& b,
                           WordRange range_b, uint32_t min_chars) {
  if (std::min(range_a.size(), range_b.size()) < kRunShingle) return false;
  Mark(std::span(b.hashes).subspan(range_b.begin, range_b.size()));
  bool may_have = false;
  VisitHulls(a, range_a, [&](WordRange hull) {
    const ByteRange bytes = a.BytesOf(hull);
    may_have = bytes.end - bytes.begin >= min_chars;
    return !may_have;
  });
  return may_have;
}

uint32_t RunSieve::MostWordsInRuns(const Words& a, WordRange range_a,
                                   const Words& b, WordRange range_b) {
  if (std::min(range_a.size(), range_b.size()) < kRunShingle) return 0;
  Mark(std::span(b.hashes).subspan(range_b.begin, range_b.size()));
  uint32_t words = 0;
  VisitHulls(a, range_a, [&](WordRange hull) {
    words += hull.size();
    return true;
  });
  return words;
}

}  // namespace twicetold
