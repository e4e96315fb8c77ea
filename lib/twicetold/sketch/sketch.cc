// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/sketch.h"

#include <algorithm>

#include "twicetold/sketch/kernels/kernels.h"

namespace twicetold {

Sketcher::Sketcher(int size, uint64_t seed)
    : size_(static_cast<size_t>(size)), seed_(seed) {}

void Sketcher::Sketch(std::span<const uint64_t> shingles,
                      std::span<uint32_t> sketch) const {
  std::fill(sketch.begin(), sketch.end(), kEmptySlot);
  if (shingles.empty()) return;
  const SketchKernels& kernels = ChosenSketchKernels();
  kernels.bucket_minima(shingles, seed_, sketch);
  kernels.fill_empty_slots(shingles, seed_, sketch);
}

size_t EqualSlots(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  // No slot of a non-empty set is left empty, so one slot tells.
  if (a.empty() || a[0] == kEmptySlot) return 0;
  return ChosenSketchKernels().equal_slots(a, b);
}

double EstimateJaccard(std::span<const uint32_t> a,
                       std::span<const uint32_t> b) {
  if (a.empty()) return 0;
  return static_cast<double>(EqualSlots(a, b)) / static_cast<double>(a.size());
}

void UnionSketch(std::span<uint32_t> a, std::span<const uint32_t> b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] = std::min(a[i], b[i]);
}

}  // namespace twicetold
