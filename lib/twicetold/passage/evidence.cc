// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/evidence.h"

namespace twicetold {

Evidence EvidenceCounter::Count(WordRange a, WordRange b) {
  const PairSide& side_a = pair_.a;
  const PairSide& side_b = pair_.side_b();
  if (counts_.size() < pair_.idf.size()) counts_.resize(pair_.idf.size());
  double all_a = 0;
  double all_b = 0;
  double shared = 0;
  for (uint32_t i = a.begin; i < a.end; ++i) {
    const uint32_t stem = side_a.StemOf(i);
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
  for (uint32_t i = a.begin; i < a.end; ++i) counts_[side_a.StemOf(i)] = 0;
  return {.shared = shared,
          .share_a = all_a > 0 ? shared / all_a : 0,
          .share_b = all_b > 0 ? shared / all_b : 0};
}

}  // namespace twicetold
