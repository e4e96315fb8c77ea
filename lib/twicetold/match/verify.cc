// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/verify.h"

#include <algorithm>
#include <bit>

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

namespace {

// Members of a part of the shorter set, to twice as many.
constexpr size_t kPartMembers = size_t{1} << 13;
// A set of fewer fits a cache as a whole.
constexpr size_t kLongSet = size_t{1} << 15;

// Parts are named by the top bits, all but so many lower ones. They are no
// smaller than those in which a list of so many was made distinct.
int PartShift(size_t members) {
  return 65 - static_cast<int>(std::bit_width(members / kPartMembers));
}

bool IsInParts(std::span<const uint64_t> set, int shift) {
  return std::is_sorted(
      set.begin(), set.end(),
      [shift](uint64_t x, uint64_t y) { return x >> shift < y >> shift; });
}

// Takes the members of a part off the front of `*rest`, without what names it.
void TakePart(uint64_t part, int shift, std::span<const uint64_t>* rest,
              std::vector<uint64_t>* members) {
  members->clear();
  size_t count = 0;
  for (; count < rest->size() && (*rest)[count] >> shift == part; ++count) {
    members->push_back((*rest)[count] << (64 - shift));
  }
  *rest = rest->subspan(count);
}

}  // namespace

bool LongSetComparer::MayCompare(std::span<const uint64_t> a,
                                 std::span<const uint64_t> b) {
  const size_t less = std::min(a.size(), b.size());
  if (less < kLongSet) return false;
  const int shift = PartShift(less);
  return IsInParts(a, shift) && IsInParts(b, shift);
}

std::optional<Overlap> LongSetComparer::CompareAbove(
    std::span<const uint64_t> a, std::span<const uint64_t> b,
    double min_jaccard) {
  Overlap overlap = {
      .shared = 0, .shingles_a = a.size(), .shingles_b = b.size()};
  const int shift = PartShift(std::min(a.size(), b.size()));
  for (uint64_t part = 0;; ++part) {
    const Overlap at_most = {
        .shared = overlap.shared + std::min(a.size(), b.size()),
        .shingles_a = overlap.shingles_a,
        .shingles_b = overlap.shingles_b};
    if (at_most.jaccard() < min_jaccard) return std::nullopt;
    if (a.empty() || b.empty()) return overlap;
    TakePart(part, shift, &a, &part_a_);
    TakePart(part, shift, &b, &part_b_);
    table_.Build(part_a_);
    overlap.shared += table_.CountPresent(part_b_);
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
