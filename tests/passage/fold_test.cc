// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/fold.h"

#include <gtest/gtest.h>

#include <vector>

namespace twicetold {
namespace {

// Cells of ten words.
std::vector<WordRange> Cells(uint32_t count) {
  std::vector<WordRange> cells;
  for (uint32_t i = 0; i < count; ++i) cells.push_back({10 * i, 10 * (i + 1)});
  return cells;
}

Draft MakeDraft(uint32_t a, uint32_t b, uint32_t words, double weight) {
  return {.a = {a, a + words}, .b = {b, b + words}, .weight = weight};
}

TEST(FoldTest, AllPairsOfNPlacesBecomeThoseWithTheFirst) {
  std::vector<Draft> drafts;
  for (uint32_t i = 0; i < 12; ++i) {
    for (uint32_t j = i + 1; j < 12; ++j) {
      drafts.push_back(MakeDraft(100 * i, 100 * j, 50, 200));
    }
  }
  const auto folded = FoldRepeats(drafts, Cells(120));
  ASSERT_EQ(folded.size(), 11u);
  for (uint32_t i = 0; i < 11; ++i) {
    EXPECT_EQ(folded[i].a.begin, 0u);
    EXPECT_EQ(folded[i].b.begin, 100 * (i + 1));
  }
}

TEST(FoldTest, ADraftDoesNotGiveWayToWeakerOnes) {
  const auto folded =
      FoldRepeats({MakeDraft(0, 100, 50, 100), MakeDraft(0, 200, 50, 100),
                   MakeDraft(100, 200, 50, 300)},
                  Cells(30));
  ASSERT_EQ(folded.size(), 2u);
  EXPECT_EQ(folded[0].b.begin, 100u);
  EXPECT_EQ(folded[1].a.begin, 100u);
  EXPECT_EQ(folded[1].b.begin, 200u);
}

TEST(FoldTest, APassageStaysThoughAPartOfItIsToldElsewhere) {
  const auto folded =
      FoldRepeats({MakeDraft(0, 100, 20, 300), MakeDraft(0, 200, 20, 300),
                   MakeDraft(100, 200, 50, 280)},
                  Cells(30));
  EXPECT_EQ(folded.size(), 3u);
}

TEST(FoldTest, PairsWithNothingInCommonStay) {
  const auto folded =
      FoldRepeats({MakeDraft(0, 100, 50, 1), MakeDraft(200, 300, 50, 2),
                   MakeDraft(400, 500, 50, 3), MakeDraft(600, 700, 50, 4)},
                  Cells(80));
  EXPECT_EQ(folded.size(), 4u);
}

}  // namespace
}  // namespace twicetold
