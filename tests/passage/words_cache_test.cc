// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "twicetold/corpus/corpus.h"

namespace twicetold {
namespace {

constexpr uint64_t kMuch = uint64_t{1} << 20;

class WordsCacheTest : public ::testing::Test {
 protected:
  const std::string binary_ = std::string("\0", 1);
  const std::vector<TextView> texts_ = {{.name = "a", .text = "One two three."},
                                        {.name = "b", .text = "Four five."},
                                        {.name = "c", .text = binary_}};
  const MemoryCorpus corpus_{texts_};
};

TEST_F(WordsCacheTest, GivesTheWordsOfADocumentAgain) {
  WordsCache cache(corpus_, kMuch);
  const auto a = cache.Get(0);
  const auto b = cache.Get(1);
  ASSERT_NE(a, nullptr);
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(a->size(), 3u);
  EXPECT_EQ(b->size(), 2u);
  EXPECT_EQ(cache.Get(0), a);
  EXPECT_EQ(cache.Get(1), b);
}

TEST_F(WordsCacheTest, WhatIsDroppedIsReadAgain) {
  WordsCache cache(corpus_, kMuch);
  const std::weak_ptr<const Words> a = cache.Get(0);
  const auto b = cache.Get(1);
  cache.Drop(1);
  EXPECT_FALSE(a.expired());
  cache.Drop(0);
  cache.Drop(0);
  EXPECT_TRUE(a.expired());
  EXPECT_EQ(b->size(), 2u);  // held by who asked for it
  EXPECT_NE(cache.Get(1), b);
  EXPECT_EQ(cache.Get(1)->hashes, b->hashes);
  ASSERT_NE(cache.Get(0), nullptr);
}

TEST_F(WordsCacheTest, WithoutRoomOnlyTheLatestIsKept) {
  WordsCache cache(corpus_, 0);
  const std::weak_ptr<const Words> a = cache.Get(0);
  EXPECT_FALSE(a.expired());
  const std::weak_ptr<const Words> b = cache.Get(1);
  EXPECT_TRUE(a.expired());
  EXPECT_FALSE(b.expired());
}

TEST_F(WordsCacheTest, WhatIsNoTextIsNull) {
  WordsCache cache(corpus_, kMuch);
  EXPECT_EQ(cache.Get(2), nullptr);
  EXPECT_EQ(cache.Get(2), nullptr);
}

}  // namespace
}  // namespace twicetold
