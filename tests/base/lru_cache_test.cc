// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/lru_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace twicetold {
namespace {

std::shared_ptr<const std::string> Value(const char* text) {
  return std::make_shared<const std::string>(text);
}

TEST(LruCacheTest, GivesWhatIsKept) {
  LruCache<std::string> cache(100);
  EXPECT_EQ(cache.Find(1), nullptr);
  const auto one = Value("one");
  cache.Keep(1, one, 10);
  cache.Keep(2, Value("two"), 10);
  EXPECT_EQ(cache.Find(1), one);
  EXPECT_EQ(*cache.Find(2), "two");
  EXPECT_EQ(cache.Find(3), nullptr);
}

TEST(LruCacheTest, WhatIsThereStays) {
  LruCache<std::string> cache(100);
  const auto first = Value("first");
  cache.Keep(1, first, 60);
  cache.Keep(1, Value("second"), 60);
  EXPECT_EQ(cache.Find(1), first);
  cache.Keep(2, Value("two"), 40);  // what was not kept takes no room
  EXPECT_EQ(cache.Find(1), first);
}

TEST(LruCacheTest, WhatWasAskedForLongestAgoGivesWay) {
  LruCache<std::string> cache(30);
  for (uint32_t key = 1; key <= 3; ++key) cache.Keep(key, Value("x"), 10);
  EXPECT_NE(cache.Find(1), nullptr);
  cache.Keep(4, Value("x"), 10);
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(1), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
  EXPECT_NE(cache.Find(4), nullptr);
  // The latest stays, however large it is.
  cache.Keep(5, Value("large"), 1000);
  EXPECT_NE(cache.Find(5), nullptr);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_EQ(cache.Find(4), nullptr);
}

TEST(LruCacheTest, WhatIsDroppedMakesRoom) {
  LruCache<std::string> cache(20);
  const auto one = Value("one");
  cache.Keep(1, one, 10);
  cache.Keep(2, Value("two"), 10);
  cache.Drop(1);
  cache.Drop(1);
  cache.Drop(7);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_EQ(*one, "one");  // held by who asked for it
  cache.Keep(3, Value("three"), 10);
  EXPECT_NE(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
}

}  // namespace
}  // namespace twicetold
