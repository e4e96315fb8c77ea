// SPDX-License-Identifier: Apache-2.0
//
// The pairs of one bucket that are worth verifying, by the rules of
// candidates.h: all pairs of a small bucket, inner bands for a larger one, and
// leaders for what is still larger.
//
// Members come in an order that the caller chooses; a leader stands for
// members that follow it. So whoever wants the longest documents to lead gives
// them first.
//
// Thread safety: one BucketSearch a worker.
#ifndef TWICETOLD_MATCH_BUCKET_SEARCH_H_
#define TWICETOLD_MATCH_BUCKET_SEARCH_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/corpus/role.h"
#include "twicetold/match/band_plan.h"
#include "twicetold/match/buckets.h"
#include "twicetold/match/candidates.h"
#include "twicetold/match/seen_pairs.h"
#include "twicetold/sketch/sketch.h"

namespace twicetold {

// Agreeing slots from which on a pair is alike beyond doubt: halfway from what
// the screen asks for to all.
inline size_t SureSlots(double slots, double least_equal) {
  const double middle = (least_equal + slots) / 2;
  return static_cast<size_t>(std::ceil(middle));
}

// Finds the pairs of one bucket after another. One a worker. `Sketches` has
//   size_t size() const                 slots a sketch
//   uint32_t document(member) const     its number
//   sketch(member, side)                its slots; valid until the next call
//                                       with the same side, 0 or 1
//   bool has_all() const                whether all sketches are in memory
//   sketch_of(document)                 if so
//   bool has_roles() const, Role role(member) const
template <typename Sketches>
class BucketSearch {
 public:
  // With `seen`, which may be null and has to outlive it, a pair need not be
  // given again that any search with the same `seen` has given.
  BucketSearch(Sketches sketches, const BandPlan& plan, uint64_t seed,
               SeenPairs* seen = nullptr)
      : sketches_(std::move(sketches)),
        plan_(plan),
        seed_(seed),
        seen_(seen),
        sure_slots_(SureSlots(static_cast<double>(sketches_.size()),
                              static_cast<double>(plan.least_equal_slots))) {}

  Sketches* sketches() { return &sketches_; }

  // From now on, pairs that share one of the bands in `earlier` are known, and
  // small buckets do not give them again.
  void BeginBand(std::span<const uint32_t> earlier) {
    earlier_.assign(earlier.begin(), earlier.end());
  }

  // `members`: as `Sketches` numbers them. With `seen`, pairs may be found by
  // later searches, or by Finish().
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

  // Finds what is left to be found.
  void Finish() {
    LookAtWaiting();
    CompareUnseen();
  }

  CandidateList* found() { return &found_; }

 private:
  // Pairs that wait for memory at once; their sketches fit in the cache.
  static constexpr size_t kMostWaiting = 32;
  static constexpr size_t kSlotsALine = 64 / sizeof(uint32_t);

  size_t SlotsInCommon(uint32_t a, uint32_t b) {
    return EqualSlots(sketches_.sketch(a, 0), sketches_.sketch(b, 1));
  }

  bool Compares(uint32_t a, uint32_t b) const {
    return !sketches_.has_roles() ||
           AreCompared(sketches_.role(a), sketches_.role(b));
  }

  // Whether they share a band that was searched before. It is mostly the first
  // part of the sketches that tells, which is less to load than all of them.
  bool AreKnown(uint32_t a, uint32_t b) {
    if (earlier_.empty()) return false;
    const auto slots_a = sketches_.sketch(a, 0);
    const auto slots_b = sketches_.sketch(b, 1);
    const size_t rows = static_cast<size_t>(plan_.rows);
    return std::any_of(earlier_.begin(), earlier_.end(), [&](uint32_t band) {
      const size_t first = band * rows;
      // Most bands differ in their first slot.
      return slots_a[first] == slots_b[first] &&
             std::equal(slots_a.begin() + first, slots_a.begin() + first + rows,
                        slots_b.begin() + first);
    });
  }

  // Whether `leader` has every part that `follower` has.
  bool MayLead(uint32_t leader, uint32_t follower) const {
    if (!sketches_.has_roles()) return true;
    const Role role = sketches_.role(leader);
    return (role | sketches_.role(follower)) == role;
  }

  // Whether the pair was compared before. What came of it depends on the two
  // alone.
  bool WasSeen(uint32_t a, uint32_t b) {
    return seen_ != nullptr &&
           seen_->SeeAgain(sketches_.document(a), sketches_.document(b));
  }

  void AddPair(uint32_t a, uint32_t b) {
    found_.pairs.push_back(
        {.a = sketches_.document(a), .b = sketches_.document(b)});
  }

  void CompareAll(std::span<const uint32_t> members) {
    if (seen_ != nullptr && sketches_.has_all()) return QueueAll(members);
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        if (Compares(members[i], members[j]) &&
            !AreKnown(members[i], members[j]) &&
            !WasSeen(members[i], members[j]) &&
            SlotsInCommon(members[i], members[j]) >= plan_.least_equal_slots) {
          AddPair(members[i], members[j]);
        }
      }
    }
  }

  // What is known of a pair, and its sketches, may be anywhere in memory. So
  // pairs wait until what was asked for has come, twice.
  void QueueAll(std::span<const uint32_t> members) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        if (!Compares(members[i], members[j])) continue;
        waiting_.push_back({.a = sketches_.document(members[i]),
                            .b = sketches_.document(members[j])});
        seen_->Prefetch(waiting_.back().a, waiting_.back().b);
        if (waiting_.size() == kMostWaiting) LookAtWaiting();
      }
    }
  }

  void LookAtWaiting() {
    CompareUnseen();
    for (const CandidatePair& pair : waiting_) {
      if (seen_->SeeAgain(pair.a, pair.b)) continue;
      unseen_.push_back(pair);
      for (const uint32_t document : {pair.a, pair.b}) {
        const auto sketch = sketches_.sketch_of(document);
        for (size_t i = 0; i < sketch.size(); i += kSlotsALine) {
          __builtin_prefetch(sketch.data() + i);
        }
      }
    }
    waiting_.clear();
  }

  void CompareUnseen() {
    for (const CandidatePair& pair : unseen_) {
      if (EqualSlots(sketches_.sketch_of(pair.a),
                     sketches_.sketch_of(pair.b)) >= plan_.least_equal_slots) {
        found_.pairs.push_back(pair);
      }
    }
    unseen_.clear();
  }

  void SearchInnerBand(std::span<const uint32_t> members, int band) {
    const size_t rows = static_cast<size_t>(plan_.inner_rows);
    const size_t first = static_cast<size_t>(plan_.rows * plan_.bands) +
                         static_cast<size_t>(band) * rows;
    entries_.clear();
    for (uint32_t member : members) {
      const auto slots = sketches_.sketch(member, 0).subspan(first, rows);
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
          pairs_with_leaders_[follower]++ < kMostPairsWithLeaders &&
          !WasSeen(members[a], members[b])) {
        AddPair(members[a], members[b]);
      }
      return equal >= sure_slots_ &&
             MayLead(members[a + b - follower], members[follower]);
    };
    // Most have all the pairs that they may have after a few leaders.
    const auto has_all_pairs = [&](size_t follower) {
      return pairs_with_leaders_[follower] >= kMostPairsWithLeaders;
    };
    for (size_t i = 0; i < members.size(); ++i) {
      bool led = false;
      for (size_t leader : leaders_) {
        led = compare(leader, i, i) || led;
        if (led && has_all_pairs(i)) break;
      }
      if (led) continue;
      if (leaders_.size() == kMostLeaders) {
        found_.capped.push_back(sketches_.document(members[i]));
        continue;
      }
      // Members that other leaders stand for may be like this one, too.
      for (size_t earlier = 0; earlier < i; ++earlier) {
        if (!has_all_pairs(earlier)) compare(earlier, i, earlier);
      }
      leaders_.push_back(i);
    }
  }

  Sketches sketches_;
  const BandPlan& plan_;
  const uint64_t seed_;
  SeenPairs* const seen_;
  const size_t sure_slots_;
  CandidateList found_;
  std::vector<CandidatePair> waiting_;  // until it is known if they were seen
  std::vector<CandidatePair> unseen_;   // until their sketches are at hand
  std::vector<uint32_t> earlier_;       // bands
  BucketTable table_;
  std::vector<BucketTable::Entry> entries_;
  std::vector<size_t> leaders_;               // positions in the bucket
  std::vector<uint32_t> pairs_with_leaders_;  // of each position
};

}  // namespace twicetold

#endif  // TWICETOLD_MATCH_BUCKET_SEARCH_H_
