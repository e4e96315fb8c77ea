// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace twicetold {
namespace {

// Runs a loop and returns how often each item was visited; fails if a range
// is out of bounds or too long, or a worker is in two ranges at once.
std::vector<int> Visits(ThreadPool* pool, size_t n, size_t grain) {
  std::vector<std::atomic<int>> visits(n);
  std::vector<std::atomic<int>> inside(static_cast<size_t>(pool->size()));
  std::atomic<int> faults{0};
  pool->For(n, grain,
            [&](size_t begin, size_t end, int worker) {
              if (worker < 0 || worker >= pool->size() || begin >= end ||
                  end > n || end - begin > std::max<size_t>(grain, 1)) {
                ++faults;
                return;
              }
              const size_t w = static_cast<size_t>(worker);
              if (inside[w].fetch_add(1) != 0) ++faults;
              for (size_t i = begin; i < end; ++i) ++visits[i];
              --inside[w];
            },
            {});
  EXPECT_EQ(faults, 0);
  return {visits.begin(), visits.end()};
}

TEST(ThreadPoolTest, VisitsEveryItemOnce) {
  for (int threads : {1, 2, 3, 8}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), threads);
    for (size_t n : {0u, 1u, 2u, 7u, 64u, 1000u, 12345u}) {
      for (size_t grain : {0u, 1u, 3u, 64u, 5000u, 100000u}) {
        EXPECT_EQ(Visits(&pool, n, grain), std::vector<int>(n, 1))
            << threads << " threads, n " << n << ", grain " << grain;
      }
    }
  }
}

TEST(ThreadPoolTest, LargestGrainDoesNotOverflow) {
  ThreadPool pool(4);
  EXPECT_EQ(Visits(&pool, 100, ~size_t{0}), std::vector<int>(100, 1));
}

TEST(ThreadPoolTest, ManyShortLoopsInTurn) {
  ThreadPool pool(4);
  uint64_t sum = 0;
  for (int loop = 0; loop < 5000; ++loop) {
    std::vector<uint64_t> part(4);  // one a worker, not atomic on purpose
    pool.For(10, 1,
             [&](size_t begin, size_t end, int worker) {
               for (size_t i = begin; i < end; ++i) {
                 part[static_cast<size_t>(worker)] += i;
               }
             },
             {});
    for (uint64_t p : part) sum += p;
  }
  EXPECT_EQ(sum, 5000u * 45);
}

TEST(ThreadPoolTest, MoreThreadsThanItems) {
  ThreadPool pool(16);
  EXPECT_EQ(Visits(&pool, 3, 1), std::vector<int>(3, 1));
}

TEST(ThreadPoolTest, ZeroThreadsMeansTheMachines) {
  ThreadPool pool(0);
  EXPECT_GE(pool.size(), 1);
  EXPECT_EQ(Visits(&pool, 100, 1), std::vector<int>(100, 1));
}

TEST(ThreadPoolTest, WorkersRunAtTheSameTime) {
  ThreadPool pool(2);
  // Each of two items waits for the other: with one thread this would hang.
  std::atomic<int> arrived{0};
  std::vector<std::thread::id> ids(2);
  pool.For(2, 1,
           [&](size_t begin, size_t /*end*/, int /*worker*/) {
             ids[begin] = std::this_thread::get_id();
             ++arrived;
             while (arrived < 2) std::this_thread::yield();
           },
           {});
  EXPECT_NE(ids[0], ids[1]);
}

TEST(ThreadPoolTest, StopLeavesOutTheRest) {
  for (int threads : {1, 4}) {
    ThreadPool pool(threads);
    std::stop_source stop;
    std::atomic<size_t> done{0};
    pool.For(
        1'000'000, 1,
        [&](size_t, size_t, int) {
          const size_t nth = ++done;
          if (nth == 10) stop.request_stop();
          // Whoever comes after waits for the request, however long the
          // thread that makes it sleeps.
          while (nth > 10 && !stop.stop_requested()) std::this_thread::yield();
        },
        stop.get_token());
    EXPECT_GE(done, 10u);
    // Each other worker may be in one range when the request comes.
    EXPECT_LE(done, 10u + static_cast<size_t>(threads) - 1);
    // The pool works on afterwards.
    EXPECT_EQ(Visits(&pool, 50, 1), std::vector<int>(50, 1));
  }
}

TEST(ThreadPoolTest, StoppedBeforeItStartsDoesNothing) {
  ThreadPool pool(2);
  std::stop_source stop;
  stop.request_stop();
  std::atomic<int> calls{0};
  pool.For(
      100, 1, [&](size_t, size_t, int) { ++calls; }, stop.get_token());
  pool.For(
      1, 100, [&](size_t, size_t, int) { ++calls; }, stop.get_token());
  EXPECT_EQ(calls, 0);
}

TEST(ThreadPoolTest, ManyPoolsComeAndGo) {
  for (int i = 0; i < 100; ++i) {
    ThreadPool pool(3);
    if (i % 2 == 0) continue;  // closed without a loop
    EXPECT_EQ(Visits(&pool, 5, 1), std::vector<int>(5, 1));
  }
}

}  // namespace
}  // namespace twicetold
