// SPDX-License-Identifier: Apache-2.0
//
// Sorting more than memory holds: runs are sorted in memory, written one after
// the other to one scratch file, and merged (Knuth, TAOCP 3, section 5.4).
// Items that are equal are kept once.
//
// Guarantee: what comes out depends on the items only, not on the memory.
// Errors: those of stage_file.h. The scratch file has no name while it is in
// use, so nothing is left of it whatever happens.
// Thread safety: none.
#ifndef TWICETOLD_DEDUP_EXTERNAL_SORT_H_
#define TWICETOLD_DEDUP_EXTERNAL_SORT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/dedup/scratch_file.h"

namespace twicetold {

// T: trivially copyable, ordered by <.
template <typename T>
class ExternalSort {
 public:
  // `memory`: bytes that items may take.
  ExternalSort(std::string path, uint64_t memory)
      : scratch_(std::move(path)),
        most_(std::max<size_t>(1024,
                               static_cast<size_t>(memory / sizeof(T) / 2))) {
    static_assert(std::is_trivially_copyable_v<T>);
  }

  absl::Status Add(std::span<const T> items) {
    items_.insert(items_.end(), items.begin(), items.end());
    if (items_.size() < most_) return absl::OkStatus();
    SortDistinct(&items_);
    if (items_.size() < most_ / 2) return absl::OkStatus();
    return Spill();
  }

  // The distinct items, ascending, until the next Add or Clear; null where they
  // are not all in memory. For those who pass them more than once.
  const std::vector<T>* InMemory() {
    if (!runs_.empty()) return nullptr;
    SortDistinct(&items_);
    return &items_;
  }

  // Lets go of items in memory.
  void Clear() { std::vector<T>().swap(items_); }

  // Calls `visit` for the distinct items, ascending. Once.
  absl::Status Merge(const std::function<absl::Status(const T&)>& visit) {
    SortDistinct(&items_);
    if (runs_.empty()) {
      for (const T& item : items_) {
        if (absl::Status status = visit(item); !status.ok()) return status;
      }
      return absl::OkStatus();
    }
    if (absl::Status status = Spill(); !status.ok()) return status;
    return MergeRuns(visit);
  }

 private:
  struct Run {
    uint64_t offset = 0;  // of what has not been read
    uint64_t left = 0;    // items not read
    std::vector<T> block = {};
    size_t at = 0;
  };

  absl::Status Spill() {
    if (items_.empty()) return absl::OkStatus();
    const absl::StatusOr<uint64_t> offset =
        scratch_.Append(std::as_bytes(std::span(items_)));
    if (!offset.ok()) return offset.status();
    runs_.push_back({.offset = *offset, .left = items_.size()});
    items_.clear();
    return absl::OkStatus();
  }

  absl::Status Fill(Run* run) {
    const size_t n = static_cast<size_t>(std::min<uint64_t>(
        run->left, std::max<size_t>(64, most_ / runs_.size())));
    run->block.resize(n);
    run->at = 0;
    absl::Status status = scratch_.Read(
        run->offset, std::as_writable_bytes(std::span(run->block)));
    run->offset += n * sizeof(T);
    run->left -= n;
    return status;
  }

  absl::Status MergeRuns(const std::function<absl::Status(const T&)>& visit) {
    std::vector<T>().swap(items_);
    const auto greater = [this](size_t a, size_t b) {
      return Head(b) < Head(a);
    };
    std::priority_queue<size_t, std::vector<size_t>, decltype(greater)> heap(
        greater);
    for (size_t i = 0; i < runs_.size(); ++i) {
      if (absl::Status status = Fill(&runs_[i]); !status.ok()) return status;
      heap.push(i);
    }
    bool first = true;
    T last{};
    while (!heap.empty()) {
      const size_t least = heap.top();
      heap.pop();
      Run& run = runs_[least];
      const T item = run.block[run.at++];
      if (run.at == run.block.size() && run.left > 0) {
        if (absl::Status status = Fill(&run); !status.ok()) return status;
      }
      if (run.at < run.block.size()) heap.push(least);
      if (!first && !(last < item)) continue;
      first = false;
      last = item;
      if (absl::Status status = visit(item); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const T& Head(size_t run) const { return runs_[run].block[runs_[run].at]; }

  ScratchFile scratch_;
  const size_t most_;
  std::vector<T> items_;
  std::vector<Run> runs_;
};

}  // namespace twicetold

#endif  // TWICETOLD_DEDUP_EXTERNAL_SORT_H_
