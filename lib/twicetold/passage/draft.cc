// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/draft.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace twicetold {
namespace {

// The drafts kept so far, found again by stretches of words of one side.
class KeptDrafts {
 public:
  // `once`: of drafts with the same side the heaviest is enough. A section that
  // is used n times is that of n drafts. Then what overlaps on both sides is
  // left to the drafts by the other side.
  KeptDrafts(WordRange Draft::*side, bool once) : side_(side), once_(once) {}

  // Whether `draft` gives way to one that it shares words of the side with.
  bool Forbid(const Draft& draft) const {
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      const auto at = by_stretch_.find(i);
      if (at == by_stretch_.end()) continue;
      for (const Draft& kept : at->second) {
        if (SharedWords(kept.*side_, draft.*side_) == 0) continue;
        if (OverlapOnBothSides(kept, draft) ||
            draft.weight < kLeastShareOfHeavier * kept.weight) {
          return true;
        }
      }
    }
    return false;
  }

  void Add(const Draft& draft) {
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      std::vector<Draft>& kept = by_stretch_[i];
      const auto same = [&](const Draft& other) {
        return once_ && other.*side_ == draft.*side_;
      };
      const auto at = std::find_if(kept.begin(), kept.end(), same);
      if (at == kept.end()) {
        kept.push_back(draft);
      } else if (draft.weight > at->weight) {
        *at = draft;
      }
    }
  }

 private:
  static constexpr uint32_t kStretch = 256;  // words

  uint32_t First(const Draft& draft) const {
    return (draft.*side_).begin / kStretch;
  }
  uint32_t Last(const Draft& draft) const {
    return ((draft.*side_).end - 1) / kStretch;
  }

  WordRange Draft::*const side_;
  const bool once_;
  absl::flat_hash_map<uint32_t, std::vector<Draft>> by_stretch_;
};

}  // namespace

std::vector<Draft> KeepHeaviest(std::vector<Draft> drafts, bool within) {
  std::sort(drafts.begin(), drafts.end(), [](const Draft& x, const Draft& y) {
    return std::tuple(!x.has_runs(), -x.weight, x.a.begin, x.b.begin, x.a.end,
                      x.b.end) < std::tuple(!y.has_runs(), -y.weight, y.a.begin,
                                            y.b.begin, y.a.end, y.b.end);
  });
  KeptDrafts kept_by_a(&Draft::a, /*once=*/true);
  KeptDrafts kept_by_b(&Draft::b, /*once=*/false);
  std::vector<Draft> result;
  for (const Draft& draft : drafts) {
    if (within && SharedWords(draft.a, draft.b) > 0) continue;
    if (kept_by_a.Forbid(draft) || kept_by_b.Forbid(draft)) continue;
    kept_by_a.Add(draft);
    kept_by_b.Add(draft);
    result.push_back(draft);
  }
  return result;
}

}  // namespace twicetold
