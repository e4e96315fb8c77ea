// SPDX-License-Identifier: Apache-2.0
//
// The longest ascending subsequence of a list of numbers.
//
// Source: patience sorting, as in Bram Cohen's diff.
// Cost: O(n log n). Thread safety: a free function without state.
#ifndef TWICETOLD_PASSAGE_LONGEST_ASCENDING_H_
#define TWICETOLD_PASSAGE_LONGEST_ASCENDING_H_

#include <cstdint>
#include <span>
#include <vector>

namespace twicetold {

// Indices into `values`, ascending; the values there ascend strictly.
std::vector<uint32_t> LongestAscending(std::span<const uint32_t> values);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_LONGEST_ASCENDING_H_
