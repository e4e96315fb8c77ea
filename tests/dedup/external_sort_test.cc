// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/external_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <vector>

#include "tests/testing/synthetic.h"
#include "tests/testing/temp_tree.h"
#include "twicetold/dedup/part_file.h"

namespace twicetold::testing {
namespace {

TEST(ExternalSort, SortsAndLeavesOutRepetitions) {
  const TempTree tree;
  for (const size_t n : {size_t{0}, size_t{1}, size_t{500}, size_t{50'000}}) {
    for (const uint64_t memory : {uint64_t{1}, uint64_t{1} << 30}) {
      Random random(n);
      ExternalSort<uint64_t> sort("scratch", memory);
      std::set<uint64_t> expected;
      for (size_t i = 0; i < n; ++i) {
        const uint64_t value = random.Below(n * 2);
        expected.insert(value);
        ASSERT_TRUE(sort.Add({&value, 1}).ok());
      }
      if (const std::vector<uint64_t>* all = sort.InMemory()) {
        EXPECT_EQ(*all,
                  std::vector<uint64_t>(expected.begin(), expected.end()));
      } else {
        EXPECT_TRUE(n == 50'000 && memory == 1);
      }
      std::vector<uint64_t> sorted;
      ASSERT_TRUE(sort.Merge([&](uint64_t value) {
                        sorted.push_back(value);
                        return absl::OkStatus();
                      })
                      .ok());
      EXPECT_EQ(sorted,
                std::vector<uint64_t>(expected.begin(), expected.end()));
      EXPECT_FALSE(std::filesystem::exists("scratch"));
    }
  }
}

TEST(ExternalSort, PassesOnWhatTheVisitorSays) {
  const TempTree tree;
  ExternalSort<uint64_t> sort("scratch", 1);
  for (uint64_t i = 0; i < 5000; ++i) ASSERT_TRUE(sort.Add({&i, 1}).ok());
  EXPECT_TRUE(absl::IsCancelled(
      sort.Merge([](uint64_t) { return absl::CancelledError(); })));
}

TEST(ExternalSort, SaysThatThereIsNoPlace) {
  const TempTree tree;
  ExternalSort<uint64_t> sort("missing/scratch", 1);
  absl::Status status;
  for (uint64_t i = 0; i < 5000; ++i) status.Update(sort.Add({&i, 1}));
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
}

TEST(PartFile, GivesEachPartInOrder) {
  const TempTree tree;
  constexpr uint32_t kEntries = 40'000;
  for (const uint64_t memory : {uint64_t{1} << 14, uint64_t{1} << 30}) {
    Random random(3);
    PartFile parts("scratch", kEntries, memory);
    std::vector<uint64_t> keys;
    for (uint32_t i = 0; i < kEntries; ++i) {
      keys.push_back(random.Bits());
      ASSERT_TRUE(parts.Add(keys.back(), i).ok());
    }
    EXPECT_EQ(parts.part_count() > 1, memory < kEntries);
    std::set<uint32_t> seen;
    uint64_t before = 0;
    for (size_t part = 0; part < parts.part_count(); ++part) {
      std::vector<uint64_t> part_keys;
      std::vector<uint32_t> documents;
      ASSERT_TRUE(parts.Take(part, &part_keys, &documents).ok());
      EXPECT_TRUE(std::is_sorted(documents.begin(), documents.end()));
      uint64_t most = before;
      for (size_t i = 0; i < documents.size(); ++i) {
        EXPECT_EQ(part_keys[i], keys[documents[i]]);
        EXPECT_GE(part_keys[i], before);
        most = std::max(most, part_keys[i]);
        seen.insert(documents[i]);
      }
      before = most;
    }
    EXPECT_EQ(seen.size(), kEntries);
  }
}

}  // namespace
}  // namespace twicetold::testing
