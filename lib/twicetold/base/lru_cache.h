// SPDX-License-Identifier: Apache-2.0
//
// What was made for a number, kept as long as there is room; what was asked
// for longest ago gives way first.
//
// Cost: a look-up under a lock. Memory: `most_bytes`, or the latest value if
// that alone takes more, and what callers hold on to.
// Thread safety: may be used from many threads at once.
#ifndef TWICETOLD_BASE_LRU_CACHE_H_
#define TWICETOLD_BASE_LRU_CACHE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace twicetold {

template <typename Value>
class LruCache {
 public:
  explicit LruCache(uint64_t most_bytes) : most_bytes_(most_bytes) {}

  // Null if it is not there.
  std::shared_ptr<const Value> Find(uint32_t key) {
    std::lock_guard lock(mutex_);
    const auto at = entries_.find(key);
    if (at == entries_.end()) return nullptr;
    used_.splice(used_.begin(), used_, at->second.used);
    return at->second.value;
  }

  // What is there already stays: another thread was faster.
  void Keep(uint32_t key, std::shared_ptr<const Value> value, uint64_t bytes) {
    std::lock_guard lock(mutex_);
    if (entries_.contains(key)) return;
    used_.push_front(key);
    entries_.emplace(key, Entry{std::move(value), bytes, used_.begin()});
    bytes_ += bytes;
    while (bytes_ > most_bytes_ && used_.size() > 1) TakeOut(used_.back());
  }

  // Makes room: it will hardly be asked for again.
  void Drop(uint32_t key) {
    std::shared_ptr<const Value> value;  // given back after the lock
    std::lock_guard lock(mutex_);
    value = TakeOut(key);
  }

 private:
  struct Entry {
    std::shared_ptr<const Value> value;
    uint64_t bytes = 0;
    std::list<uint32_t>::iterator used;
  };

  // Under the lock.
  std::shared_ptr<const Value> TakeOut(uint32_t key) {
    const auto at = entries_.find(key);
    if (at == entries_.end()) return nullptr;
    std::shared_ptr<const Value> value = std::move(at->second.value);
    bytes_ -= at->second.bytes;
    used_.erase(at->second.used);
    entries_.erase(at);
    return value;
  }

  const uint64_t most_bytes_;
  std::mutex mutex_;
  uint64_t bytes_ = 0;                            // guarded by mutex_
  std::list<uint32_t> used_;                      // latest first; guarded
  absl::flat_hash_map<uint32_t, Entry> entries_;  // guarded by mutex_
};

}  // namespace twicetold

#endif  // TWICETOLD_BASE_LRU_CACHE_H_
