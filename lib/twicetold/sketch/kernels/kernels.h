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

#include "twicetold/base/kernel_tier.h"

namespace twicetold {

struct SketchKernels {
  // Lowers each slot of `slots` to the least (round, value) that a shingle
  // offers it in the two rounds of bucketed minima.
  void (*bucket_minima)(std::span<const uint64_t> shingles, uint64_t seed,
                        std::span<uint32_t> slots);

  // Sets each slot that is still kEmptySlot to the least value of any shingle
  // under the slot's own hash.
  void (*fill_empty_slots)(std::span<const uint64_t> shingles, uint64_t seed,
                           std::span<uint32_t> slots);

  // The number of i with a[i] == b[i]; the spans have the same size.
  size_t (*equal_slots)(std::span<const uint32_t> a,
                        std::span<const uint32_t> b);
};

const SketchKernels& PortableSketchKernels();

// The table of a tier that this machine can run.
const SketchKernels& SketchKernelsOf(KernelTier tier);

// The table of ChosenKernelTier().
const SketchKernels& ChosenSketchKernels();

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_KERNELS_KERNELS_H_
