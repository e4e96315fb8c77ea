// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/set_arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

// Twice: the second time in the memory of the first.
TEST(SetArenaTest, KeepsWhatItIsGiven) {
  testing::Random random(1);
  SetArena arena;
  for (int round = 0; round < 3; ++round) {
    arena.Clear();
    std::vector<std::vector<uint64_t>> given;
    std::vector<std::span<const uint64_t>> kept;
    for (int i = 0; i < 300; ++i) {
      // Now and then more than a chunk holds.
      const size_t most = i % 100 == round ? 200000 : 1000;
      std::vector<uint64_t> set(random.Below(most));
      for (uint64_t& shingle : set) shingle = random.Bits();
      std::vector<uint64_t> copy = set;
      kept.push_back(arena.Keep(&copy));
      given.push_back(std::move(set));
    }
    for (size_t i = 0; i < given.size(); ++i) {
      ASSERT_TRUE(std::ranges::equal(kept[i], given[i]));
    }
  }
}

}  // namespace
}  // namespace twicetold
