// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/found_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

constexpr int kCurveSteps = 2000;
constexpr double kMillion = 1e6;

// Half the width of a 95 % interval in standard deviations, for kFreshSeeds
// values (Student, 19 degrees of freedom).
constexpr double kStudent = 2.093;

// P(Binomial(n, p) >= least).
double ChanceOfAtLeast(int n, double p, size_t least) {
  if (least == 0 || p >= 1) return 1;
  if (p <= 0) return 0;
  double below = 0;
  for (int m = 0; m < static_cast<int>(least); ++m) {
    below += std::exp(std::lgamma(n + 1.) - std::lgamma(m + 1.) -
                      std::lgamma(n - m + 1.) + m * std::log(p) +
                      (n - m) * std::log1p(-p));
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
  for (const Sampled& sampled : sample_) pairs.push_back(sampled.pair);
  return pairs;
}

absl::StatusOr<RecallInterval> SpreadOverSeeds(
    const std::vector<RemovedRow>& sample, const ShingleSets& sets,
    const BandPlan& plan, const FindCurve& curve, int sketch_size,
    uint64_t seed, uint64_t most_work, ThreadPool* pool) {
  std::vector<RemovedRow> pairs;
  std::vector<uint32_t> documents;
  uint64_t work = 0;
  for (const RemovedRow& pair : sample) {
    work += uint64_t{pair.shingles} + pair.shingles_of_kept;
    if (work > most_work && !pairs.empty()) break;
    pairs.push_back(pair);
    documents.push_back(pair.document);
    documents.push_back(pair.kept);
  }
  if (pairs.empty()) return RecallInterval{};
  SortDistinct(&documents);
  const auto place = [&](uint32_t document) {
    return static_cast<size_t>(
        std::lower_bound(documents.begin(), documents.end(), document) -
        documents.begin());
  };
  std::array<double, kFreshSeeds> recalls;
  const size_t size = static_cast<size_t>(sketch_size);
  std::vector<uint32_t> slots(documents.size() * size);
  std::vector<absl::Status> statuses(static_cast<size_t>(pool->size()));
  for (int s = 0; s < kFreshSeeds; ++s) {
    const Sketcher sketcher(sketch_size,
                            Mix(seed + 1 + static_cast<uint64_t>(s)) | 1);
    pool->For(documents.size(), 16,
              [&](size_t begin, size_t end, int worker) {
                std::vector<uint64_t> buffer;
                for (size_t i = begin; i < end; ++i) {
                  const auto set = sets.Get(documents[i], &buffer);
                  if (!set.ok()) {
                    statuses[static_cast<size_t>(worker)] = set.status();
                    return;
                  }
                  sketcher.Sketch(*set,
                                  std::span(slots).subspan(i * size, size));
                }
              },
              {});
    for (const absl::Status& status : statuses) {
      if (!status.ok()) return status;
    }
    double all = 0;
    double found = 0;
    for (const RemovedRow& pair : pairs) {
      const double weight = 1 / std::max(curve(pair.overlap().jaccard()), 1e-6);
      const auto a = std::span<const uint32_t>(slots).subspan(
          place(pair.document) * size, size);
      const auto b = std::span<const uint32_t>(slots).subspan(
          place(pair.kept) * size, size);
      all += weight;
      if (Agree(a, b, plan.bands, plan.rows) &&
          EqualSlots(a, b) >= plan.least_equal_slots) {
        found += weight;
      }
    }
    recalls[static_cast<size_t>(s)] = found / all;
  }
  double mean = 0;
  for (double recall : recalls) mean += recall / kFreshSeeds;
  double variance = 0;
  for (double recall : recalls) {
    variance += (recall - mean) * (recall - mean) / (kFreshSeeds - 1);
  }
  const double half = kStudent * std::sqrt(variance);
  return RecallInterval{.pairs = pairs.size(),
                        .low = std::max(0., mean - half),
                        .high = std::min(1., mean + half)};
}

}  // namespace twicetold
