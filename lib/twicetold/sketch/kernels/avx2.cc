// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/kernels/kernels.h"
namespace twicetold {
const SketchKernels& Avx2SketchKernels() { return PortableSketchKernels(); }
}
