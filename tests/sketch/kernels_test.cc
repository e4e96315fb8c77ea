// SPDX-License-Identifier: Apache-2.0
//
// Every table of kernels that this machine can run against the portable one,
// and the portable one against what its header says in so many words.
#include "twicetold/sketch/kernels/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/hash.h"
#include "twicetold/sketch/shingle_table.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

using Numbers = std::vector<uint64_t>;
using Slots = std::vector<uint32_t>;

constexpr size_t kMostLength = 600;

// Up to `range` different numbers; 0 for all 2^64.
Numbers RandomNumbers(testing::Random* random, size_t count, size_t range) {
  Numbers numbers(count);
  for (uint64_t& number : numbers) {
    number = range == 0 ? random->Bits() : Mix(random->Below(range));
  }
  return numbers;
}

// Lengths around the borders of what kernels take at once, besides all small
// ones.
std::vector<size_t> LongLengths() {
  return {1000, 1023, 1024, 1025, 2047, 2048, 2049, 5000, 20'000};
}

class SketchKernelsTest : public ::testing::TestWithParam<KernelTier> {
 protected:
  const SketchKernels& kernels() const { return SketchKernelsOf(GetParam()); }
  static const SketchKernels& portable() { return PortableSketchKernels(); }
};

Numbers Combine(const SketchKernels& kernels, std::span<const uint64_t> tokens,
                size_t k) {
  // A place more, to see that nothing is written behind the end.
  const size_t count = tokens.size() - k + 1;
  Numbers shingles(count + 1, 77);
  kernels.combine_tokens(tokens.data(), count, k, shingles.data());
  EXPECT_EQ(shingles.back(), 77u);
  shingles.pop_back();
  return shingles;
}

TEST_P(SketchKernelsTest, CombinesTokensAsByHand) {
  testing::Random random(1);
  const Numbers tokens = RandomNumbers(&random, kMostLength + 8, 0);
  for (size_t k : {1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 17, 40, 300}) {
    for (size_t length = k; length <= kMostLength; ++length) {
      const auto some = std::span(tokens).subspan(length % 8, length);
      const Numbers shingles = Combine(kernels(), some, k);
      ASSERT_EQ(shingles, Combine(portable(), some, k));
      uint64_t last = 0;
      for (uint64_t token : some.last(k)) {
        last = last * 0x4385df649fccf645u + token;
      }
      ASSERT_EQ(shingles.back(), Mix(last));
    }
  }
}

Slots SketchWith(const SketchKernels& kernels, int size, uint64_t seed,
                 std::span<const uint64_t> shingles) {
  Slots slots(static_cast<size_t>(size), 7);
  Sketcher(size, seed, kernels).Sketch(shingles, slots);
  return slots;
}

// The definition, slot by slot.
Slots SketchByHand(int size, uint64_t seed,
                   std::span<const uint64_t> shingles) {
  const auto seed_of = [&](uint64_t use) {
    return Mix(seed + (use + 1) * kRoundMultiplier[0]);
  };
  Slots slots;
  for (uint64_t slot = 0; slot < static_cast<uint64_t>(size); ++slot) {
    uint32_t least = kEmptySlot;
    const auto multiplier = static_cast<uint32_t>(seed_of(3 + slot)) | 1;
    for (uint64_t shingle : shingles) {
      for (int round = 0; round < kRounds; ++round) {
        const SlotOffer offer =
            OfferOf(shingle, seed_of(static_cast<uint64_t>(round)), round,
                    static_cast<size_t>(size));
        if (offer.slot != slot) continue;
        least = std::min(
            least, (static_cast<uint32_t>(round) << kValueBits) | offer.value);
      }
      least = std::min(
          least, DirectSlot(DirectBase(shingle, seed_of(2)) * multiplier));
    }
    slots.push_back(least);
  }
  return slots;
}

TEST_P(SketchKernelsTest, SketchesAsTheDefinitionSays) {
  testing::Random random(2);
  for (int size : {16, 17, 100, 128, 513, 1000, 4096}) {
    for (size_t length : {0, 1, 2, 7, 50, 200, 600, 3000}) {
      const Numbers shingles = RandomNumbers(&random, length, 0);
      ASSERT_EQ(SketchWith(kernels(), size, length, shingles),
                SketchByHand(size, length, shingles));
    }
  }
}

TEST_P(SketchKernelsTest, SketchesOfAllLengthsAndAlignments) {
  testing::Random random(3);
  for (size_t range : {0, 1, 30, 300}) {
    const Numbers shingles = RandomNumbers(&random, kMostLength + 8, range);
    for (size_t length = 0; length <= kMostLength; ++length) {
      const auto some = std::span(shingles).subspan(length % 8, length);
      for (int size : {16, 128}) {
        ASSERT_EQ(SketchWith(kernels(), size, length, some),
                  SketchWith(portable(), size, length, some));
      }
    }
  }
}

TEST_P(SketchKernelsTest, SketchesOfAllSizes) {
  testing::Random random(4);
  for (int size = kMinSketchSize; size <= kMaxSketchSize;
       size += size < 600 ? 1 : 97) {
    const size_t length = random.Below(2000);
    const Numbers shingles = RandomNumbers(&random, length, 0);
    ASSERT_EQ(SketchWith(kernels(), size, 5, shingles),
              SketchWith(portable(), size, 5, shingles));
  }
}

TEST_P(SketchKernelsTest, SketchesOfLongTexts) {
  testing::Random random(5);
  for (size_t range : {0, 20, 200, 2000}) {
    for (size_t length : LongLengths()) {
      const Numbers shingles = RandomNumbers(&random, length, range);
      for (int size : {16, 128, 1000}) {
        ASSERT_EQ(SketchWith(kernels(), size, length, shingles),
                  SketchWith(portable(), size, length, shingles));
      }
    }
  }
}

// Tokens give what their shingles give, in pieces or not.
TEST_P(SketchKernelsTest, SketchesOfTokens) {
  testing::Random random(6);
  std::vector<size_t> lengths = LongLengths();
  for (size_t length = 0; length < 60; ++length) lengths.push_back(length);
  for (size_t range : {0, 3, 200}) {
    for (size_t length : lengths) {
      const Numbers tokens = RandomNumbers(&random, length, range);
      for (int k : {1, 3, 5, 25, 2000}) {
        ShingleList shingles;
        MakeShingles(tokens, k, &shingles);
        const Sketcher sketcher(128, 9, kernels());
        Slots slots(128);
        sketcher.SketchTokens(tokens, k, slots);
        ASSERT_EQ(slots, SketchWith(portable(), 128, 9, shingles));
      }
    }
  }
}

TEST_P(SketchKernelsTest, CountsEqualSlots) {
  testing::Random random(7);
  for (size_t size = 0; size <= kMostLength; ++size) {
    Slots a(size + 1);
    Slots b(size + 1);
    for (size_t i = 0; i <= size; ++i) {
      a[i] = static_cast<uint32_t>(random.Bits());
      b[i] = random.Below(2) == 0 ? a[i] : a[i] ^ (1u << random.Below(32));
    }
    for (size_t from : {0, 1}) {
      const auto of_a = std::span(a).subspan(from);
      const auto of_b = std::span(b).subspan(from);
      ASSERT_EQ(kernels().equal_slots(of_a, of_b),
                portable().equal_slots(of_a, of_b));
    }
  }
}

// Lists whose numbers crowd into few buckets, or do not.
Numbers CrowdedNumbers(testing::Random* random, size_t count) {
  const size_t range = 1 + random->Below(2 * count + 1);
  const bool crowded = random->Below(3) == 0;
  Numbers numbers(count);
  for (uint64_t& number : numbers) {
    const size_t i = random->Below(range);
    number = crowded ? i << random->Below(64) : Mix(i);
    if (random->Below(20) == 0) number = random->Below(2) == 0 ? 0 : ~0ull;
  }
  return numbers;
}

TEST_P(SketchKernelsTest, TablesHoldSets) {
  testing::Random random(8);
  ShingleTable table(kernels());
  ShingleTable slow(portable());
  EXPECT_EQ(table.CountPresent(Numbers{1, 2}), 0u);
  std::vector<size_t> lengths(LongLengths());
  lengths.insert(lengths.end(), {40'000, 100'000});  // made distinct in parts
  for (size_t length = 0; length <= kMostLength; ++length) {
    lengths.push_back(length);
  }
  for (size_t length : lengths) {
    const Numbers list = CrowdedNumbers(&random, length);
    const std::set<uint64_t> wanted(list.begin(), list.end());
    Numbers set = list;
    table.MakeDistinct(&set);
    ASSERT_EQ(set.size(), wanted.size());
    ASSERT_EQ(std::set<uint64_t>(set.begin(), set.end()), wanted);
    Numbers other = list;
    slow.MakeDistinct(&other);
    ASSERT_EQ(set, other) << "the order depends on the kernel";

    Numbers others = CrowdedNumbers(&random, length);
    others.insert(others.end(), list.begin(), list.begin() + length / 2);
    slow.MakeDistinct(&others);
    const auto shared = static_cast<size_t>(std::count_if(
        others.begin(), others.end(),
        [&](uint64_t number) { return wanted.contains(number); }));
    table.Build(set);
    ASSERT_EQ(table.CountPresent(others), shared);
    ASSERT_EQ(table.CountPresent(set), set.size());
    std::vector<uint8_t> present;
    table.MarkPresent(others, &present);
    ASSERT_EQ(present.size(), others.size());
    for (size_t i = 0; i < others.size(); ++i) {
      ASSERT_EQ(present[i] != 0, wanted.contains(others[i]));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, SketchKernelsTest,
                         ::testing::ValuesIn(RunnableKernelTiers()),
                         [](const auto& instance) {
                           return std::string(KernelTierName(instance.param));
                         });

}  // namespace
}  // namespace twicetold
