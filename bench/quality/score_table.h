// SPDX-License-Identifier: Apache-2.0
//
// Scores of passages as a table on stdout, one line a score.
#ifndef TWICETOLD_BENCH_QUALITY_SCORE_TABLE_H_
#define TWICETOLD_BENCH_QUALITY_SCORE_TABLE_H_

#include <span>
#include <string>

#include "bench/quality/passage_score.h"

namespace twicetold {

// `first` names the first column.
void PrintScoreHeader(const std::string& first);

// Counts only if there are no cases.
void PrintScore(const std::string& name, const PassageScore& score);

// The mean of each figure over `scores`, of which there is one at least. Counts
// only if the first has no cases.
void PrintMeanScore(std::span<const PassageScore> scores);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_QUALITY_SCORE_TABLE_H_
