// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/buckets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/hash.h"

namespace twicetold {
namespace {

using Bucket = std::vector<uint32_t>;
using Buckets = std::vector<Bucket>;

// The oracle; ascending.
Buckets BucketsByMap(const std::vector<uint64_t>& keys) {
  std::map<uint64_t, Bucket> by_key;
  for (uint32_t i = 0; i < keys.size(); ++i) by_key[keys[i]].push_back(i);
  Buckets buckets;
  for (auto& [key, members] : by_key) {
    if (members.size() >= 2) buckets.push_back(members);
  }
  std::sort(buckets.begin(), buckets.end());
  return buckets;
}

Buckets BucketsByPool(const std::vector<uint64_t>& keys, ThreadPool* pool) {
  Buckets buckets;
  std::mutex mutex;
  ForEachBucket(keys, pool, {},
                [&](std::span<const uint32_t> members, int worker) {
                  EXPECT_LT(worker, pool->size());
                  EXPECT_TRUE(std::is_sorted(members.begin(), members.end()));
                  std::lock_guard lock(mutex);
                  buckets.emplace_back(members.begin(), members.end());
                });
  std::sort(buckets.begin(), buckets.end());
  return buckets;
}

Buckets BucketsByTable(const std::vector<uint64_t>& keys, BucketTable* table) {
  std::vector<BucketTable::Entry> entries;
  for (uint32_t i = 0; i < keys.size(); ++i) entries.push_back({keys[i], i});
  Buckets buckets;
  table->Group(entries, [&](std::span<const uint32_t> members) {
    buckets.emplace_back(members.begin(), members.end());
  });
  return buckets;
}

// Keys of three kinds: any, equal in their high bits, equal in their low bits;
// from `range` different ones.
std::vector<uint64_t> RandomKeys(testing::Random* random, size_t n,
                                 size_t range, int kind) {
  std::vector<uint64_t> keys;
  for (size_t i = 0; i < n; ++i) {
    const uint64_t x = Mix(random->Below(range) + 1);
    keys.push_back(kind == 0 ? x : kind == 1 ? x >> 40 : x << 40);
  }
  return keys;
}

TEST(BucketsTest, AllSmallSizes) {
  testing::Random random(1);
  ThreadPool one(1);
  ThreadPool two(2);
  BucketTable table;
  for (size_t n = 0; n <= 200; ++n) {
    for (size_t range : {size_t{1}, n / 10 + 1, n / 2 + 1, 10 * n + 1}) {
      for (int kind = 0; kind < 3; ++kind) {
        const auto keys = RandomKeys(&random, n, range, kind);
        const Buckets expected = BucketsByMap(keys);
        ASSERT_EQ(BucketsByPool(keys, &one), expected);
        ASSERT_EQ(BucketsByPool(keys, &two), expected);
        // In order of first appearance, which for ascending members is the
        // order of the oracle.
        ASSERT_EQ(BucketsByTable(keys, &table), expected);
      }
    }
  }
}

TEST(BucketsTest, LargeSizesWithAnyNumberOfThreads) {
  testing::Random random(2);
  for (size_t n : {4095u, 4096u, 4097u, 8192u, 50'000u, 200'001u}) {
    for (size_t range : {size_t{1}, size_t{50}, n / 3, 20 * n}) {
      const auto keys = RandomKeys(&random, n, range, 0);
      const Buckets expected = BucketsByMap(keys);
      for (int threads : {1, 2, 8}) {
        ThreadPool pool(threads);
        ASSERT_EQ(BucketsByPool(keys, &pool), expected);
      }
    }
  }
}

TEST(BucketsTest, AllInOnePart) {
  testing::Random random(3);
  ThreadPool pool(2);
  const auto keys = RandomKeys(&random, 20'000, 7'000, 1);
  EXPECT_EQ(BucketsByPool(keys, &pool), BucketsByMap(keys));
}

TEST(BucketsTest, StopEndsEarly) {
  testing::Random random(4);
  const auto keys = RandomKeys(&random, 100'000, 30'000, 0);
  ThreadPool pool(1);
  std::stop_source stop;
  size_t buckets = 0;
  ForEachBucket(keys, &pool, stop.get_token(),
                [&](std::span<const uint32_t>, int) {
                  ++buckets;
                  stop.request_stop();
                });
  EXPECT_GE(buckets, 1u);
  EXPECT_LT(buckets, BucketsByMap(keys).size() / 2);
}

}  // namespace
}  // namespace twicetold
