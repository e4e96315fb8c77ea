// SPDX-License-Identifier: Apache-2.0
//
// Grouping by key: from one key a document to the buckets of documents that
// share one.
//
// Entries are partitioned by the top bits of their keys into parts that fit
// in the cache, then each part is grouped with a small table of its own: no
// sorting, no table that is larger than the cache.
//
// Guarantee: the buckets and their order depend on the keys alone, not on the
// number of threads.
// Thread safety: see ForEachBucket.
#ifndef TWICETOLD_MATCH_BUCKETS_H_
#define TWICETOLD_MATCH_BUCKETS_H_

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"

namespace twicetold {

// Members are indices into the keys, ascending, at least two.
using BucketVisitor =
    std::function<void(std::span<const uint32_t> members, int worker)>;

// Calls `visit` once for each key that two or more entries have, from many
// threads at once. The keys have to be well mixed. Returns early once `stop`
// is requested. Cost: O(n) time, 16 bytes of memory an entry.
void ForEachBucket(std::span<const uint64_t> keys, ThreadPool* pool,
                   std::stop_token stop, const BucketVisitor& visit);

// Groups entries that are few enough for one table; keeps its memory between
// calls. Not thread-safe: one a worker.
class BucketTable {
 public:
  struct Entry {
    uint64_t key;
    uint32_t member;
  };
  using Visitor = std::function<void(std::span<const uint32_t> members)>;

  // Calls `visit` for each key that two or more entries have, in order of
  // first appearance; members keep their order.
  void Group(std::span<const Entry> entries, const Visitor& visit);

 private:
  struct Slot {
    uint64_t key;
    uint32_t group;  // kFree if unused
  };

  uint32_t GroupOf(uint64_t key);
  void CountGroups(std::span<const Entry> entries);

  std::vector<Slot> slots_;            // open addressing, a power of two
  std::vector<uint32_t> group_;        // of each entry
  std::vector<uint32_t> group_start_;  // into members_, while filling
  std::vector<uint32_t> group_size_;
  std::vector<uint32_t> members_;
};

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_BUCKETS_H_
