// SPDX-License-Identifier: Apache-2.0
//
// Which sentences of a passage are worth showing: those that differ, and some
// around them.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_REPORT_ELISION_H_
#define TWICETOLD_REPORT_ELISION_H_

#include <cstddef>
#include <span>
#include <vector>

#include "twicetold/report/sentence_diff.h"
#include "twicetold/report/text_printer.h"

namespace twicetold {

// Sentences in a row that are all shown or all left out.
struct SentenceStretch {
  size_t begin = 0;
  size_t end = 0;
  bool shown = true;
  friend bool operator==(const SentenceStretch&,
                         const SentenceStretch&) = default;
};

// Of sentences in a row that are the same, `context` are shown at each end,
// the ends of the passage included, and the others left out if that saves at
// least two. The stretches tile `sentences`.
std::vector<SentenceStretch> Elide(std::span<const SentenceDiff> sentences,
                                   size_t context);

// "... 12 sentences the same", behind `indent` blanks.
void PrintElision(size_t sentences, size_t indent, TextPrinter* printer);

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_ELISION_H_
