// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/candidates.h"

#include <algorithm>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/match/bucket_search.h"
#include "twicetold/match/buckets.h"

namespace twicetold {
namespace {

// Numbers a pair, up to which documents are marked in a list of all instead of
// being sorted.
constexpr size_t kMarksAPair = 64;

// The sketches of a table as those of the members of a bucket.
class TableSketches {
 public:
  explicit TableSketches(const SketchTable& table) : table_(table) {}

  size_t size() const { return table_.size; }
  uint32_t document(uint32_t member) const { return table_.documents[member]; }
  std::span<const uint32_t> sketch(uint32_t member, int /*side*/) const {
    return table_.of(document(member));
  }
  bool has_all() const { return true; }
  std::span<const uint32_t> sketch_of(uint32_t document) const {
    return table_.of(document);
  }
  bool has_roles() const { return !table_.roles.empty(); }
  Role role(uint32_t member) const { return table_.roles[document(member)]; }

 private:
  const SketchTable& table_;
};

// Documents whose keys are one piece of work.
constexpr size_t kKeyGrain = 1024;

// Bands whose keys are made at once: a line of the cache holds slots of some.
constexpr int kBandsAtOnce = 6;

constexpr uint64_t kKeyMultiplier = 0x9e3779b97f4a7c15u;

// Sketches that are asked for before they are hashed.
constexpr size_t kSketchesAhead = 8;
constexpr size_t kSlotsALine = 16;

// A hash of the slots of a band, made here since there are so many of them that
// a call for each would cost as much as the hash.
uint64_t BandKey(const uint32_t* slots, size_t rows, uint64_t band_seed) {
  uint64_t key = band_seed;
  size_t row = 0;
  for (; row + 2 <= rows; row += 2) {
    key = (key ^ slots[row] ^ uint64_t{slots[row + 1]} << 32) * kKeyMultiplier;
    key ^= key >> 32;
  }
  if (row < rows) key = (key ^ slots[row]) * kKeyMultiplier;
  return Mix(key);
}

// The keys of bands [first, last): those of each in the order of the table's
// documents, one band after the other.
void MakeBandKeys(const SketchTable& sketches, const BandPlan& plan, int first,
                  int last, uint64_t seed, ThreadPool* pool,
                  std::stop_token stop, std::vector<uint64_t>* keys) {
  const size_t rows = static_cast<size_t>(plan.rows);
  const size_t count = sketches.documents.size();
  keys->resize(count * static_cast<size_t>(last - first));
  pool->For(
      count, kKeyGrain,
      [&](size_t begin, size_t end, int /*worker*/) {
        for (size_t i = begin; i < end; ++i) {
          const auto sketch = sketches.of(sketches.documents[i]);
          uint64_t* key = keys->data() + i;
          const size_t ahead = std::min(i + kSketchesAhead, count - 1);
          const auto next = sketches.of(sketches.documents[ahead]);
          for (size_t slot = static_cast<size_t>(first) * rows;
               slot < static_cast<size_t>(last) * rows; slot += kSlotsALine) {
            __builtin_prefetch(&next[slot]);
          }
          for (int band = first; band < last; ++band, key += count) {
            *key = BandKey(&sketch[static_cast<size_t>(band) * rows], rows,
                           Mix(seed + static_cast<uint64_t>(band)));
          }
        }
      },
      std::move(stop));
}

// Searches small buckets some time after they come, when their sketches have
// come from memory: they are all over it, and each would be waited for.
class LaggingSearch {
 public:
  LaggingSearch(const SketchTable& table, const BandPlan& plan, uint64_t seed)
      : table_(table), search_(TableSketches(table), plan, seed) {}

  void Search(std::span<const uint32_t> members) {
    if (members.size() > kFullBucket) return search_.Search(members);
    for (const uint32_t member : members) {
      // The slots of the first bands, which tell most pairs that are known.
      const uint32_t* slots = table_.of(table_.documents[member]).data();
      __builtin_prefetch(slots);
      __builtin_prefetch(slots + kSlotsALine);
    }
    members_.insert(members_.end(), members.begin(), members.end());
    ends_.push_back(members_.size());
    if (members_.size() >= kMembersAhead) SearchAll();
  }

  // Searches what has come so far.
  void SearchAll() {
    size_t begin = 0;
    for (const size_t end : ends_) {
      search_.Search(std::span(members_).subspan(begin, end - begin));
      begin = end;
    }
    members_.clear();
    ends_.clear();
  }

  void BeginBand(std::span<const uint32_t> earlier) {
    search_.BeginBand(earlier);
  }

  CandidateList* found() { return search_.found(); }

 private:
  static constexpr size_t kMembersAhead = 64;

  const SketchTable& table_;
  BucketSearch<TableSketches> search_;
  std::vector<uint32_t> members_;  // of buckets, one after the other
  std::vector<size_t> ends_;       // of each
};

// Moves what the workers have found over to the list of all.
void Collect(std::span<LaggingSearch> searches, ThreadPool* pool,
             CandidateList* all) {
  // Each sorts its own; a pair that two have found is in the union once.
  pool->For(searches.size(), 1,
            [&](size_t begin, size_t end, int /*worker*/) {
              for (size_t i = begin; i < end; ++i) {
                SortDistinct(&searches[i].found()->pairs);
              }
            },
            {});
  std::vector<CandidatePair> merged;
  for (LaggingSearch& search : searches) {
    CandidateList found = std::exchange(*search.found(), {});
    all->overfull_buckets += found.overfull_buckets;
    all->led_buckets += found.led_buckets;
    all->capped.insert(all->capped.end(), found.capped.begin(),
                       found.capped.end());
    if (found.pairs.empty()) continue;
    merged.resize(all->pairs.size() + found.pairs.size());
    const auto end =
        std::set_union(all->pairs.begin(), all->pairs.end(),
                       found.pairs.begin(), found.pairs.end(), merged.begin());
    merged.erase(end, merged.end());
    all->pairs.swap(merged);
  }
}

}  // namespace

std::vector<uint32_t> DocumentsOf(std::span<const CandidatePair> pairs) {
  std::vector<uint32_t> documents;
  uint32_t last = 0;
  for (const CandidatePair& pair : pairs) last = std::max(last, pair.b);
  if (last / kMarksAPair < pairs.size()) {
    std::vector<bool> marks(size_t{last} + 1);
    for (const CandidatePair& pair : pairs)
      marks[pair.a] = marks[pair.b] = true;
    for (uint32_t i = 0; i < marks.size(); ++i) {
      if (marks[i]) documents.push_back(i);
    }
    return documents;
  }
  documents.reserve(2 * pairs.size());
  for (const CandidatePair& pair : pairs) {
    documents.push_back(pair.a);
    documents.push_back(pair.b);
  }
  SortDistinct(&documents);
  return documents;
}

CandidateList FindCandidates(const SketchTable& sketches, const BandPlan& plan,
                             uint64_t seed, ThreadPool* pool,
                             std::stop_token stop) {
  CandidateList all;
  std::vector<LaggingSearch> searches(static_cast<size_t>(pool->size()),
                                      LaggingSearch(sketches, plan, seed));
  GroupingMemory memory;
  std::vector<uint64_t> keys;
  std::vector<uint32_t> searched;  // bands that gave all their pairs
  for (int band = 0; band < plan.bands && !stop.stop_requested(); ++band) {
    const int in_batch = band % kBandsAtOnce;
    if (in_batch == 0) {
      MakeBandKeys(sketches, plan, band,
                   std::min(band + kBandsAtOnce, plan.bands), seed, pool, stop,
                   &keys);
      if (stop.stop_requested()) break;
    }
    const size_t count = sketches.documents.size();
    for (LaggingSearch& search : searches) search.BeginBand(searched);
    ForEachBucket(
        std::span(keys).subspan(static_cast<size_t>(in_batch) * count, count),
        pool, stop,
        [&](std::span<const uint32_t> members, int worker) {
          searches[static_cast<size_t>(worker)].Search(members);
        },
        &memory);
    for (LaggingSearch& search : searches) search.SearchAll();
    // Where larger buckets are searched in part, another band may find more of
    // what they hold, and much of the same again.
    const bool whole = std::all_of(
        searches.begin(), searches.end(), [](LaggingSearch& search) {
          return search.found()->overfull_buckets == 0;
        });
    if (whole) {
      searched.push_back(static_cast<uint32_t>(band));
    } else {
      Collect(searches, pool, &all);
    }
  }
  Collect(searches, pool, &all);
  SortDistinct(&all.capped);
  return all;
}

}  // namespace twicetold
