// SPDX-License-Identifier: Apache-2.0
//
// A run of equal words ends at the first word that was changed, often inside a
// sentence. Drafts that have their borders from runs (runs.h) go on from there
// to the end of the sentence, and over whole sentences next to it, as long as
// these are alike on both sides: min_sentence_share of the idf of the sentence
// finds a partner on either side, and min_rest_share of that of its words that
// are added, unless that is one word.
//
// Words of another draft are not taken, nor more than kMostWidened sentences.
//
// Cost: O(n log n) in the drafts and the words of the sentences looked at.
// Thread safety: a free function; `evidence` is for one thread.
#ifndef TWICETOLD_PASSAGE_WHOLE_SENTENCES_H_
#define TWICETOLD_PASSAGE_WHOLE_SENTENCES_H_

#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/evidence.h"
#include "twicetold/passage/passage_options.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

inline constexpr int kMostWidened = 4;

// Weighs the drafts that were widened anew.
void WidenToSentences(const StemPair& pair, const RunOptions& options,
                      EvidenceCounter* evidence, std::vector<Draft>* drafts);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WHOLE_SENTENCES_H_
