// SPDX-License-Identifier: Apache-2.0
//
// From anchors to chains: anchors that follow each other on both sides, with
// little shift between them.
//
//   f(i) = weight(i) + max(0, max over j of f(j) - cost(j, i) - overlap(j, i))
//   cost = .10 drift + .02 gap + half log2(drift + 1)
//
// j ranges over anchors before i on both sides, at most kMostGap words apart on
// either; gap is the lesser of the two distances between begins, drift their
// difference. Weight is the rarity of the anchor's words, in bits, and overlap
// that of the words which j has already, so that each word counts once. The
// best chain is taken first; every anchor is used once, so blocks that have
// changed places come out as separate chains.
//
// Source: minimap2 (Li, "Minimap2: pairwise alignment for nucleotide
// sequences", Bioinformatics 2018, section 2.1.2). As there, only the nearest
// kMostLookBack anchors before one are looked at, in the order of a + b.
//
// Cost: n log n to sort, then linear. Swapping a and b swaps the result, but
// for ties between anchors (x, y) and (y, x). Thread safety: a free function.
#ifndef TWICETOLD_PASSAGE_CHAIN_H_
#define TWICETOLD_PASSAGE_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/passage/passage.h"

namespace twicetold {

// `words` equal words from position a on one side and b on the other.
struct Anchor {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t words = 0;
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

struct Chain {
  std::vector<Anchor> anchors;  // ascending on both sides
  double score = 0;

  WordRange a() const {
    return {anchors.front().a, anchors.back().a + anchors.back().words};
  }
  WordRange b() const {
    return {anchors.front().b, anchors.back().b + anchors.back().words};
  }
};

inline constexpr uint32_t kMostGap = 60;
inline constexpr size_t kMostLookBack = 50;

// What it costs to go on from one anchor to another, `distance_a` and
// `distance_b` words after it.
double ChainCost(uint32_t distance_a, uint32_t distance_b);

// The chains of at least `min_score`, best first. `rarity` is that of each
// word of side a, in bits; the anchors' words are inside it.
std::vector<Chain> MakeChains(std::vector<Anchor> anchors,
                              std::span<const float> rarity, double min_score);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_CHAIN_H_
