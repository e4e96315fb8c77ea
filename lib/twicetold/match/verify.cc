// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/verify.h"

#include <algorithm>

namespace twicetold {
namespace {

double Ratio(uint64_t part, uint64_t whole) {
  if (whole == 0) return 0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

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

Overlap CompareSets(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  uint64_t shared = 0;
  // Without branches on the data, which no predictor could guess.
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const uint64_t x = a[i];
    const uint64_t y = b[j];
    shared += x == y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  return {.shared = shared, .shingles_a = a.size(), .shingles_b = b.size()};
}

bool SizesAllow(size_t size_a, size_t size_b, double min_jaccard) {
  const auto [less, more] = std::minmax(size_a, size_b);
  return Ratio(less, more) >= min_jaccard;
}

}  // namespace twicetold
