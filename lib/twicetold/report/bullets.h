// SPDX-License-Identifier: Apache-2.0
//
// Signs that stand before a sentence at the head of its line: the bullets of
// lists, the marks of quoted mail, the bars of comments.
//
// They are no words, so that a diff has them behind the sentence before.
//
// Cost: linear in what stands between sentences. Thread safety: a free
// function without state.
#ifndef TWICETOLD_REPORT_BULLETS_H_
#define TWICETOLD_REPORT_BULLETS_H_

#include <vector>

#include "twicetold/report/comparison.h"
#include "twicetold/report/sentence_diff.h"

namespace twicetold {

// Moves them to the head of the next pair of sentences where both sides have
// the same.
void MoveBullets(const Comparison& comparison,
                 std::vector<SentenceDiff>* sentences);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_BULLETS_H_
