// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/kernel_tier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace twicetold {
namespace {

TEST(KernelTierTest, TiersThatCanBeRunAscendFromPortable) {
  const std::vector<KernelTier> tiers = RunnableKernelTiers();
  ASSERT_FALSE(tiers.empty());
  EXPECT_EQ(tiers.front(), KernelTier::kPortable);
  EXPECT_TRUE(std::is_sorted(tiers.begin(), tiers.end()));
  EXPECT_THAT(tiers, ::testing::Contains(ChosenKernelTier()));
}

TEST(KernelTierTest, NamesAreReadBack) {
  for (const KernelTier tier : RunnableKernelTiers()) {
    const auto parsed = ParseKernelTier(KernelTierName(tier));
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, tier);
  }
}

TEST(KernelTierTest, WhatCannotBeRunIsRefused) {
  for (const char* name : {"", "sse", "AVX2", "avx512 "}) {
    EXPECT_EQ(ParseKernelTier(name).status().code(),
              absl::StatusCode::kInvalidArgument)
        << name;
  }
  const std::vector<KernelTier> tiers = RunnableKernelTiers();
  for (const KernelTier tier : {KernelTier::kAvx2, KernelTier::kAvx512}) {
    if (std::find(tiers.begin(), tiers.end(), tier) != tiers.end()) continue;
    EXPECT_EQ(ParseKernelTier(KernelTierName(tier)).status().code(),
              absl::StatusCode::kFailedPrecondition);
  }
}

TEST(KernelTierTest, TheVariableIsChecked) {
  const char* before = std::getenv(kKernelVariable);
  const std::string saved = before == nullptr ? "" : before;
  setenv(kKernelVariable, "", 1);
  EXPECT_TRUE(CheckKernelVariable().ok());
  setenv(kKernelVariable, "portable", 1);
  EXPECT_TRUE(CheckKernelVariable().ok());
  setenv(kKernelVariable, "fast", 1);
  EXPECT_FALSE(CheckKernelVariable().ok());
  setenv(kKernelVariable, saved.c_str(), 1);
}

}  // namespace
}  // namespace twicetold
