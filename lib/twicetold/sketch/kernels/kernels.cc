// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/kernels/kernels.h"

namespace twicetold {

const SketchKernels& SketchKernelsOf(KernelTier tier) {
#if TWICETOLD_X86_KERNELS
  if (tier == KernelTier::kAvx512) return Avx512SketchKernels();
  if (tier == KernelTier::kAvx2) return Avx2SketchKernels();
#else
  static_cast<void>(tier);
#endif
  return PortableSketchKernels();
}

const SketchKernels& ChosenSketchKernels() {
  return SketchKernelsOf(ChosenKernelTier());
}

}  // namespace twicetold
