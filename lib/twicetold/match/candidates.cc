// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/candidates.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/match/buckets.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {
namespace {

// Agreeing slots from which on a pair is alike beyond doubt: halfway from what
// the screen asks for to all.
size_t SureSlots(double slots, double least_equal) {
  const double middle = (least_equal + slots) / 2;
  return static_cast<size_t>(std::ceil(middle));
}

// Finds the pairs of one bucket after another. One a worker.
class BucketSearch {
 public:
  BucketSearch(const SketchTable& sketches, const BandPlan& plan, uint64_t seed)
      : sketches_(sketches),
        plan_(plan),
        seed_(seed),
        sure_slots_(SureSlots(static_cast<double>(sketches.size),
                              static_cast<double>(plan.least_equal_slots))) {}

  // `members`: indices into the documents of the table.
  void Search(std::span<const uint32_t> members) {
    if (members.size() <= kFullBucket) return CompareAll(members);
    ++found_.overfull_buckets;
    std::vector<CandidatePair> outer = std::exchange(found_.pairs, {});
    for (int band = 0; band < plan_.inner_bands; ++band) {
      SearchInnerBand(members, band);
    }
    SortDistinct(&found_.pairs);
    outer.insert(outer.end(), found_.pairs.begin(), found_.pairs.end());
    found_.pairs = std::move(outer);
  }

  CandidateList* found() { return &found_; }

 private:
  uint32_t DocumentOf(uint32_t member) const {
    return sketches_.documents[member];
  }

  size_t SlotsInCommon(uint32_t a, uint32_t b) const {
    return EqualSlots(sketches_.of(DocumentOf(a)), sketches_.of(DocumentOf(b)));
  }

  bool Compares(uint32_t a, uint32_t b) const {
    return AreCompared(sketches_.roles, DocumentOf(a), DocumentOf(b));
  }

  // Whether `leader` has every part that `follower` has.
  bool MayLead(uint32_t leader, uint32_t follower) const {
    if (sketches_.roles.empty()) return true;
    const Role role = sketches_.roles[DocumentOf(leader)];
    return (role | sketches_.roles[DocumentOf(follower)]) == role;
  }

  void AddPair(uint32_t a, uint32_t b) {
    found_.pairs.push_back({.a = DocumentOf(a), .b = DocumentOf(b)});
  }

  void CompareAll(std::span<const uint32_t> members) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        if (Compares(members[i], members[j]) &&
            SlotsInCommon(members[i], members[j]) >= plan_.least_equal_slots) {
          AddPair(members[i], members[j]);
        }
      }
    }
  }

  void SearchInnerBand(std::span<const uint32_t> members, int band) {
    const size_t rows = static_cast<size_t>(plan_.inner_rows);
    const size_t first = static_cast<size_t>(plan_.rows * plan_.bands) +
                         static_cast<size_t>(band) * rows;
    entries_.clear();
    for (uint32_t member : members) {
      const auto slots = sketches_.of(DocumentOf(member)).subspan(first, rows);
      entries_.push_back({.key = HashWords(slots, seed_), .member = member});
    }
    table_.Group(entries_, [this](std::span<const uint32_t> inner) {
      if (inner.size() <= kFullBucket) {
        CompareAll(inner);
      } else {
        CompareWithLeaders(inner);
      }
    });
  }

  void CompareWithLeaders(std::span<const uint32_t> members) {
    ++found_.led_buckets;
    leaders_.clear();
    pairs_with_leaders_.assign(members.size(), 0);
    // The members at positions a < b of the bucket, of which one is a leader
    // and the other one, at `follower`, is not; true if alike beyond doubt,
    // and the leader may stand for the other.
    const auto compare = [&](size_t a, size_t b, size_t follower) {
      const size_t equal = SlotsInCommon(members[a], members[b]);
      if (equal >= plan_.least_equal_slots &&
          Compares(members[a], members[b]) &&
          pairs_with_leaders_[follower]++ < kMostPairsWithLeaders) {
        AddPair(members[a], members[b]);
      }
      return equal >= sure_slots_ &&
             MayLead(members[a + b - follower], members[follower]);
    };
    for (size_t i = 0; i < members.size(); ++i) {
      bool led = false;
      for (size_t leader : leaders_) led = compare(leader, i, i) || led;
      if (led) continue;
      if (leaders_.size() == kMostLeaders) {
        found_.capped.push_back(DocumentOf(members[i]));
        continue;
      }
      // Members that other leaders stand for may be like this one, too.
      for (size_t earlier = 0; earlier < i; ++earlier) {
        compare(earlier, i, earlier);
      }
      leaders_.push_back(i);
    }
  }

  const SketchTable& sketches_;
  const BandPlan& plan_;
  const uint64_t seed_;
  const size_t sure_slots_;
  CandidateList found_;
  BucketTable table_;
  std::vector<BucketTable::Entry> entries_;
  std::vector<size_t> leaders_;               // positions in the bucket
  std::vector<uint32_t> pairs_with_leaders_;  // of each position
};

// The keys of one band, in the order of the table's documents.
std::vector<uint64_t> BandKeys(const SketchTable& sketches,
                               const BandPlan& plan, int band, uint64_t seed) {
  const size_t rows = static_cast<size_t>(plan.rows);
  const size_t first = static_cast<size_t>(band) * rows;
  const uint64_t band_seed = Mix(seed + static_cast<uint64_t>(band));
  std::vector<uint64_t> keys;
  keys.reserve(sketches.documents.size());
  for (uint32_t document : sketches.documents) {
    keys.push_back(
        HashWords(sketches.of(document).subspan(first, rows), band_seed));
  }
  return keys;
}

// Moves what the workers found in one band over to the list of all.
void Collect(std::span<BucketSearch> searches, CandidateList* all) {
  std::vector<CandidatePair> pairs;
  for (BucketSearch& search : searches) {
    CandidateList found = std::exchange(*search.found(), {});
    pairs.insert(pairs.end(), found.pairs.begin(), found.pairs.end());
    all->overfull_buckets += found.overfull_buckets;
    all->led_buckets += found.led_buckets;
    all->capped.insert(all->capped.end(), found.capped.begin(),
                       found.capped.end());
  }
  if (pairs.empty()) return;
  SortDistinct(&pairs);
  std::vector<CandidatePair> merged;
  merged.reserve(all->pairs.size() + pairs.size());
  std::set_union(all->pairs.begin(), all->pairs.end(), pairs.begin(),
                 pairs.end(), std::back_inserter(merged));
  all->pairs = std::move(merged);
}

}  // namespace

std::vector<uint32_t> DocumentsOf(std::span<const CandidatePair> pairs) {
  std::vector<uint32_t> documents;
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
  std::vector<BucketSearch> searches(static_cast<size_t>(pool->size()),
                                     BucketSearch(sketches, plan, seed));
  GroupingMemory memory;
  for (int band = 0; band < plan.bands && !stop.stop_requested(); ++band) {
    ForEachBucket(
        BandKeys(sketches, plan, band, seed), pool, stop,
        [&](std::span<const uint32_t> members, int worker) {
          searches[static_cast<size_t>(worker)].Search(members);
        },
        &memory);
    Collect(searches, &all);
  }
  SortDistinct(&all.capped);
  return all;
}

}  // namespace twicetold
