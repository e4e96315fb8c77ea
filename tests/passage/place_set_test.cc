// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/place_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;

// The same by looking at all leaders.
class SlowPlaceSet {
 public:
  uint32_t Add(const Place& side) {
    std::optional<uint32_t> best;
    uint32_t most = 0;
    for (uint32_t i = 0; i < leaders_.size(); ++i) {
      const Place& leader = leaders_[i];
      if (leader.document != side.document) continue;
      // What a side twice as long before this one shares is not looked at.
      if (leader.words.begin + 2 * side.words.size() < side.words.begin) {
        continue;
      }
      const uint32_t shared = SharedWords(leader.words, side.words);
      if (2 * shared < std::max(leader.words.size(), side.words.size())) {
        continue;
      }
      if (shared < most || shared == 0) continue;
      if (shared == most && best && !ByPlace(leader, leaders_[*best])) continue;
      most = shared;
      best = i;
    }
    if (best) return *best;
    leaders_.push_back(side);
    return static_cast<uint32_t>(leaders_.size() - 1);
  }

 private:
  std::vector<Place> leaders_;
};

TEST(PlaceSetTest, GivesWhatLookingAtAllLeadersGives) {
  Random random(5);
  size_t joined = 0;
  for (int round = 0; round < 200; ++round) {
    const size_t spread = 50 + random.Below(2000);
    std::vector<Place> sides;
    for (size_t i = 1 + random.Below(400); i > 0; --i) {
      const auto begin = static_cast<uint32_t>(random.Below(spread));
      const auto size = static_cast<uint32_t>(1 + random.Below(120));
      sides.push_back({.document = static_cast<uint32_t>(random.Below(3)),
                       .words = {begin, begin + size}});
    }
    std::sort(sides.begin(), sides.end(), ByPlace);
    sides.erase(std::unique(sides.begin(), sides.end()), sides.end());
    PlaceSet places(sides);
    SlowPlaceSet slow;
    for (size_t i = 0; i < 2 * sides.size(); ++i) {
      const size_t index = random.Below(sides.size());
      ASSERT_EQ(places.Add(index), slow.Add(sides[index])) << round;
    }
    EXPECT_LE(places.size(), sides.size());
    joined += sides.size() - places.size();
  }
  EXPECT_GE(joined, 1000u);
}

TEST(PlaceSetTest, ASideThatIsHalfOfTheOtherIsOfItsPlace) {
  PlaceSet places({{.document = 1, .words = {0, 40}},
                   {.document = 1, .words = {20, 40}},
                   {.document = 1, .words = {21, 40}},
                   {.document = 2, .words = {0, 40}}});
  EXPECT_EQ(places.Add(0), 0u);
  EXPECT_EQ(places.Add(1), 0u);
  EXPECT_EQ(places.Add(2), 1u);
  EXPECT_EQ(places.Add(3), 2u);
  EXPECT_EQ(places.Add(0), 0u);
  EXPECT_EQ(places.size(), 3u);
}

}  // namespace
}  // namespace twicetold
