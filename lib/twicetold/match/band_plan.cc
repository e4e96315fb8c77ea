// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/band_plan.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_format.h"
#include "twicetold/match/binomial.h"

namespace twicetold {
namespace {

// Longer bands than this save no more work: a bucket then holds little but
// near-duplicates.
constexpr int kMostRows = 32;

// The largest m with P(Binomial(n, p) < m) <= `tail`.
size_t LeastEqualSlots(int n, double p, double tail) {
  if (p >= 1) return static_cast<size_t>(n);
  double below = 0;
  for (int m = 0; m < n; ++m) {
    below += BinomialProbability(m, n, p);
    if (below > tail) return static_cast<size_t>(m);
  }
  return static_cast<size_t>(n);
}

// Sets the longest inner bands over `free_slots` with which the plan reaches
// `recall`; false if there are none, with the loosest ones set.
bool PlanInner(int free_slots, double min_jaccard, double recall,
               BandPlan* plan) {
  for (int rows = std::min(kMostRows, free_slots); rows >= 1; --rows) {
    plan->inner_rows = rows;
    plan->inner_bands = free_slots / rows;
    plan->expected_recall = FindChance(*plan, min_jaccard);
    if (plan->expected_recall >= recall) return true;
  }
  return false;
}

}  // namespace

double CandidateChance(double jaccard, int rows, int bands) {
  return 1 - std::pow(1 - std::pow(jaccard, rows), bands);
}

double FindChance(const BandPlan& plan, double jaccard) {
  // The inner bands are the same slots in whatever bucket a pair meets again,
  // so further outer buckets are no further chances to pass them.
  return CandidateChance(jaccard, plan.rows, plan.bands) *
         CandidateChance(jaccard, plan.inner_rows, plan.inner_bands) *
         (1 - kScreenMiss);
}

absl::StatusOr<BandPlan> PlanBands(int sketch_size, double min_jaccard,
                                   double recall) {
  BandPlan plan;
  plan.least_equal_slots =
      LeastEqualSlots(sketch_size, min_jaccard, kScreenMiss);
  double best = 0;
  for (int rows = std::min(kMostRows, sketch_size); rows >= 1; --rows) {
    for (int bands = 1; bands * rows < sketch_size; ++bands) {
      plan.rows = rows;
      plan.bands = bands;
      const int free_slots = sketch_size - bands * rows;
      if (PlanInner(free_slots, min_jaccard, recall, &plan)) return plan;
      best = std::max(best, plan.expected_recall);
    }
  }
  return absl::InvalidArgumentError(absl::StrFormat(
      "a sketch of %d slots cannot find pairs at a Jaccard similarity of %g "
      "with a recall of %.15g (%.4f at most): take a larger sketch, a higher "
      "similarity or a lower recall",
      sketch_size, min_jaccard, recall, best));
}

}  // namespace twicetold
