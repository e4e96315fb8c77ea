// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/passage_score.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace twicetold {
namespace {

constexpr double kNothingToFind = 1;

CharRange Overlap(CharRange x, CharRange y) {
  const uint64_t begin = std::max(x.begin, y.begin);
  return {begin, std::max(begin, std::min(x.end, y.end))};
}

uint64_t SizeOfUnion(std::vector<CharRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](CharRange x, CharRange y) { return x.begin < y.begin; });
  uint64_t size = 0;
  uint64_t end = 0;
  for (CharRange range : ranges) {
    range.begin = std::max(range.begin, end);
    if (range.begin >= range.end) continue;
    size += range.size();
    end = range.end;
  }
  return size;
}

Coverage CoverageOfOne(const CharPassage& passage,
                       std::span<const CharPassage> others) {
  Coverage coverage;
  std::vector<CharRange> a;
  std::vector<CharRange> b;
  for (const CharPassage& other : others) {
    const CharRange in_a = Overlap(passage.a, other.a);
    const CharRange in_b = Overlap(passage.b, other.b);
    if (in_a.size() == 0 || in_b.size() == 0) continue;
    ++coverage.meets;
    a.push_back(in_a);
    b.push_back(in_b);
  }
  if (coverage.meets == 0) return coverage;
  coverage.share = static_cast<double>(SizeOfUnion(std::move(a)) +
                                       SizeOfUnion(std::move(b))) /
                   static_cast<double>(passage.a.size() + passage.b.size());
  return coverage;
}

}  // namespace

std::vector<Coverage> CoverageOf(std::span<const CharPassage> passages,
                                 std::span<const CharPassage> others) {
  std::vector<Coverage> coverages;
  coverages.reserve(passages.size());
  for (const CharPassage& passage : passages) {
    coverages.push_back(CoverageOfOne(passage, others));
  }
  return coverages;
}

PairCoverage Compare(std::span<const CharPassage> cases,
                     std::span<const CharPassage> detections) {
  return {.cases = CoverageOf(cases, detections),
          .detections = CoverageOf(detections, cases)};
}

void PassageScore::Add(const PairCoverage& pair) {
  ++pairs_;
  cases_ += pair.cases.size();
  detections_ += pair.detections.size();
  for (const Coverage& coverage : pair.cases) {
    share_of_cases_ += coverage.share;
    detected_cases_ += coverage.meets > 0 ? 1 : 0;
    meetings_ += coverage.meets;
  }
  for (const Coverage& coverage : pair.detections) {
    share_of_detections_ += coverage.share;
    false_detections_ += coverage.meets == 0 ? 1 : 0;
  }
}

double PassageScore::recall() const {
  return cases_ == 0 ? kNothingToFind
                     : share_of_cases_ / static_cast<double>(cases_);
}

double PassageScore::precision() const {
  return detections_ == 0
             ? kNothingToFind
             : share_of_detections_ / static_cast<double>(detections_);
}

double PassageScore::granularity() const {
  return detected_cases_ == 0 ? 1
                              : static_cast<double>(meetings_) /
                                    static_cast<double>(detected_cases_);
}

double PassageScore::plagdet() const {
  const double sum = recall() + precision();
  if (sum == 0) return 0;
  return 2 * recall() * precision() / sum / std::log2(1 + granularity());
}

}  // namespace twicetold
