// SPDX-License-Identifier: Apache-2.0
//
// Sketches: what is kept of a set of shingles so that the Jaccard similarity
// of two sets can be estimated from the sketches alone.
//
// A sketch has K slots of 32 bits. Two rounds of bucketed minima fill it: in
// each round every shingle belongs to one slot and offers it a value, and a
// slot keeps the least (round, value) it was offered. A slot that neither
// round reached takes the least value that any shingle has under a hash of
// the slot's own.
//
// Guarantee: every slot is the minimum of one random order over all shingles,
// so that
//   * the chance that a slot agrees in two sketches is their Jaccard
//     similarity J (but for collisions of 30-bit values),
//   * the sketch of a union is the slot-wise minimum,
//   * the share of agreeing slots estimates J without bias; its variance is
//     held by tests to at most 1.05 x J(1-J)/K for 4 to 5,000 shingles.
//
// Source: a truncated form of Fast Similarity Sketching (Dahlgaard, Knudsen,
// Thorup, arXiv 1704.04370), which goes on for up to K rounds where we stop
// after two and hash directly. The hashes are in kernels/slot_hash.h.
// Cost: a multiplication of 64 bits a shingle and round; the second round is
// left out where the first has reached every slot. Sets of fewer than about
// 3 K shingles pay a multiplication of 32 bits for each shingle and each slot
// left empty.
//
// Thread safety: a Sketcher is immutable; its methods may be called from many
// threads.
#ifndef TWICETOLD_SKETCH_SKETCH_H_
#define TWICETOLD_SKETCH_SKETCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/sketch/kernels/kernels.h"

namespace twicetold {

// A slot of the sketch of the empty set; greater than every other value.
inline constexpr uint32_t kEmptySlot = 0xffffffff;

class Sketcher {
 public:
  // `size`: slots, in [kMinSketchSize, kMaxSketchSize]
  // (kernels/slot_hash.h). Sketches can be
  // compared if they were made with the same size and seed, by whatever
  // kernels.
  Sketcher(int size, uint64_t seed,
           const SketchKernels& kernels = ChosenSketchKernels());

  size_t size() const { return multipliers_.size(); }

  // Sketches the set of the hashes in `shingles`, which may repeat and come in
  // any order, into `sketch`, of size() slots.
  void Sketch(std::span<const uint64_t> shingles,
              std::span<uint32_t> sketch) const;

  // Sketches the set of shingles that MakeShingles makes of `tokens`, without
  // a list of them.
  void SketchTokens(std::span<const uint64_t> tokens, int shingle_size,
                    std::span<uint32_t> sketch) const;

 private:
  SlotHashes Hashes() const;

  const SketchKernels* kernels_;
  uint64_t round_seeds_[kRounds];
  uint64_t direct_seed_;
  std::vector<uint32_t> multipliers_;  // of each slot
};

// The number of slots in which two sketches of equal size agree; 0 if either
// is of the empty set.
size_t EqualSlots(std::span<const uint32_t> a, std::span<const uint32_t> b);

// The estimate of the Jaccard similarity: agreeing slots over all slots.
double EstimateJaccard(std::span<const uint32_t> a,
                       std::span<const uint32_t> b);

// Makes `a` the sketch of the union of the sets behind `a` and `b`.
void UnionSketch(std::span<uint32_t> a, std::span<const uint32_t> b);

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SKETCH_H_
