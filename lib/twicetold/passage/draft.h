// SPDX-License-Identifier: Apache-2.0
//
// A passage on its way: borders that later steps may still move, and what
// speaks for it.
//
// Thread safety: plain values and free functions.
#ifndef TWICETOLD_PASSAGE_DRAFT_H_
#define TWICETOLD_PASSAGE_DRAFT_H_

#include <vector>

#include "twicetold/passage/passage.h"

namespace twicetold {

// Which step a draft comes from.
enum class DraftSource {
  kSeeds,    // cells that tell the same
  kRuns,     // runs of equal words
  kBoth,     // seeds, widened to the runs among them
  kSummary,  // one side in short
};

struct Draft {
  WordRange a;
  WordRange b;
  DraftSource source = DraftSource::kSeeds;
  double weight = 0;  // of two that overlap, the one of more weight stays

  bool has_runs() const {
    return source == DraftSource::kRuns || source == DraftSource::kBoth;
  }
};

// True if they overlap on both sides.
inline bool OverlapOnBothSides(const Draft& x, const Draft& y) {
  return SharedWords(x.a, y.a) > 0 && SharedWords(x.b, y.b) > 0;
}

// Of two drafts that share words on one side only, the lighter one stays if it
// has this share of the other's weight: a section used twice is two passages,
// a sentence that fits two places is one.
inline constexpr double kLeastShareOfHeavier = .5;

// Keeps the drafts that do not give way to a heavier one, in descending order
// of weight; ties go to the one that begins first. Those with runs of equal
// words come before any without. Within one document
// (`within`) those whose own sides overlap go as well.
// Cost: O(n log n) and, for each, the stretches of 256 words that it spans and
// the drafts near it on the side where they are fewer.
std::vector<Draft> KeepHeaviest(std::vector<Draft> drafts, bool within);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_DRAFT_H_
