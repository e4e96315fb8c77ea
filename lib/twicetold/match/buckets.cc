// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/buckets.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace twicetold {
namespace {

constexpr uint32_t kFree = 0xffffffff;

// Entries of a part: 4,096 take 64 KiB, and their table as much again.
constexpr size_t kPartEntries = 4096;

struct Partition {
  std::vector<BucketTable::Entry> entries;
  std::vector<size_t> starts;  // of each part; one more than parts
};

// A stable counting sort by the top `bits` bits.
Partition PartitionByTopBits(std::span<const uint64_t> keys, int bits) {
  const size_t parts = size_t{1} << bits;
  const auto part_of = [bits](uint64_t key) {
    return bits == 0 ? size_t{0} : static_cast<size_t>(key >> (64 - bits));
  };
  Partition result;
  result.starts.assign(parts + 1, 0);
  for (uint64_t key : keys) ++result.starts[part_of(key) + 1];
  for (size_t p = 0; p < parts; ++p) result.starts[p + 1] += result.starts[p];
  std::vector<size_t> next(result.starts.begin(), result.starts.end() - 1);
  result.entries.resize(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    result.entries[next[part_of(keys[i])]++] = {
        .key = keys[i], .member = static_cast<uint32_t>(i)};
  }
  return result;
}

}  // namespace

uint32_t BucketTable::GroupOf(uint64_t key) {
  const size_t mask = slots_.size() - 1;
  // The top bits are the same throughout a part; the low ones are not.
  for (size_t i = key & mask;; i = (i + 1) & mask) {
    Slot& slot = slots_[i];
    if (slot.group == kFree) {
      slot = {.key = key, .group = static_cast<uint32_t>(group_size_.size())};
      group_size_.push_back(0);
      return slot.group;
    }
    if (slot.key == key) return slot.group;
  }
}

void BucketTable::CountGroups(std::span<const Entry> entries) {
  slots_.assign(std::bit_ceil(2 * entries.size() + 1), {0, kFree});
  group_size_.clear();
  group_.resize(entries.size());
  for (size_t i = 0; i < entries.size(); ++i) {
    group_[i] = GroupOf(entries[i].key);
    ++group_size_[group_[i]];
  }
}

void BucketTable::Group(std::span<const Entry> entries, const Visitor& visit) {
  if (entries.size() < 2) return;
  CountGroups(entries);
  group_start_.resize(group_size_.size());
  uint32_t start = 0;
  for (size_t g = 0; g < group_size_.size(); ++g) {
    group_start_[g] = start;
    start += group_size_[g];
  }
  members_.resize(entries.size());
  for (size_t i = 0; i < entries.size(); ++i) {
    members_[group_start_[group_[i]]++] = entries[i].member;
  }
  for (size_t g = 0; g < group_size_.size(); ++g) {
    const size_t size = group_size_[g];
    if (size < 2) continue;
    // Filling has moved the start to the end.
    visit(std::span(members_).subspan(group_start_[g] - size, size));
  }
}

void ForEachBucket(std::span<const uint64_t> keys, ThreadPool* pool,
                   std::stop_token stop, const BucketVisitor& visit) {
  const int bits = static_cast<int>(std::bit_width(keys.size() / kPartEntries));
  const Partition partition = PartitionByTopBits(keys, bits);
  std::vector<BucketTable> tables(static_cast<size_t>(pool->size()));
  pool->For(
      partition.starts.size() - 1, 1,
      [&](size_t begin, size_t end, int worker) {
        for (size_t part = begin; part < end; ++part) {
          const size_t from = partition.starts[part];
          const size_t size = partition.starts[part + 1] - from;
          tables[static_cast<size_t>(worker)].Group(
              std::span(partition.entries).subspan(from, size),
              [&](std::span<const uint32_t> members) {
                visit(members, worker);
              });
        }
      },
      stop);
}

}  // namespace twicetold
