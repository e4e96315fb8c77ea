// SPDX-License-Identifier: Apache-2.0
#include "bench/quality/score_table.h"

#include <cinttypes>
#include <cstdio>

namespace twicetold {

void PrintScoreHeader(const std::string& first) {
  std::printf("%-12s %6s %6s %10s %6s  %6s %9s %11s %7s\n", first.c_str(),
              "pairs", "cases", "detections", "false", "recall", "precision",
              "granularity", "plagdet");
}

void PrintScore(const std::string& name, const PassageScore& score) {
  std::printf("%-12s %6" PRIu64 " %6" PRIu64 " %10" PRIu64 " %6" PRIu64,
              name.c_str(), score.pairs(), score.cases(), score.detections(),
              score.false_detections());
  if (score.cases() > 0) {
    std::printf("  %6.4f %9.4f %11.4f %7.4f", score.recall(), score.precision(),
                score.granularity(), score.plagdet());
  }
  std::printf("\n");
}

void PrintMeanScore(std::span<const PassageScore> scores) {
  const auto mean = [scores](auto figure) {
    double sum = 0;
    for (const PassageScore& score : scores) {
      sum += static_cast<double>((score.*figure)());
    }
    return sum / static_cast<double>(scores.size());
  };
  std::printf("%-12s %6.0f %6.0f %10.1f %6.1f", "mean",
              mean(&PassageScore::pairs), mean(&PassageScore::cases),
              mean(&PassageScore::detections),
              mean(&PassageScore::false_detections));
  if (scores[0].cases() > 0) {
    std::printf("  %6.4f %9.4f %11.4f %7.4f", mean(&PassageScore::recall),
                mean(&PassageScore::precision),
                mean(&PassageScore::granularity), mean(&PassageScore::plagdet));
  }
  std::printf("\n");
}

}  // namespace twicetold
