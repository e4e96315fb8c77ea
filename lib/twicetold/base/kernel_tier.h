// SPDX-License-Identifier: Apache-2.0
//
// Which instructions the kernels of this run use: the choice that text/kernels
// and sketch/kernels share.
//
// Tiers, each of which includes those before it:
//   portable  plain C++; every machine.
//   avx2      AVX2, BMI1, BMI2 and POPCNT: Intel since Haswell, AMD since Zen.
//   avx512    AVX-512 F, BW, VL, DQ, VBMI and VBMI2 as well: Intel since Ice
//             Lake, AMD since Zen 4. VBMI and VBMI2 are asked for because
//             looking 64 bytes up in a table and packing those that a mask
//             chooses are one instruction each with them, and what folds and
//             classifies text is made of those. Older machines with AVX-512
//             (Skylake) have neither and also lower their clock for it: they
//             run avx2.
//
// The compiler's own test (__builtin_cpu_supports) answers what the machine
// can run; it asks the system too, which has to save the wide registers. All
// tiers give the same results to the bit, so the choice changes speed only.
//
// Thread safety: all functions are safe to call from any thread.
#ifndef TWICETOLD_BASE_KERNEL_TIER_H_
#define TWICETOLD_BASE_KERNEL_TIER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Whether kernels for x86 can be compiled: 64 bits, by g++ or clang++.
#if defined(__x86_64__) && defined(__GNUC__)
#define TWICETOLD_X86_KERNELS 1
#else
#define TWICETOLD_X86_KERNELS 0
#endif

namespace twicetold {

enum class KernelTier : uint8_t { kPortable, kAvx2, kAvx512 };

// The environment variable that forces a tier, by its name. The library reads
// no other.
inline constexpr char kKernelVariable[] = "TWICETOLD_KERNEL";

// "portable", "avx2", "avx512".
std::string_view KernelTierName(KernelTier tier);

// The tiers that this machine can run, slowest first; kPortable is always
// among them.
std::vector<KernelTier> RunnableKernelTiers();

// The tier of that name. InvalidArgument if there is none,
// FailedPrecondition if this machine cannot run it.
absl::StatusOr<KernelTier> ParseKernelTier(std::string_view name);

// The tier in use: the one that TWICETOLD_KERNEL names, if it is set to one
// that can be run, else the fastest that can. Chosen at the first call, the
// same ever after.
KernelTier ChosenKernelTier();

// What is wrong with the value of TWICETOLD_KERNEL as it is now, for a tool
// that wants to say so; OK if it is not set or empty.
absl::Status CheckKernelVariable();

}  // namespace twicetold

#endif  // TWICETOLD_BASE_KERNEL_TIER_H_
