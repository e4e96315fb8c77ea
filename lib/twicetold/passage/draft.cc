// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/draft.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>

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
    for (const Stretch& stretch : StretchesOf(draft)) {
      for (const std::vector<Weighed>& kept : stretch.by_weight) {
        if (HasHeavier(draft, kept)) return true;
      }
    }
    return false;
  }

  // How many HasOverlap looks at.
  size_t Near(const Draft& draft) const {
    size_t near = 0;
    for (const Stretch& stretch : StretchesOf(draft)) {
      near += stretch.all.size();
    }
    return near;
  }

  bool HasOverlap(const Draft& draft) const {
    for (const Stretch& stretch : StretchesOf(draft)) {
      for (const Sides& kept : stretch.all) {
        if (SharedWords(kept.a, draft.a) > 0 &&
            SharedWords(kept.b, draft.b) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  void Add(const Draft& draft) {
    const WordRange side = draft.*side_;
    const bool is_first =
        sides_.insert({side.begin, side.end, draft.has_runs()}).second;
    if (stretches_.size() <= Last(draft)) stretches_.resize(Last(draft) + 1);
    for (uint32_t i = First(draft); i <= Last(draft); ++i) {
      Stretch& stretch = stretches_[i];
      Append({draft.a, draft.b}, &stretch.all);
      if (!is_first) continue;
      Append({side, draft.weight},
             &stretch.by_weight[draft.has_runs() ? 1 : 0]);
    }
  }

 private:
  static constexpr uint32_t kStretch = 256;  // words
  static constexpr size_t kUsual = 4;        // drafts of a stretch

  // What of a draft is asked for: many are kept, and in no order of place, so
  // that the less there is of each the better.
  struct Sides {
    WordRange a;
    WordRange b;
  };
  struct Weighed {
    WordRange side;
    double weight = 0;
  };
  struct Stretch {
    std::vector<Sides> all;
    // Those without runs and those with some, by descending weight. Of drafts
    // with the same side, as of a section that is used n times, the heaviest.
    std::array<std::vector<Weighed>, 2> by_weight;
  };

  template <typename T>
  static void Append(const T& value, std::vector<T>* values) {
    if (values->empty()) values->reserve(kUsual);
    values->push_back(value);
  }

  bool HasHeavier(const Draft& draft, const std::vector<Weighed>& kept) const {
    for (const Weighed& other : kept) {
      if (draft.weight >= kLeastShareOfHeavier * other.weight) return false;
      if (SharedWords(other.side, draft.*side_) > 0) return true;
    }
    return false;
  }

  std::span<const Stretch> StretchesOf(const Draft& draft) const {
    const size_t end = std::min(stretches_.size(), size_t{Last(draft)} + 1);
    const size_t begin = std::min(end, size_t{First(draft)});
    return std::span(stretches_).subspan(begin, end - begin);
  }

  uint32_t First(const Draft& draft) const {
    return (draft.*side_).begin / kStretch;
  }
  uint32_t Last(const Draft& draft) const {
    return ((draft.*side_).end - 1) / kStretch;
  }

  WordRange Draft::*const side_;
  absl::flat_hash_set<std::tuple<uint32_t, uint32_t, bool>> sides_;
  std::vector<Stretch> stretches_;
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
