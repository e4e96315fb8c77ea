// SPDX-License-Identifier: Apache-2.0
//
// Words that two texts have in the same order.
//
// Both are read side by side. Where they differ, the nearest place is taken
// from which on a few words agree, or, if there is none near, the next run of
// words that stands in b once. The outcome is a common subsequence, not always
// the longest: at most that, and of texts that differ in a few words next to
// it.
//
// Cost: O(words of both), and at most kMostTries comparisons a difference.
// Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_WORD_ORDER_H_
#define TWICETOLD_PASSAGE_WORD_ORDER_H_

#include <cstdint>
#include <span>

namespace twicetold {

// How far the nearest place is looked for, in words of either side.
inline constexpr uint32_t kNearWords = 16;
inline constexpr uint32_t kMostTries = (kNearWords + 1) * (kNearWords + 1);

// `a` and `b` are hashes of words.
uint32_t WordsInOrder(std::span<const uint64_t> a, std::span<const uint64_t> b);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WORD_ORDER_H_
