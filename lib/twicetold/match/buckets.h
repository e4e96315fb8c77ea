// SPDX-License-Identifier: Apache-2.0
//
// Grouping by key: from one key a document to the buckets of documents that
// share one.
//
// Entries are partitioned by the top bits of their keys, in two steps, into
// parts that fit in the cache, then each part is grouped with a small table of
// its own: no sorting, no table that is larger than the cache.
//
// Guarantee: the buckets and their order depend on the keys alone, not on the
// number of threads.
// Thread safety: see ForEachBucket.
#ifndef TWICETOLD_MATCH_BUCKETS_H_
#define TWICETOLD_MATCH_BUCKETS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "twicetold/base/parallel.h"

namespace twicetold {

// Members are indices into the keys, ascending, at least two.
using BucketVisitor =
    std::function<void(std::span<const uint32_t> members, int worker)>;

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
  void Link(std::span<const Entry> entries);

  // Entries are numbered as they come. Most have a key of their own, so that
  // little is written for these.
  std::vector<uint32_t> slots_;  // first of each key; open addressing
  std::vector<uint32_t> last_;   // with the key of a first one, or itself
  std::vector<uint32_t> next_;   // with the same key, but for the last
  std::vector<uint32_t> members_;
};

// Memory that one call of ForEachBucket may leave to the next: it costs more to
// get from the system than to fill.
struct GroupingMemory {
  std::unique_ptr<BucketTable::Entry[]> entries;
  size_t size = 0;
};

// Calls `visit` once for each key that two or more entries have, from many
// threads at once. The keys have to be well mixed. Returns early once `stop`
// is requested. Cost: O(n) time, 16 bytes of memory an entry.
void ForEachBucket(std::span<const uint64_t> keys, ThreadPool* pool,
                   std::stop_token stop, const BucketVisitor& visit,
                   GroupingMemory* memory = nullptr);

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_BUCKETS_H_
