// SPDX-License-Identifier: Apache-2.0
//
// What the pairs that were found say of those that were not.
//
// A pair of Jaccard similarity J is found with the chance p(J) of the banding
// curve and the screen, so a found pair stands for 1/p(J) pairs (Horvitz and
// Thompson, "A generalization of sampling without replacement from a finite
// universe", JASA 1952). How far off that may be is seen from a sample of the
// found pairs, sketched again under fresh seeds: pairs depend on each other
// through the documents that they share, and a fresh seed keeps that.
//
// A pair is a removed document with the one that is kept for it, which it is
// most alike to. Others would not do: which documents are kept depends on what
// was missed, and those that are kept since all their pairs were missed have
// sketches with which further pairs are missed as well.
//
// Guarantee: sums and sample do not depend on the order of Add and Merge.
// Thread safety: none.
#ifndef TWICETOLD_DEDUP_FOUND_PAIRS_H_
#define TWICETOLD_DEDUP_FOUND_PAIRS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/base/parallel.h"
#include "twicetold/dedup/leader_clustering.h"
#include "twicetold/dedup/shingle_sets.h"
#include "twicetold/match/band_plan.h"

namespace twicetold {

// The chance that a pair is found, by its similarity. With `overfull` as if all
// buckets were over-full, a lower bound.
class FindCurve {
 public:
  FindCurve(const BandPlan& plan, int sketch_size, bool overfull);
  // Where all pairs are found.
  static FindCurve OfAll() { return FindCurve(); }

  double operator()(double jaccard) const;

 private:
  FindCurve();

  std::vector<double> chances_;  // at equal steps from 0 to 1
};

inline constexpr size_t kMostSampledPairs = 10'000;
inline constexpr int kFreshSeeds = 20;

class FoundPairs {
 public:
  explicit FoundPairs(const FindCurve& curve) : curve_(&curve) {}

  void Add(const RemovedRow& pair);
  void Merge(const FoundPairs& other);

  uint64_t count() const { return count_; }
  // The share of all pairs at or above the threshold that was found, by the
  // curve alone; 1 without any. A little too low: the slots of a sketch depend
  // on each other in a way that lets fewer pairs be missed.
  double EstimatedRecall() const;

  // At most kMostSampledPairs, the same for any order; ascending by a hash.
  std::vector<RemovedRow> Sample() const;

 private:
  struct Sampled {
    uint64_t hash;
    RemovedRow pair;
  };
  void Trim() const;

  const FindCurve* curve_;
  uint64_t count_ = 0;
  uint64_t weight_ = 0;  // sum of 1/p in millionths
  mutable std::vector<Sampled> sample_;
};

struct RecallInterval {
  uint64_t pairs = 0;  // in the sample
  double mean = 1;     // of the seeds
  double low = 0;
  double high = 1;
};

// The mean and the 95 % interval of the recall from a sample of found pairs, as
// if no bucket were over-full. `most_work`
// bounds the shingles that are sketched under each seed; pairs of `sample`
// beyond it are left out.
absl::StatusOr<RecallInterval> SpreadOverSeeds(
    const std::vector<RemovedRow>& sample, const ShingleSets& sets,
    const BandPlan& plan, const FindCurve& curve, int sketch_size,
    uint64_t seed, uint64_t most_work, ThreadPool* pool);

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_FOUND_PAIRS_H_
