// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/draft.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace twicetold {
namespace {

// The drafts kept so far, found again by stretches of words of one side.
//
// Drafts come as KeepHeaviest sorts them, so that those with runs, and those
// without, come by descending weight.
class KeptDrafts {
 public:
  explicit KeptDrafts(WordRange Draft::*side) : side_(side) {}

  // Whether `draft` shares words of the side with one that is so much heavier.
  bool HasHeavier(const Draft& draft) const {
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      const auto at = by_stretch_.find(i);
      if (at == by_stretch_.end()) continue;
      for (const std::vector<Draft>& kept : at->second.by_weight) {
        if (HasHeavier(draft, kept)) return true;
      }
    }
    return false;
  }

  // How many HasOverlap looks at.
  size_t Near(const Draft& draft) const {
    size_t near = 0;
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      const auto at = by_stretch_.find(i);
      if (at != by_stretch_.end()) near += at->second.all.size();
    }
    return near;
  }

  bool HasOverlap(const Draft& draft) const {
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      const auto at = by_stretch_.find(i);
      if (at == by_stretch_.end()) continue;
      for (const Draft& kept : at->second.all) {
        if (OverlapOnBothSides(kept, draft)) return true;
      }
    }
    return false;
  }

  void Add(const Draft& draft) {
    const WordRange side = draft.*side_;
    const bool is_first =
        sides_.insert({side.begin, side.end, draft.has_runs()}).second;
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      Stretch& stretch = by_stretch_[i];
      stretch.all.push_back(draft);
      if (is_first)
        stretch.by_weight[draft.has_runs() ? 1 : 0].push_back(draft);
    }
  }

 private:
  static constexpr uint32_t kStretch = 256;  // words

  struct Stretch {
    std::vector<Draft> all;
    // Those without runs and those with some, by descending weight. Of drafts
    // with the same side, as of a section that is used n times, the heaviest.
    std::array<std::vector<Draft>, 2> by_weight;
  };

  bool HasHeavier(const Draft& draft, const std::vector<Draft>& kept) const {
    for (const Draft& other : kept) {
      if (draft.weight >= kLeastShareOfHeavier * other.weight) return false;
      if (SharedWords(other.*side_, draft.*side_) > 0) return true;
    }
    return false;
  }

  uint32_t First(const Draft& draft) const {
    return (draft.*side_).begin / kStretch;
  }
  uint32_t Last(const Draft& draft) const {
    return ((draft.*side_).end - 1) / kStretch;
  }

  WordRange Draft::*const side_;
  absl::flat_hash_set<std::tuple<uint32_t, uint32_t, bool>> sides_;
  absl::flat_hash_map<uint32_t, Stretch> by_stretch_;
};

// Whether `draft` gives way to one that was kept. What overlaps it on both
// sides is looked for on the side where fewer are near: one section that is
// told in n places has all of them on one side, and one on the other.
bool GivesWay(const Draft& draft, const KeptDrafts& by_a,
              const KeptDrafts& by_b) {
  if (by_a.HasHeavier(draft) || by_b.HasHeavier(draft)) return true;
  return by_a.Near(draft) <= by_b.Near(draft) ? by_a.HasOverlap(draft)
                                              : by_b.HasOverlap(draft);
}

// The same, by looking at all that were kept.
bool GivesWay(const Draft& draft, std::span<const Draft> kept) {
  return std::any_of(kept.begin(), kept.end(), [&](const Draft& other) {
    const bool on_a = SharedWords(other.a, draft.a) > 0;
    const bool on_b = SharedWords(other.b, draft.b) > 0;
    const bool is_heavier = draft.weight < kLeastShareOfHeavier * other.weight;
    return (on_a && on_b) || ((on_a || on_b) && is_heavier);
  });
}

// Up to so many drafts, which most pairs have, all are looked at.
constexpr size_t kFewDrafts = 48;

}  // namespace

std::vector<Draft> KeepHeaviest(std::vector<Draft> drafts, bool within) {
  std::sort(drafts.begin(), drafts.end(), [](const Draft& x, const Draft& y) {
    return std::tuple(!x.has_runs(), -x.weight, x.a.begin, x.b.begin, x.a.end,
                      x.b.end) < std::tuple(!y.has_runs(), -y.weight, y.a.begin,
                                            y.b.begin, y.a.end, y.b.end);
  });
  const bool few = drafts.size() <= kFewDrafts;
  KeptDrafts kept_by_a(&Draft::a);
  KeptDrafts kept_by_b(&Draft::b);
  std::vector<Draft> result;
  for (const Draft& draft : drafts) {
    if (within && SharedWords(draft.a, draft.b) > 0) continue;
    if (few ? GivesWay(draft, result) : GivesWay(draft, kept_by_a, kept_by_b)) {
      continue;
    }
    result.push_back(draft);
    if (few) continue;
    kept_by_a.Add(draft);
    kept_by_b.Add(draft);
  }
  return result;
}

}  // namespace twicetold
