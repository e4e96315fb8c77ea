// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/parallel.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace twicetold {

ThreadPool::ThreadPool(int threads) {
  if (threads <= 0) {
    threads = static_cast<int>(std::thread::hardware_concurrency());
  }
  // Where the system gives no more threads, those that there are do the work.
  try {
    for (int worker = 1; worker < threads; ++worker) {
      threads_.emplace_back([this, worker](std::stop_token closing) {
        Serve(worker, std::move(closing));
      });
    }
  } catch (const std::system_error&) {
    return;
  }
}

ThreadPool::~ThreadPool() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void ThreadPool::Work(Loop* loop, int worker) {
  while (!loop->stop.stop_requested()) {
    const size_t begin = loop->next.fetch_add(loop->grain);
    if (begin >= loop->n) return;
    (*loop->range)(begin, std::min(begin + loop->grain, loop->n), worker);
  }
}

void ThreadPool::Serve(int worker, std::stop_token closing) {
  uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (work_ready_.wait(lock, closing, [&] { return generation_ != seen; })) {
    seen = generation_;
    Loop* loop = loop_;
    lock.unlock();
    Work(loop, worker);
    lock.lock();
    if (--busy_ == 0) work_done_.notify_one();
  }
}

void ThreadPool::For(size_t n, size_t grain, const Range& range,
                     std::stop_token stop) {
  if (n == 0) return;
  Loop loop{.n = n,
            .grain = std::max<size_t>(grain, 1),
            .range = &range,
            .stop = std::move(stop)};
  if (threads_.empty() || n <= loop.grain) return Work(&loop, 0);
  {
    std::lock_guard lock(mutex_);
    loop_ = &loop;
    busy_ = static_cast<int>(threads_.size());
    ++generation_;
  }
  work_ready_.notify_all();
  Work(&loop, 0);
  std::unique_lock lock(mutex_);
  work_done_.wait(lock, [&] { return busy_ == 0; });
}

}  // namespace twicetold
