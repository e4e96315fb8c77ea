// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/word_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold {
namespace {

using testing::Random;
using List = std::vector<uint64_t>;

// The longest common subsequence, by the table.
uint32_t LongestInOrder(const List& a, const List& b) {
  std::vector<uint32_t> row(b.size() + 1);
  for (const uint64_t word : a) {
    uint32_t corner = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      const uint32_t above = row[j + 1];
      row[j + 1] = word == b[j] ? corner + 1 : std::max(above, row[j]);
      corner = above;
    }
  }
  return row.back();
}

List RandomList(Random* random, size_t words, uint64_t vocabulary) {
  List list(words);
  for (uint64_t& word : list) word = 1 + random->Below(vocabulary);
  return list;
}

// With about one word in `every` replaced, left out or added.
List Edited(Random* random, const List& list, uint64_t every) {
  List edited;
  for (const uint64_t word : list) {
    const uint64_t what = random->Below(3 * every);
    if (what == 0) edited.push_back(1'000'000 + random->Below(1'000'000));
    if (what == 1) continue;
    if (what == 2) edited.push_back(2'000'000 + random->Below(1'000'000));
    if (what != 0) edited.push_back(word);
  }
  return edited;
}

TEST(WordOrderTest, SmallOnes) {
  EXPECT_EQ(WordsInOrder({}, {}), 0u);
  EXPECT_EQ(WordsInOrder(List{1}, {}), 0u);
  EXPECT_EQ(WordsInOrder(List{1, 2, 3}, List{1, 2, 3}), 3u);
  EXPECT_EQ(WordsInOrder(List{1, 2, 3, 4}, List{1, 9, 3, 4}), 3u);
  EXPECT_EQ(WordsInOrder(List{1, 2, 3, 4}, List{2, 3, 4}), 3u);
  EXPECT_EQ(WordsInOrder(List{1, 2}, List{3, 4}), 0u);
}

TEST(WordOrderTest, NeverMoreThanThereAre) {
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    const uint64_t vocabulary = 2 + random.Below(50);
    const List a = RandomList(&random, random.Below(300), vocabulary);
    const List b = RandomList(&random, random.Below(300), vocabulary);
    EXPECT_LE(WordsInOrder(a, b), LongestInOrder(a, b));
  }
}

TEST(WordOrderTest, NearlyAllOfTextWithFewChanges) {
  Random random(2);
  for (int round = 0; round < 100; ++round) {
    const List a = RandomList(&random, 1000, round % 2 == 0 ? 3000 : 20);
    const List b = Edited(&random, a, 20);
    const uint32_t longest = LongestInOrder(a, b);
    EXPECT_LE(WordsInOrder(a, b), longest);
    EXPECT_GE(WordsInOrder(a, b), .96 * longest) << round;
  }
}

// What was put in or taken out is longer than what is looked at near by.
TEST(WordOrderTest, GoesOnBehindALongInsertion) {
  Random random(3);
  const List a = RandomList(&random, 1000, 5000);
  List b = a;
  const List more = RandomList(&random, 200, 5000);
  b.insert(b.begin() + 400, more.begin(), more.end());
  EXPECT_GE(WordsInOrder(a, b), 990u);
  EXPECT_GE(WordsInOrder(b, a), 990u);
}

TEST(WordOrderTest, OneOfTwoHalvesThatWereExchanged) {
  Random random(4);
  const List a = RandomList(&random, 1000, 5000);
  List b = a;
  std::rotate(b.begin(), b.begin() + 500, b.end());
  EXPECT_GE(WordsInOrder(a, b), 490u);
  EXPECT_LE(WordsInOrder(a, b), 510u);
}

}  // namespace
}  // namespace twicetold
