// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/kernel_tier.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

constexpr KernelTier kAllTiers[] = {KernelTier::kPortable, KernelTier::kAvx2,
                                    KernelTier::kAvx512};

bool CanRunAvx2() {
#if TWICETOLD_X86_KERNELS
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
  return false;
#endif
}

bool CanRunAvx512() {
#if TWICETOLD_X86_KERNELS
  return CanRunAvx2() && __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512vbmi2");
#else
  return false;
#endif
}

bool CanRun(KernelTier tier) {
  switch (tier) {
    case KernelTier::kPortable:
      return true;
    case KernelTier::kAvx2:
      return CanRunAvx2();
    case KernelTier::kAvx512:
      return CanRunAvx512();
  }
  return false;
}

// Empty if it is not set.
std::string_view ForcedName() {
  const char* value = std::getenv(kKernelVariable);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

KernelTier Choose() {
  if (const auto forced = ParseKernelTier(ForcedName()); forced.ok()) {
    return *forced;
  }
  return RunnableKernelTiers().back();
}

}  // namespace

std::string_view KernelTierName(KernelTier tier) {
  switch (tier) {
    case KernelTier::kPortable:
      return "portable";
    case KernelTier::kAvx2:
      return "avx2";
    case KernelTier::kAvx512:
      return "avx512";
  }
  return "";
}

std::vector<KernelTier> RunnableKernelTiers() {
  std::vector<KernelTier> tiers;
  for (const KernelTier tier : kAllTiers) {
    if (CanRun(tier)) tiers.push_back(tier);
  }
  return tiers;
}

absl::StatusOr<KernelTier> ParseKernelTier(std::string_view name) {
  for (const KernelTier tier : kAllTiers) {
    if (KernelTierName(tier) != name) continue;
    if (CanRun(tier)) return tier;
    return absl::FailedPreconditionError(absl::StrFormat(
        "this machine cannot run the kernel %s; it can run %s and slower",
        KernelTierName(tier), KernelTierName(RunnableKernelTiers().back())));
  }
  return absl::InvalidArgumentError(
      "no such kernel; it can be portable, avx2 or avx512");
}

KernelTier ChosenKernelTier() {
  static const KernelTier tier = Choose();
  return tier;
}

absl::Status CheckKernelVariable() {
  const std::string_view name = ForcedName();
  return name.empty() ? absl::OkStatus() : ParseKernelTier(name).status();
}

}  // namespace twicetold
