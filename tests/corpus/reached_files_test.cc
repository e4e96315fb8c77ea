// SPDX-License-Identifier: Apache-2.0
#include "twicetold/corpus/reached_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace twicetold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Looks at all pairs.
std::vector<size_t> SharedByPairs(const std::vector<FoundFile>& files) {
  std::vector<size_t> shared;
  for (size_t i = 0; i < files.size(); ++i) {
    bool found = false;
    for (size_t j = 0; j < files.size(); ++j) {
      found = found || (i != j && files[i].id() == files[j].id());
    }
    if (found) shared.push_back(i);
  }
  return shared;
}

TEST(ReachedFilesTest, IdsAreSharedAsLookingAtAllPairsSays) {
  EXPECT_THAT(WithSharedIds({}), IsEmpty());
  std::mt19937_64 random(1);
  const auto below = [&random](uint64_t n) { return random() % n; };
  for (int trial = 0; trial < 300; ++trial) {
    // Close together, far apart, and up to the greatest there are.
    const uint64_t spread = trial % 3 == 0 ? 40 : uint64_t{1} << 40;
    const uint64_t least = trial % 2 == 0 ? UINT64_MAX - spread : 7;
    const uint64_t devices = 1 + below(2);
    std::vector<FoundFile> files;
    for (size_t i = below(30); i > 0; --i) {
      const uint64_t inode = least + below(20) * (spread / 20);
      files.push_back(ReachedFile("name", {below(devices), inode}));
    }
    EXPECT_EQ(WithSharedIds(files), SharedByPairs(files));
  }
}

TEST(ReachedFilesTest, InodesFromLeastToGreatestAreTold) {
  EXPECT_THAT(WithSharedIds({ReachedFile("a", {1, 0}),
                             ReachedFile("b", {1, UINT64_MAX}),
                             ReachedFile("c", {1, 0})}),
              ElementsAre(0, 2));
}

TEST(ReachedFilesTest, EachFileOnceByItsFirstName) {
  const std::vector<FoundFile> files =
      GroupByFile({ReachedFile("d", {1, 4}), ReachedFile("c", {1, 5}),
                   ReachedFile("b", {1, 4}), ReachedFile("b", {1, 4}),
                   ReachedFile("e", {2, 5})});
  ASSERT_EQ(files.size(), 3u);
  EXPECT_THAT(files[0].names, ElementsAre("b", "d"));
  EXPECT_THAT(files[1].names, ElementsAre("c"));
  EXPECT_THAT(files[2].names, ElementsAre("e"));
}

TEST(ReachedFilesTest, FilesKnownToBeDistinctAreOnlySorted) {
  const std::vector<FoundFile> files =
      GroupByFile({ReachedFile("b", {1, 1}), ReachedFile("a", {1, 2})}, true);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_THAT(files[0].names, ElementsAre("a"));
  EXPECT_THAT(files[1].names, ElementsAre("b"));
}

}  // namespace
}  // namespace twicetold
