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

// The keys of one band, in the order of the table's documents.
void MakeBandKeys(const SketchTable& sketches, const BandPlan& plan, int band,
                  uint64_t seed, ThreadPool* pool, std::stop_token stop,
                  std::vector<uint64_t>* keys) {
  const size_t rows = static_cast<size_t>(plan.rows);
  const size_t first = static_cast<size_t>(band) * rows;
  const uint64_t band_seed = Mix(seed + static_cast<uint64_t>(band));
  keys->resize(sketches.documents.size());
  pool->For(
      keys->size(), kKeyGrain,
      [&](size_t begin, size_t end, int /*worker*/) {
        for (size_t i = begin; i < end; ++i) {
          const auto sketch = sketches.of(sketches.documents[i]);
          (*keys)[i] = HashWords(sketch.subspan(first, rows), band_seed);
        }
      },
      std::move(stop));
}

// Moves what the workers found in one band over to the list of all.
void Collect(std::span<BucketSearch<TableSketches>> searches, ThreadPool* pool,
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
  for (BucketSearch<TableSketches>& search : searches) {
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
  std::vector<BucketSearch<TableSketches>> searches(
      static_cast<size_t>(pool->size()),
      BucketSearch(TableSketches(sketches), plan, seed));
  GroupingMemory memory;
  std::vector<uint64_t> keys;
  for (int band = 0; band < plan.bands && !stop.stop_requested(); ++band) {
    MakeBandKeys(sketches, plan, band, seed, pool, stop, &keys);
    if (stop.stop_requested()) break;
    ForEachBucket(
        keys, pool, stop,
        [&](std::span<const uint32_t> members, int worker) {
          searches[static_cast<size_t>(worker)].Search(members);
        },
        &memory);
    Collect(searches, pool, &all);
  }
  SortDistinct(&all.capped);
  return all;
}

}  // namespace twicetold
