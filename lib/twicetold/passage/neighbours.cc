// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/neighbours.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>

namespace twicetold {
namespace {

class NeighbourJoiner {
 public:
  NeighbourJoiner(bool within, const NeighbourOptions& options,
                  EvidenceCounter* evidence)
      : within_(within), options_(options), evidence_(*evidence) {}

  // Drafts come in ascending order of their side a.
  void Add(Draft draft) {
    if (draft.source != DraftSource::kSummary) {
      while (JoinOne(&draft)) {
      }
      by_end_of_b_.emplace(draft.b.end, joined_.size());
    }
    joined_.push_back(draft);
  }

  std::vector<Draft> Take() {
    std::erase_if(joined_, [](const Draft& draft) { return draft.a.empty(); });
    return std::move(joined_);
  }

 private:
  // Takes the nearest earlier part into `draft`, if there is one.
  bool JoinOne(Draft* draft) {
    const uint32_t gap = options_.gap_words;
    const uint32_t least = draft->b.begin - std::min(draft->b.begin, gap);
    auto at = by_end_of_b_.upper_bound(draft->b.begin);
    while (at != by_end_of_b_.begin()) {
      --at;
      if (at->first < least) return false;
      Draft& before = joined_[at->second];
      if (before.a.end + gap < draft->a.begin) {
        // Too far from all that is still to come.
        at = by_end_of_b_.erase(at);
        continue;
      }
      if (before.a.end > draft->a.begin || !AreOne(before, *draft)) continue;
      draft->a.begin = before.a.begin;
      draft->b.begin = before.b.begin;
      draft->weight += before.weight;
      if (draft->source != before.source) draft->source = DraftSource::kBoth;
      before.a = {};
      by_end_of_b_.erase(at);
      return true;
    }
    return false;
  }

  double WeightOf(WordRange a, WordRange b) {
    return evidence_.Count(a, b).weight();
  }

  bool AreOne(const Draft& before, const Draft& after) {
    if (within_ && after.a.end > before.b.begin) return false;
    const auto end_of = [this](WordRange range) {
      return WordRange{
          range.end - std::min(range.size(), options_.context_words),
          range.end};
    };
    const auto begin_of = [this](WordRange range) {
      return WordRange{
          range.begin,
          range.begin + std::min(range.size(), options_.context_words)};
    };
    const WordRange end_a = end_of(before.a);
    const WordRange end_b = end_of(before.b);
    const WordRange begin_a = begin_of(after.a);
    const WordRange begin_b = begin_of(after.b);
    const double parts = WeightOf(end_a, end_b) + WeightOf(begin_a, begin_b);
    return WeightOf({end_a.begin, begin_a.end}, {end_b.begin, begin_b.end}) >=
           options_.min_gain * parts;
  }

  const bool within_;
  const NeighbourOptions& options_;
  EvidenceCounter& evidence_;
  std::vector<Draft> joined_;  // side a is empty of what went into another
  std::multimap<uint32_t, size_t> by_end_of_b_;  // indices into joined_
};

}  // namespace

std::vector<Draft> JoinNeighbours(std::vector<Draft> drafts, bool within,
                                  const NeighbourOptions& options,
                                  EvidenceCounter* evidence) {
  if (drafts.size() < 2) return drafts;
  std::sort(drafts.begin(), drafts.end(), [](const Draft& x, const Draft& y) {
    return std::tuple(x.a.begin, x.b.begin, x.a.end, x.b.end) <
           std::tuple(y.a.begin, y.b.begin, y.a.end, y.b.end);
  });
  NeighbourJoiner joiner(within, options, evidence);
  for (const Draft& draft : drafts) joiner.Add(draft);
  return joiner.Take();
}

}  // namespace twicetold
