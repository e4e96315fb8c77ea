// SPDX-License-Identifier: Apache-2.0
//
// All pairs at or above the threshold, without sketches: a prefix-filter join
// (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins in
// data cleaning", ICDE 2006; Bayardo, Ma, Srikant, "Scaling up all pairs
// similarity search", WWW 2007).
//
// Two sets of a Jaccard similarity of at least t share t |x| of the members of
// either x. So if all members stand in one order, the first |x| - ceil(t |x|)
// + 1 of both have one in common. The order is from rare to frequent, by
// counts that may be too high, so that few others share it.
//
// Guarantee: every pair at or above the threshold is found; pairs depend on
// the input only.
// Cost: two passes over the input; about (1 - t) entries a shingle, on disk
// where memory is not enough; and all pairs that share a shingle of their
// beginnings, which is the square of their number where many do. That is
// given up beyond kMostExactPairs.
// Thread safety: see DedupRun.
#ifndef TWICETOLD_DEDUP_EXACT_PAIRS_H_
#define TWICETOLD_DEDUP_EXACT_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "twicetold/corpus/role.h"
#include "twicetold/dedup/dedup_run.h"
#include "twicetold/dedup/same_stage.h"
#include "twicetold/dedup/sketch_stage.h"

namespace twicetold {

inline constexpr uint64_t kMostExactPairs = uint64_t{1} << 34;

// Shingles of a set of `size` >= 1 that have to be looked at.
size_t PrefixSize(size_t size, double min_jaccard);

// Called with pairs, the lesser number in the upper half; repeated ones and
// ones below the threshold among them. From one thread at a time.
using TakePairs = std::function<absl::Status(std::span<const uint64_t> pairs)>;

// Errors: those of `take`; ResourceExhausted beyond kMostExactPairs.
absl::Status FindExactPairs(const DedupRun& run, const SketchedInput& sketched,
                            const SameInput& same, Roles roles,
                            const TakePairs& take);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_EXACT_PAIRS_H_
