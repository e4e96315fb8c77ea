// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/verify.h"

#include <algorithm>

namespace twicetold {
namespace {

double Ratio(uint64_t part, uint64_t whole) {
  if (whole == 0) return 0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Shingles that are looked up before what is left is reckoned again.
constexpr size_t kCompareGrain = 64;

bool HaveSameWords(Relation relation) {
  return relation == Relation::kIdentical || relation == Relation::kSameText;
}

}  // namespace

std::string_view RelationName(Relation relation) {
  switch (relation) {
    case Relation::kIdentical:
      return "identical";
    case Relation::kSameText:
      return "same_text";
    case Relation::kNearDuplicate:
      return "near_duplicate";
    case Relation::kContained:
      return "contained";
  }
  return "near_duplicate";
}

double Overlap::jaccard() const {
  return Ratio(shared, shingles_a + shingles_b - shared);
}
double Overlap::containment_of_a_in_b() const {
  return Ratio(shared, shingles_a);
}
double Overlap::containment_of_b_in_a() const {
  return Ratio(shared, shingles_b);
}

double Match::jaccard() const {
  return HaveSameWords(relation) ? 1 : overlap.jaccard();
}
double Match::containment_of_a_in_b() const {
  return HaveSameWords(relation) ? 1 : overlap.containment_of_a_in_b();
}
double Match::containment_of_b_in_a() const {
  return HaveSameWords(relation) ? 1 : overlap.containment_of_b_in_a();
}

void SetComparer::Take(std::span<const uint64_t> a) {
  size_ = a.size();
  table_.Build(a);
}

Overlap SetComparer::CompareWith(std::span<const uint64_t> b) const {
  return {.shared = table_.CountPresent(b),
          .shingles_a = size_,
          .shingles_b = b.size()};
}

std::optional<Overlap> SetComparer::CompareAbove(std::span<const uint64_t> b,
                                                 double min_jaccard) const {
  Overlap overlap = {.shared = 0, .shingles_a = size_, .shingles_b = b.size()};
  std::span<const uint64_t> rest = b;
  for (;;) {
    const Overlap at_most = {.shared = overlap.shared + rest.size(),
                             .shingles_a = overlap.shingles_a,
                             .shingles_b = overlap.shingles_b};
    if (at_most.jaccard() < min_jaccard) return std::nullopt;
    if (rest.empty()) return overlap;
    const size_t some = std::min(rest.size(), kCompareGrain);
    overlap.shared += table_.CountPresent(rest.first(some));
    rest = rest.subspan(some);
  }
}

Overlap CompareSets(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  SetComparer comparer;
  comparer.Take(a);
  return comparer.CompareWith(b);
}

bool SizesAllow(size_t size_a, size_t size_b, double min_jaccard) {
  const auto [less, more] = std::minmax(size_a, size_b);
  return Ratio(less, more) >= min_jaccard;
}

}  // namespace twicetold
