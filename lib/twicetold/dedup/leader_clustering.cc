// SPDX-License-Identifier: Apache-2.0
#include "twicetold/dedup/leader_clustering.h"

#include <algorithm>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

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

absl::Status LeaderClustering::Compare(uint32_t leader_size,
                                       std::span<const uint32_t> followers,
                                       std::span<Comparison> comparisons,
                                       int worker) {
  for (size_t i = 0; i < followers.size(); ++i) {
    const auto set = sets_.Get(followers[i], worker);
    if (!set.ok()) return set.status();
    if (!SizesAllow(leader_size, set->size(), min_jaccard_)) continue;
    const auto overlap = leader_set_.CompareAbove(*set, min_jaccard_);
    comparisons[i] = {
        .is_done = true,
        .shared = overlap ? static_cast<uint32_t>(overlap->shared) : 0,
        .shingles = static_cast<uint32_t>(set->size())};
  }
  return absl::OkStatus();
}

absl::Status LeaderClustering::CompareAll(uint32_t leader_size,
                                          std::span<const uint32_t> followers,
                                          ThreadPool* pool) {
  comparisons_.assign(followers.size(), {});
  if (pool == nullptr || followers.size() < kManyFollowers) {
    return Compare(leader_size, followers, comparisons_, 0);
  }
  std::vector<absl::Status> statuses(static_cast<size_t>(pool->size()));
  pool->For(followers.size(), kFollowerGrain,
            [&](size_t begin, size_t end, int worker) {
              statuses[static_cast<size_t>(worker)].Update(Compare(
                  leader_size, followers.subspan(begin, end - begin),
                  std::span(comparisons_).subspan(begin, end - begin), worker));
            },
            {});
  absl::Status status;
  for (const absl::Status& one : statuses) status.Update(one);
  return status;
}

absl::Status LeaderClustering::Lead(uint32_t leader, ThreadPool* pool) {
  const auto followers =
      std::span<const uint32_t>(followers_)
          .subspan(starts_[leader], starts_[leader + 1] - starts_[leader]);
  if (followers.empty()) return absl::OkStatus();
  const auto set = sets_.Get(leader, 0);
  if (!set.ok()) return set.status();
  leader_set_.Take(*set);
  const uint32_t size = static_cast<uint32_t>(set->size());
  absl::Status status = CompareAll(size, followers, pool);
  if (!status.ok()) return status;
  for (size_t i = 0; i < followers.size(); ++i) {
    const Comparison& comparison = comparisons_[i];
    if (!comparison.is_done) continue;
    ++compared_;
    const RemovedRow row = {.document = documents_[followers[i]],
                            .kept = documents_[leader],
                            .shared = comparison.shared,
                            .shingles = comparison.shingles,
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
  absl::Status loaded = sets_.Load(documents_, pool);
  if (!loaded.ok()) return loaded;
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
