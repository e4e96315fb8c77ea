// SPDX-License-Identifier: Apache-2.0
//
// Sections that two texts share, taken apart: a draft may hold several of them
// that stand in another order on the other side, or that have nothing to do
// with each other between them, as the answers to the same questions.
//
// A draft is looked at if runs of equal words (runs.h) cover kMinSectionCover
// of both its sides. Runs that follow each other on both sides are one section
// as long as what stands between them is short on one side at least, or tells
// the same in part. It is several passages if
//   - two sections of min_words stand in another order on side b, or
//   - kMinForeignShare of its longer side is text between runs of which either
//     side tells nothing of the other.
// Sections of less than min_words are left out then.
//
// Cost: O(words of the drafts) and n log n in their runs.
// Thread safety: a splitter and its `evidence` are for one thread.
#ifndef TWICETOLD_PASSAGE_SECTIONS_H_
#define TWICETOLD_PASSAGE_SECTIONS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "twicetold/passage/draft.h"
#include "twicetold/passage/evidence.h"
#include "twicetold/passage/stem_pair.h"

namespace twicetold {

inline constexpr double kMinSectionCover = .4;
inline constexpr double kMinForeignShare = .25;

// Text between two runs tells nothing of the other side's if both have so many
// words, and if less than this share of the idf of either finds a partner.
inline constexpr uint32_t kLeastForeignWords = 8;
inline constexpr double kMostForeignShared = .25;

// Keeps its memory between calls.
class SectionSplitter {
 public:
  // `pair` and `evidence` have to outlive it; they may change between calls.
  SectionSplitter(const StemPair& pair, uint32_t min_words,
                  EvidenceCounter* evidence);
  ~SectionSplitter();

  // The drafts, each of which may have become several, or none. Summaries stay
  // as they are.
  std::vector<Draft> Split(const std::vector<Draft>& drafts);

 private:
  class Splitter;
  std::unique_ptr<Splitter> splitter_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_SECTIONS_H_
