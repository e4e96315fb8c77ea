// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/hash.h"

#include <gtest/gtest.h>

namespace twicetold {
namespace {

// Known answers of XXH3 itself: the hash of nothing, with seed 0.
TEST(HashTest, IsXxh3) {
  EXPECT_EQ(HashBytes(""), 0x2d06800538d394c2u);
  EXPECT_EQ(ToHex(DigestBytes("")), "99aa06d3014798d86001c324468d497f");
}

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
