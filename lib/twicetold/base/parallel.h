// SPDX-License-Identifier: Apache-2.0
//
// A small pool of threads for loops over independent items.
//
// It stands here in place of a library because oneTBB reports false races
// under ThreadSanitizer, and all that is needed is one kind of loop.
//
// Thread safety: one For at a time, from the thread that owns the pool.
#ifndef TWICETOLD_BASE_PARALLEL_H_
#define TWICETOLD_BASE_PARALLEL_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace twicetold {

class ThreadPool {
 public:
  // `threads` workers, the calling thread among them; 0 means as many as the
  // machine has. Fewer, but at least the caller, if the system gives no more.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const { return static_cast<int>(threads_.size()) + 1; }

  // begin, end: a range of items; worker: in [0, size()), never the same for
  // two ranges at once, so that it can index scratch space.
  using Range = std::function<void(size_t begin, size_t end, int worker)>;

  // Calls `range` until [0, n) is done, in pieces of at most `grain` items
  // taken in order by whoever is free. Returns when all are done, or early,
  // with some left out, once `stop` is requested.
  void For(size_t n, size_t grain, const Range& range, std::stop_token stop);

 private:
  struct Loop {
    size_t n = 0;
    size_t grain = 1;
    const Range* range = nullptr;
    std::stop_token stop;
    std::atomic<size_t> next{0};
  };

  static void Work(Loop* loop, int worker);
  void Serve(int worker, std::stop_token closing);

  std::mutex mutex_;
  std::condition_variable_any work_ready_;
  std::condition_variable work_done_;
  Loop* loop_ = nullptr;     // guarded by mutex_
  uint64_t generation_ = 0;  // of loops; guarded by mutex_
  int busy_ = 0;             // helpers still in the loop; guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace twicetold

#endif  // TWICETOLD_BASE_PARALLEL_H_
