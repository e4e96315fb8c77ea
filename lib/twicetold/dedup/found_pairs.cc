// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/found_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "twicetold/base/hash.h"
#include "twicetold/match/binomial.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

constexpr int kCurveSteps = 2000;
constexpr double kMillion = 1e6;

constexpr size_t kPairGrain = 16;
static_assert(kFreshSeeds <= 32);

// Half the width of a 95 % interval in standard deviations, for kFreshSeeds
// values (Student, 19 degrees of freedom).
constexpr double kStudent = 2.093;

// P(Binomial(n, p) >= least).
double ChanceOfAtLeast(int n, double p, size_t least) {
  if (least == 0 || p >= 1) return 1;
  if (p <= 0) return 0;
  double below = 0;
  for (int m = 0; m < static_cast<int>(least); ++m) {
    below += BinomialProbability(m, n, p);
  }
  return std::max(0., 1 - below);
}

bool Agree(std::span<const uint32_t> a, std::span<const uint32_t> b, int bands,
           int rows) {
  for (int band = 0; band < bands; ++band) {
    const size_t first = static_cast<size_t>(band) * static_cast<size_t>(rows);
    if (std::equal(a.begin() + static_cast<ptrdiff_t>(first),
                   a.begin() + static_cast<ptrdiff_t>(first) + rows,
                   b.begin() + static_cast<ptrdiff_t>(first))) {
      return true;
    }
  }
  return false;
}

// The first pairs whose shingles are `most_work` together; at least one.
std::vector<RemovedRow> FirstOf(const std::vector<RemovedRow>& sample,
                                uint64_t most_work) {
  std::vector<RemovedRow> pairs;
  uint64_t work = 0;
  for (const RemovedRow& pair : sample) {
    work += uint64_t{pair.shingles} + pair.shingles_of_kept;
    if (work > most_work && !pairs.empty()) break;
    pairs.push_back(pair);
  }
  return pairs;
}

// Tells under which fresh seeds pairs would have been found.
class FreshSeeds {
 public:
  FreshSeeds(const ShingleSets& sets, const BandPlan& plan, int sketch_size,
             uint64_t seed, ThreadPool* pool)
      : plan_(plan), size_(static_cast<size_t>(sketch_size)), pool_(pool) {
    for (int s = 0; s < kFreshSeeds; ++s) {
      sketchers_.emplace_back(sketch_size,
                              Mix(seed + 1 + static_cast<uint64_t>(s)) | 1);
    }
    for (int i = 0; i < pool->size(); ++i) {
      workers_.emplace_back(sets, size_ * sketchers_.size());
    }
  }

  // Of each pair the seeds, as bits.
  absl::StatusOr<std::vector<uint32_t>> Find(
      std::span<const RemovedRow> pairs) {
    std::vector<uint32_t> found(pairs.size());
    pool_->For(pairs.size(), kPairGrain,
               [&](size_t begin, size_t end, int number) {
                 Worker& worker = workers_[static_cast<size_t>(number)];
                 for (size_t i = begin; i < end && worker.status.ok(); ++i) {
                   found[i] = FindOne(pairs[i], &worker);
                 }
               },
               {});
    for (const Worker& worker : workers_) {
      if (!worker.status.ok()) return worker.status;
    }
    return found;
  }

 private:
  struct Worker {
    Worker(const ShingleSets& sets, size_t slots)
        : reader(sets), a(slots), b(slots) {}

    ShingleSetReader reader;
    std::vector<uint32_t> a;  // sketches under all seeds
    std::vector<uint32_t> b;
    absl::Status status;
  };

  uint32_t FindOne(const RemovedRow& pair, Worker* worker) const {
    Sketch(pair.document, worker, &worker->a);
    Sketch(pair.kept, worker, &worker->b);
    uint32_t found = 0;
    for (size_t s = 0; s < sketchers_.size(); ++s) {
      const auto a = std::span<const uint32_t>(worker->a).subspan(s * size_);
      const auto b = std::span<const uint32_t>(worker->b).subspan(s * size_);
      if (Agree(a, b, plan_.bands, plan_.rows) &&
          EqualSlots(a.first(size_), b.first(size_)) >=
              plan_.least_equal_slots) {
        found |= uint32_t{1} << s;
      }
    }
    return found;
  }

  void Sketch(uint32_t document, Worker* worker,
              std::vector<uint32_t>* slots) const {
    const auto set = worker->reader.Read(document);
    worker->status.Update(set.status());
    if (!set.ok()) return;
    for (size_t s = 0; s < sketchers_.size(); ++s) {
      sketchers_[s].Sketch(*set, std::span(*slots).subspan(s * size_, size_));
    }
  }

  const BandPlan& plan_;
  const size_t size_;  // of a sketch
  ThreadPool* const pool_;
  std::vector<Sketcher> sketchers_;  // by seed
  std::vector<Worker> workers_;
};

RecallInterval IntervalOf(const std::array<double, kFreshSeeds>& recalls,
                          uint64_t pairs) {
  double mean = 0;
  for (double recall : recalls) mean += recall;
  mean /= kFreshSeeds;
  double variance = 0;
  for (double recall : recalls) {
    variance += (recall - mean) * (recall - mean) / (kFreshSeeds - 1);
  }
  const double half = kStudent * std::sqrt(variance);
  return {.pairs = pairs,
          .mean = mean,
          .low = std::max(0., mean - half),
          .high = std::min(1., mean + half)};
}

}  // namespace

FindCurve::FindCurve(const BandPlan& plan, int sketch_size, bool overfull) {
  for (int i = 0; i <= kCurveSteps; ++i) {
    const double jaccard = static_cast<double>(i) / kCurveSteps;
    double chance = CandidateChance(jaccard, plan.rows, plan.bands);
    if (overfull) {
      chance *= CandidateChance(jaccard, plan.inner_rows, plan.inner_bands);
    }
    chances_.push_back(
        chance * ChanceOfAtLeast(sketch_size, jaccard, plan.least_equal_slots));
  }
}

FindCurve::FindCurve() : chances_(kCurveSteps + 1, 1.) {}

double FindCurve::operator()(double jaccard) const {
  const double at = std::clamp(jaccard, 0., 1.) * kCurveSteps;
  const size_t step =
      std::min<size_t>(static_cast<size_t>(at), kCurveSteps - 1);
  const double part = at - static_cast<double>(step);
  return chances_[step] * (1 - part) + chances_[step + 1] * part;
}

void FoundPairs::Add(const RemovedRow& pair) {
  ++count_;
  const double chance = std::max((*curve_)(pair.overlap().jaccard()), 1e-6);
  weight_ += static_cast<uint64_t>(std::llround(kMillion / chance));
  const auto [a, b] = std::minmax(pair.document, pair.kept);
  sample_.push_back({Mix(uint64_t{a} << 32 | b), pair});
  if (sample_.size() >= 4 * kMostSampledPairs) Trim();
}

void FoundPairs::Merge(const FoundPairs& other) {
  count_ += other.count_;
  weight_ += other.weight_;
  sample_.insert(sample_.end(), other.sample_.begin(), other.sample_.end());
  Trim();
}

void FoundPairs::Trim() const {
  std::sort(sample_.begin(), sample_.end(),
            [](const Sampled& x, const Sampled& y) { return x.hash < y.hash; });
  if (sample_.size() > kMostSampledPairs) sample_.resize(kMostSampledPairs);
}

double FoundPairs::EstimatedRecall() const {
  if (weight_ == 0) return 1;
  return static_cast<double>(count_) * kMillion / static_cast<double>(weight_);
}

std::vector<RemovedRow> FoundPairs::Sample() const {
  Trim();
  std::vector<RemovedRow> pairs;
  pairs.reserve(sample_.size());
  for (const Sampled& sampled : sample_) pairs.push_back(sampled.pair);
  return pairs;
}

absl::StatusOr<RecallInterval> SpreadOverSeeds(
    const std::vector<RemovedRow>& sample, const ShingleSets& sets,
    const BandPlan& plan, const FindCurve& curve, int sketch_size,
    uint64_t seed, uint64_t most_work, ThreadPool* pool) {
  const std::vector<RemovedRow> pairs = FirstOf(sample, most_work);
  if (pairs.empty()) return RecallInterval{};
  const auto found_under =
      FreshSeeds(sets, plan, sketch_size, seed, pool).Find(pairs);
  if (!found_under.ok()) return found_under.status();
  std::array<double, kFreshSeeds> recalls;
  for (size_t s = 0; s < recalls.size(); ++s) {
    double all = 0;
    double found = 0;
    for (size_t i = 0; i < pairs.size(); ++i) {
      const double weight =
          1 / std::max(curve(pairs[i].overlap().jaccard()), 1e-6);
      all += weight;
      if (((*found_under)[i] >> s & 1) != 0) found += weight;
    }
    recalls[s] = found / all;
  }
  return IntervalOf(recalls, pairs.size());
}

}  // namespace twicetold
