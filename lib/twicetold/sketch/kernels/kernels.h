// SPDX-License-Identifier: Apache-2.0
//
// The seam between sketching and the instructions it runs on: a table of
// functions, one table for each tier of machines (base/kernel_tier.h).
//
// Guarantee: all tables give the same bits. The portable one is the reference
// that the others are held against.
//
// Thread safety: constant data.
#ifndef TWICETOLD_SKETCH_KERNELS_KERNELS_H_
#define TWICETOLD_SKETCH_KERNELS_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twicetold/base/kernel_tier.h"
#include "twicetold/sketch/kernels/slot_hash.h"

namespace twicetold {

// The hashes of one sketcher (slot_hash.h).
struct SlotHashes {
  uint64_t round_seeds[kRounds];
  uint64_t direct_seed;
  std::span<const uint32_t> multipliers;  // of each slot, odd
};

// A cache line of a shingle table (sketch/shingle_table.h): up to kMostKeys
// keys, and how many there are. The bucket of a key is named by its top bits;
// unused keys are none that belong in the bucket.
struct alignas(64) ShingleBucket {
  static constexpr uint64_t kMostKeys = 7;
  uint64_t keys[kMostKeys];
  uint64_t size;
};

// Shingles that are made and used together: 8 KiB of them.
inline constexpr size_t kPieceShingles = 1024;

struct SketchKernels {
  // The shingles of `k` tokens at each of the first `count` tokens, mixed;
  // `tokens` has count + k - 1.
  void (*combine_tokens)(const uint64_t* tokens, size_t count, size_t k,
                         uint64_t* shingles);

  // Lowers each slot to the least (round, value) that a shingle offers it in
  // the two rounds of bucketed minima. Gives a number that no slot exceeds: the
  // greatest slot, or more where looking for it does not pay.
  uint32_t (*bucket_minima)(std::span<const uint64_t> shingles,
                            const SlotHashes& hashes,
                            std::span<uint32_t> slots);

  // combine_tokens and bucket_minima in one: sets `shingles`, of which there
  // are at most kPieceShingles, and lowers the slots.
  uint32_t (*token_minima)(const uint64_t* tokens, size_t k,
                           const SlotHashes& hashes, std::span<uint32_t> slots,
                           std::span<uint64_t> shingles);

  // Lowers each slot that neither round has reached to the least value that a
  // shingle has under the slot's own hash.
  void (*direct_minima)(std::span<const uint64_t> shingles,
                        const SlotHashes& hashes, std::span<uint32_t> slots);

  // The number of i with a[i] == b[i]; the spans have the same size.
  size_t (*equal_slots)(std::span<const uint32_t> a,
                        std::span<const uint32_t> b);

  // Moves the keys of `list` that the buckets do not have yet to its front,
  // enters them and gives their number. What finds its bucket full is appended
  // to `*spilled` instead. The bucket of a key is named by its top bits, all
  // but the lower `shift`; `buckets` begin with number `first`.
  size_t (*enter_new)(ShingleBucket* buckets, int shift, uint64_t first,
                      std::span<uint64_t> list, std::vector<uint64_t>* spilled);

  // The number of members of `set` that the buckets have; those that they do
  // not have although their bucket is full are searched in `spilled`, which is
  // ascending.
  size_t (*count_present)(const ShingleBucket* buckets, int shift,
                          std::span<const uint64_t> spilled,
                          std::span<const uint64_t> set);

  // The same of each number of `list`: sets present[i] to 1 where they have
  // it, else to 0.
  void (*mark_present)(const ShingleBucket* buckets, int shift,
                       std::span<const uint64_t> spilled,
                       std::span<const uint64_t> list, uint8_t* present);
};

// Only where their tier can be compiled (TWICETOLD_X86_KERNELS).
const SketchKernels& Avx2SketchKernels();
const SketchKernels& Avx512SketchKernels();
const SketchKernels& PortableSketchKernels();

// The table of a tier that this machine can run.
const SketchKernels& SketchKernelsOf(KernelTier tier);

// The table of ChosenKernelTier().
const SketchKernels& ChosenSketchKernels();

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_KERNELS_KERNELS_H_
