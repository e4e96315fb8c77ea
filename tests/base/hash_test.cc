// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/hash.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "twicetold/base/hash_kernels.h"
#include "twicetold/base/kernel_tier.h"

namespace twicetold {
namespace {

// Known answers of XXH3 itself: the hash of nothing, with seed 0.
TEST(HashTest, IsXxh3) {
  EXPECT_EQ(HashBytes(""), 0x2d06800538d394c2u);
  EXPECT_EQ(ToHex(DigestBytes("")), "99aa06d3014798d86001c324468d497f");
}

#if TWICETOLD_X86_KERNELS
TEST(HashTest, KernelsAgree) {
  const std::vector<KernelTier> tiers = RunnableKernelTiers();
  if (tiers.back() == KernelTier::kPortable) GTEST_SKIP() << "no AVX2 here";
  std::string bytes;
  for (size_t size = 0; size < 5000; size += 1 + size / 60) {
    while (bytes.size() < size) {
      bytes += static_cast<char>(Mix(bytes.size()) >> 56);
    }
    Digest portable;
    Digest avx2;
    DigestPortable(bytes.data(), size, &portable.high, &portable.low);
    DigestAvx2(bytes.data(), size, &avx2.high, &avx2.low);
    EXPECT_EQ(portable, avx2) << size;
    EXPECT_EQ(DigestBytes({bytes.data(), size}), portable) << size;
  }
}
#endif

TEST(HashTest, SeedChangesTheHash) {
  EXPECT_NE(HashBytes("told twice", 1), HashBytes("told twice", 2));
}

TEST(HashTest, HexKeepsLeadingZeros) {
  EXPECT_EQ(ToHex(Digest{.high = 1, .low = 0xab}),
            "000000000000000100000000000000ab");
}

// SplitMix64 started at 0 gives this as its first number (Vigna's reference).
TEST(HashTest, MixIsTheFinalizerOfSplitMix64) {
  EXPECT_EQ(Mix(0x9e3779b97f4a7c15u), 0xe220a8397b1dcdafu);
}

}  // namespace
}  // namespace twicetold
