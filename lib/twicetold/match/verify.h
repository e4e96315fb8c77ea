// SPDX-License-Identifier: Apache-2.0
//
// From candidate pairs to matches: the exact comparison of two shingle sets.
//
// Jaccard similarity is |A and B| / |A or B|; the containment of A in B is
// |A and B| / |A| (Broder 1997). Both are exact but for collisions of 64-bit
// shingle hashes.
//
// Thread safety: plain values and free functions; a SetComparer belongs to one
// thread.
#ifndef TWICETOLD_MATCH_VERIFY_H_
#define TWICETOLD_MATCH_VERIFY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "twicetold/sketch/shingle_table.h"

namespace twicetold {

enum class Relation {
  kIdentical,      // the same bytes
  kSameText,       // the same folded tokens in the same order
  kNearDuplicate,  // Jaccard similarity at or above the threshold
  kContained,      // passages of the pair cover .9 of the smaller document
};

// "identical", "same_text", "near_duplicate", "contained".
std::string_view RelationName(Relation relation);

// Of the words of a contained document, in passages, at least.
inline constexpr double kContainedShare = .9;

// How two sets of shingles overlap.
struct Overlap {
  uint64_t shared = 0;
  uint64_t shingles_a = 0;
  uint64_t shingles_b = 0;

  // All three are in [0, 1]; 0 where a set is empty.
  double jaccard() const;
  double containment_of_a_in_b() const;
  double containment_of_b_in_a() const;

  friend bool operator==(const Overlap&, const Overlap&) = default;
};

// A verified pair of documents, a < b.
struct Match {
  uint32_t a = 0;
  uint32_t b = 0;
  Relation relation = Relation::kNearDuplicate;
  // Of an identical or same-text pair that could not be read again to count
  // its shingles: all 0.
  Overlap overlap = {};
  // Of a contained pair: the share of the words of either document that stand
  // in passages of the pair.
  double covered_a = 0;
  double covered_b = 0;

  // 1 for an identical or same-text pair.
  double jaccard() const;
  double containment_of_a_in_b() const;
  double containment_of_b_in_a() const;
};

// Of a contained pair: whether a is the document that the other contains.
inline bool IsAContained(const Match& match) {
  return match.covered_a >= match.covered_b;
}

// By a, then by b.
inline bool ByDocuments(const Match& x, const Match& y) {
  return x.a != y.a ? x.a < y.a : x.b < y.b;
}

// Compares one set with others: the members of the others are looked up in a
// table of it.
class SetComparer {
 public:
  // Makes `a` the set to compare with. Its members are distinct. Cost: O(|A|)
  // expected.
  void Take(std::span<const uint64_t> a);

  // Cost: O(|B|) expected.
  Overlap CompareWith(std::span<const uint64_t> b) const;

  // The same, or nothing if the Jaccard similarity is below `min_jaccard`. Most
  // sets that are not alike are known for it before all of B was looked up.
  std::optional<Overlap> CompareAbove(std::span<const uint64_t> b,
                                      double min_jaccard) const;

 private:
  size_t size_ = 0;
  ShingleTable table_;
};

// Compares long sets part by part, by their top bits, so that each part fits a
// cache and a table of all of a set is never made. One a thread.
class LongSetComparer {
 public:
  // Whether both sets are so long that it pays, and in the order in which
  // ShingleTable makes them distinct. Cost: O(|A| + |B|), little.
  static bool MayCompare(std::span<const uint64_t> a,
                         std::span<const uint64_t> b);

  // As SetComparer does, of two sets that may be compared.
  std::optional<Overlap> CompareAbove(std::span<const uint64_t> a,
                                      std::span<const uint64_t> b,
                                      double min_jaccard);

 private:
  ShingleTable table_;
  std::vector<uint64_t> part_a_;
  std::vector<uint64_t> part_b_;
};

// Compares two sets. Cost: O(|A| + |B|) expected.
Overlap CompareSets(std::span<const uint64_t> a, std::span<const uint64_t> b);

// False if the sizes alone keep the Jaccard similarity of two sets below
// `min_jaccard`.
bool SizesAllow(size_t size_a, size_t size_b, double min_jaccard);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_VERIFY_H_
