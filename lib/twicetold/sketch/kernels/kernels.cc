// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/kernels/kernels.h"

namespace twicetold {

const SketchKernels& SketchKernelsOf(KernelTier /*tier*/) {
  return PortableSketchKernels();
}

const SketchKernels& ChosenSketchKernels() {
  return SketchKernelsOf(ChosenKernelTier());
}

}  // namespace twicetold
