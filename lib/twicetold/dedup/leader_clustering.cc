// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/leader_clustering.h"

#include <algorithm>
#include <limits>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

constexpr uint32_t kNotCompared = std::numeric_limits<uint32_t>::max();

// Followers from which on many threads are worth it, and how many one takes
// at a time.
constexpr size_t kManyFollowers = 256;
constexpr size_t kFollowerGrain = 32;

}  // namespace

void LeaderClustering::Index(std::span<const ComponentPair> pairs) {
  documents_.clear();
  for (const ComponentPair& pair : pairs) {
    documents_.push_back(pair.first);
    documents_.push_back(pair.second);
  }
  SortDistinct(&documents_);
  std::sort(documents_.begin(), documents_.end(), preference_);
  const auto place_of = [this](uint32_t document) {
    return static_cast<uint32_t>(std::lower_bound(documents_.begin(),
                                                  documents_.end(), document,
                                                  preference_) -
                                 documents_.begin());
  };
  starts_.assign(documents_.size() + 1, 0);
  placed_.clear();
  for (const ComponentPair& pair : pairs) {
    // Pairs of one first document stand together.
    const uint32_t first =
        !placed_.empty() && documents_[placed_.back().first] == pair.first
            ? placed_.back().first
            : place_of(pair.first);
    placed_.emplace_back(first, place_of(pair.second));
    ++starts_[first + 1];
  }
  for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  followers_.resize(pairs.size());
  next_.assign(starts_.begin(), starts_.end() - 1);
  for (const auto& [first, second] : placed_) {
    followers_[next_[first]++] = second;
  }
}

void LeaderClustering::Compare(uint32_t leader_size,
                               std::span<const uint32_t> followers,
                               size_t first, Scratch* scratch) {
  for (size_t i = 0; i < followers.size(); ++i) {
    const uint32_t document = documents_[followers[i]];
    if (i + 1 < followers.size()) {
      sets_.Prefetch(documents_[followers[i + 1]]);
    }
    if (!SizesAllow(leader_size, sets_.SizeOf(document), min_jaccard_)) {
      continue;
    }
    const auto set = sets_.Get(document, &scratch->buffer);
    if (!set.ok()) {
      scratch->status = set.status();
      return;
    }
    shared_[first + i] = static_cast<uint32_t>(table_.CountPresent(*set));
  }
}

absl::Status LeaderClustering::Lead(uint32_t leader, ThreadPool* pool) {
  const auto followers =
      std::span<const uint32_t>(followers_)
          .subspan(starts_[leader], starts_[leader + 1] - starts_[leader]);
  if (followers.empty()) return absl::OkStatus();
  const auto set = sets_.Get(documents_[leader], &leader_buffer_);
  if (!set.ok()) return set.status();
  table_.Build(*set);
  shared_.assign(followers.size(), kNotCompared);
  const uint32_t size = static_cast<uint32_t>(set->size());
  if (pool == nullptr || followers.size() < kManyFollowers) {
    scratch_.resize(1);
    Compare(size, followers, 0, &scratch_[0]);
  } else {
    scratch_.resize(static_cast<size_t>(pool->size()));
    pool->For(followers.size(), kFollowerGrain,
              [&](size_t begin, size_t end, int worker) {
                Compare(size, followers.subspan(begin, end - begin), begin,
                        &scratch_[static_cast<size_t>(worker)]);
              },
              {});
  }
  for (const Scratch& scratch : scratch_) {
    if (!scratch.status.ok()) return scratch.status;
  }
  for (size_t i = 0; i < followers.size(); ++i) {
    if (shared_[i] == kNotCompared) continue;
    ++compared_;
    const uint32_t document = documents_[followers[i]];
    const RemovedRow row = {.document = document,
                            .kept = documents_[leader],
                            .shared = shared_[i],
                            .shingles = sets_.SizeOf(document),
                            .shingles_of_kept = size};
    const double jaccard = row.overlap().jaccard();
    if (jaccard < min_jaccard_) continue;
    RemovedRow& best = best_[followers[i]];
    const double before =
        best.kept == best.document ? -1 : best.overlap().jaccard();
    if (jaccard > before || (jaccard == before && row.kept < best.kept)) {
      best = row;
    }
  }
  return absl::OkStatus();
}

absl::Status LeaderClustering::Decide(std::span<const ComponentPair> pairs,
                                      ThreadPool* pool) {
  removed_.clear();
  compared_ = 0;
  Index(pairs);
  best_.clear();
  for (uint32_t document : documents_) {
    best_.push_back({.document = document, .kept = document});
  }
  // All that may lead a document stand before it.
  for (uint32_t place = 0; place < documents_.size(); ++place) {
    if (best_[place].kept != best_[place].document) {
      removed_.push_back(best_[place]);
      continue;
    }
    absl::Status status = Lead(place, pool);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace twicetold
