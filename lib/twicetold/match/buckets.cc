// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/buckets.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>

namespace twicetold {
namespace {

constexpr uint32_t kFree = 0xffffffff;

using Entry = BucketTable::Entry;

// Entries of a part: 1,024 take 16 KiB, and their table at most 64.
constexpr size_t kPartEntries = 1024;

// Bits by which all entries are partitioned first: as many places to write to
// as the processor has addresses of pages at hand. Each of these parts is then
// partitioned by itself, within the cache.
constexpr int kCoarseBits = 7;

// Parts, in the order of the bits they were made by.
class Partition {
 public:
  // Makes 2^bits parts of `count` entries, of which `entry_of` gives each, by
  // the top `bits` bits of the keys below the first `skipped`. A stable
  // counting sort.
  template <typename EntryOf>
  void Make(size_t count, int skipped, int bits, const EntryOf& entry_of) {
    const auto part_of = [skipped, bits](uint64_t key) {
      return bits == 0 ? size_t{0}
                       : static_cast<size_t>(key << skipped >> (64 - bits));
    };
    starts_.assign((size_t{1} << bits) + 1, 0);
    for (size_t i = 0; i < count; ++i) ++starts_[part_of(entry_of(i).key) + 1];
    for (size_t p = 1; p < starts_.size(); ++p) starts_[p] += starts_[p - 1];
    next_.assign(starts_.begin(), starts_.end() - 1);
    if (memory_.size < count) {
      // Not initialized, which would be a pass of its own.
      memory_ = {.entries = nullptr, .size = 0};
      memory_ = {.entries = std::unique_ptr<Entry[]>(new Entry[count]),
                 .size = count};
    }
    for (size_t i = 0; i < count; ++i) {
      const Entry entry = entry_of(i);
      memory_.entries[next_[part_of(entry.key)]++] = entry;
    }
  }

  size_t size() const { return starts_.size() - 1; }
  GroupingMemory* memory() { return &memory_; }
  std::span<const Entry> part(size_t p) const {
    return {memory_.entries.get() + starts_[p], starts_[p + 1] - starts_[p]};
  }

 private:
  GroupingMemory memory_;
  std::vector<size_t> starts_;  // of each part; one more than parts
  std::vector<size_t> next_;    // while parts are made
};

// What a worker keeps from one part to the next.
struct Worker {
  BucketTable table = {};
  Partition parts = {};
};

}  // namespace

void BucketTable::Link(std::span<const Entry> entries) {
  slots_.assign(std::bit_ceil(2 * entries.size() + 1), kFree);
  if (last_.size() < entries.size()) {
    last_.resize(entries.size());
    next_.resize(entries.size());
  }
  const size_t mask = slots_.size() - 1;
  for (uint32_t i = 0; i < entries.size(); ++i) {
    last_[i] = i;
    // The top bits are the same throughout a part; the low ones are not.
    for (size_t at = entries[i].key & mask;; at = (at + 1) & mask) {
      const uint32_t first = slots_[at];
      if (first == kFree) {
        slots_[at] = i;
        break;
      }
      if (entries[first].key == entries[i].key) {
        next_[last_[first]] = i;
        last_[first] = i;
        break;
      }
    }
  }
}

void BucketTable::Group(std::span<const Entry> entries, const Visitor& visit) {
  if (entries.size() < 2) return;
  Link(entries);
  for (uint32_t first = 0; first < entries.size(); ++first) {
    if (last_[first] == first) continue;
    members_.clear();
    for (uint32_t i = first;; i = next_[i]) {
      members_.push_back(entries[i].member);
      if (i == last_[first]) break;
    }
    visit(members_);
  }
}

void ForEachBucket(std::span<const uint64_t> keys, ThreadPool* pool,
                   std::stop_token stop, const BucketVisitor& visit,
                   GroupingMemory* memory) {
  const int bits = static_cast<int>(std::bit_width(keys.size() / kPartEntries));
  const int coarse_bits = std::min(bits, kCoarseBits);
  Partition coarse;
  if (memory != nullptr) std::swap(*coarse.memory(), *memory);
  coarse.Make(keys.size(), 0, coarse_bits, [&](size_t i) {
    return Entry{.key = keys[i], .member = static_cast<uint32_t>(i)};
  });
  std::vector<Worker> workers(static_cast<size_t>(pool->size()));
  pool->For(
      coarse.size(), 1,
      [&](size_t begin, size_t end, int number) {
        Worker& worker = workers[static_cast<size_t>(number)];
        const auto visit_members = [&](std::span<const uint32_t> members) {
          visit(members, number);
        };
        for (size_t c = begin; c < end; ++c) {
          const std::span<const Entry> part = coarse.part(c);
          if (bits == coarse_bits) {
            worker.table.Group(part, visit_members);
            continue;
          }
          worker.parts.Make(part.size(), coarse_bits, bits - coarse_bits,
                            [&](size_t i) { return part[i]; });
          for (size_t p = 0; p < worker.parts.size(); ++p) {
            worker.table.Group(worker.parts.part(p), visit_members);
          }
        }
      },
      stop);
  if (memory != nullptr) std::swap(*coarse.memory(), *memory);
}

}  // namespace twicetold
