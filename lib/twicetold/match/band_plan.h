// SPDX-License-Identifier: Apache-2.0
//
// How a sketch is cut into bands: locality-sensitive hashing for Jaccard
// similarity (Indyk and Motwani 1998; Leskovec, Rajaraman, Ullman, "Mining of
// Massive Datasets", section 3.4).
//
// A band is a run of `rows` slots. Two documents meet in a band's bucket if
// all its slots agree, which happens with chance J^rows, so they become a
// candidate pair with chance 1-(1-J^rows)^bands. As every candidate is
// verified, the curve may be loose: a band is made as long as the wanted
// recall allows, no longer.
//
// A bucket of too many documents is banded again inside itself, with inner
// bands over slots that no outer band uses. The plan reaches its recall even
// if every bucket is treated so.
//
// Thread safety: plain values and free functions.
#ifndef TWICETOLD_MATCH_BAND_PLAN_H_
#define TWICETOLD_MATCH_BAND_PLAN_H_

#include <cstddef>

#include "absl/status/statusor.h"

namespace twicetold {

struct BandPlan {
  int rows = 0;         // slots a band
  int bands = 0;        // bands, over slots [0, bands * rows)
  int inner_rows = 0;   // slots an inner band
  int inner_bands = 0;  // inner bands, over the slots that follow
  // Slots that must agree for a candidate pair to be verified: a pair at the
  // threshold falls below with a chance of at most kScreenMiss.
  size_t least_equal_slots = 0;
  double expected_recall = 0;  // at the threshold, all of this counted
};

// The chance that the screen drops a pair exactly at the threshold.
inline constexpr double kScreenMiss = 1e-4;

// 1-(1-J^rows)^bands.
double CandidateChance(double jaccard, int rows, int bands);

// The chance that a pair of similarity `jaccard` is found under `plan` if
// every bucket it shares is over-full: a lower bound for any other case, but
// for buckets of which leaders only are compared (candidates.h).
double FindChance(const BandPlan& plan, double jaccard);

// The plan of the most rows, then the fewest bands, then the most inner rows,
// that finds a pair at `min_jaccard` with a chance of at least `recall`.
// Errors: InvalidArgument if no plan over `sketch_size` slots does, with the
// highest recall that can be had.
absl::StatusOr<BandPlan> PlanBands(int sketch_size, double min_jaccard,
                                   double recall);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_BAND_PLAN_H_
