// SPDX-License-Identifier: Apache-2.0
#include "twicetold/text/kernels/kernels.h"

namespace twicetold {

const TextKernels& TextKernelsOf(KernelTier tier) {
  switch (tier) {
    case KernelTier::kAvx512:
      return Avx512TextKernels();
    case KernelTier::kAvx2:
      return Avx2TextKernels();
    case KernelTier::kPortable:
      break;
  }
  return PortableTextKernels();
}

}  // namespace twicetold
