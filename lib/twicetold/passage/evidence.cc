// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/evidence.h"

namespace twicetold {

Evidence EvidenceCounter::Count(WordRange a, WordRange b) {
  // Side a keeps its own numbers of stems.
  const uint32_t* const stems_a = pair_.a.words->stems.data();
  const PairSide& side_b = pair_.side_b();
  MakeRoom();
  double all_a = 0;
  double all_b = 0;
  double shared = 0;
  for (uint32_t i = a.begin; i < a.end; ++i) {
    const uint32_t stem = stems_a[i];
    ++counts_[stem];
    all_a += pair_.idf[stem];
  }
  for (uint32_t i = b.begin; i < b.end; ++i) {
    const uint32_t stem = side_b.StemOf(i);
    const double idf = pair_.idf[stem];
    all_b += idf;
    if (counts_[stem] == 0) continue;
    --counts_[stem];
    shared += idf;
  }
  for (uint32_t i = a.begin; i < a.end; ++i) counts_[stems_a[i]] = 0;
  return {.shared = shared,
          .share_a = all_a > 0 ? shared / all_a : 0,
          .share_b = all_b > 0 ? shared / all_b : 0};
}

bool EvidenceCounter::ShareAtLeast(WordRange a, WordRange b, double least) {
  MakeRoom();
  const uint32_t* const stems_a = pair_.a.words->stems.data();
  for (uint32_t i = a.begin; i < a.end; ++i) ++counts_[stems_a[i]];
  double shared = 0;
  // No idf is below 0, so that what is enough stays so.
  for (uint32_t i = b.begin; i < b.end && shared < least; ++i) {
    const uint32_t stem = pair_.side_b().StemOf(i);
    const uint32_t found = counts_[stem] != 0 ? 1 : 0;
    counts_[stem] -= found;
    shared += found != 0 ? pair_.idf[stem] : 0;
  }
  for (uint32_t i = a.begin; i < a.end; ++i) counts_[stems_a[i]] = 0;
  return shared >= least;
}

void EvidenceCounter::MakeRoom() {
  if (counts_.size() < pair_.idf.size()) counts_.resize(pair_.idf.size());
}

}  // namespace twicetold
