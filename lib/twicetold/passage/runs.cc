// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/runs.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace twicetold {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kEndless = std::numeric_limits<uint32_t>::max();

// Where each shingle of a range stands: an open table of the first places, and
// for each place the next with the same shingle.
class ShinglePlaces {
 public:
  // Takes the place of what was loaded before.
  void Load(std::span<const uint64_t> hashes) {
    size_ = hashes.size() < kRunShingle ? 0 : hashes.size() - kRunShingle + 1;
    if (places_.size() < size_) places_.resize(size_);
    slots_.assign(std::bit_ceil(2 * size_ + 1), kNone);
    for (size_t i = 0; i < size_; ++i) {
      places_[i].shingle = RunKey(&hashes[i]);
    }
    // Backwards, so that places come out ascending.
    for (size_t i = size_; i-- > 0;) {
      if (is_long()) {
        if (i >= kFarAhead) PrefetchSlot(places_[i - kFarAhead].shingle);
        if (i >= kAhead) PrefetchFirst(places_[i - kAhead].shingle);
      }
      Place& place = places_[i];
      uint32_t& slot = slots_[SlotOf(place.shingle)];
      place.next = slot;
      place.count = slot == kNone ? 1 : places_[slot].count + 1;
      slot = static_cast<uint32_t>(i);
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(size_); }
  // The first place of a shingle, or kNone.
  uint32_t First(uint64_t shingle) const { return slots_[SlotOf(shingle)]; }
  // The next place with the same shingle, or kNone.
  uint32_t Next(uint32_t place) const { return places_[place].next; }
  bool IsCommon(uint32_t first) const {
    return places_[first].count > kMostOccurrences;
  }

  // Of a long text slots are in no cache, nor the places they name: for what
  // will be looked for, both are asked ahead, by so many shingles.
  bool is_long() const { return size_ >= kLong; }
  static constexpr size_t kFarAhead = 24;
  static constexpr size_t kAhead = 12;
  // First the slot; then, when that is there, the place it names.
  void PrefetchSlot(uint64_t shingle) const {
    __builtin_prefetch(&slots_[shingle & (slots_.size() - 1)]);
  }
  void PrefetchFirst(uint64_t shingle) const {
    const uint32_t place = slots_[shingle & (slots_.size() - 1)];
    if (place != kNone) __builtin_prefetch(&places_[place]);
  }

 private:
  size_t SlotOf(uint64_t shingle) const {
    const size_t mask = slots_.size() - 1;
    size_t at = shingle & mask;
    while (slots_[at] != kNone && places_[slots_[at]].shingle != shingle) {
      at = (at + 1) & mask;
    }
    return at;
  }

  struct Place {
    uint64_t shingle = 0;
    uint32_t next = kNone;  // place with the same shingle
    uint32_t count = 0;     // of places with it from this one on
  };

  static constexpr size_t kLong = size_t{1} << 14;

  size_t size_ = 0;
  std::vector<Place> places_;
  std::vector<uint32_t> slots_;
};

}  // namespace

class RunFinder::Memory {
 public:
  ShinglePlaces places;        // in the range of side b
  ShinglePlaces places_a;      // in that of side a, once asked for
  std::vector<uint32_t> done;  // by diagonal
  std::vector<Run> runs;
};

class RunFinder::Search {
 public:
  Search(Memory* memory, const StemPair& pair, WordRange range_a,
         WordRange range_b, const RunOptions& options)
      : words_a_(*pair.a.words),
        words_b_(*pair.side_b().words),
        range_a_(range_a),
        range_b_(range_b),
        within_(pair.within),
        options_(options),
        places_(memory->places),
        places_a_(memory->places_a),
        done_(memory->done),
        runs_(memory->runs) {}

  // Puts them into the memory.
  void Find() {
    places_.Load(HashesIn(words_b_, range_b_));
    done_.assign(size_t{range_a_.size()} + range_b_.size(), 0);
    runs_.clear();
    for (uint32_t a = range_a_.begin; a + kRunShingle <= range_a_.end;
         a += kRunStride) {
      if (places_.is_long()) PrefetchFor(a);
      const uint64_t shingle = RunKey(&words_a_.hashes[a]);
      const uint32_t first = places_.First(shingle);
      if (first == kNone) continue;
      // Words in many places meet the first of the other side only. But for
      // where both are the first, such a run ends with a round: or periodic
      // text would be read as often as it has rounds.
      const bool common = places_.IsCommon(first);
      const bool starts = !common || IsFirstOfA(a, shingle);
      Extend(a, range_b_.begin + first, starts ? kEndless : 0);
      if (!starts) continue;
      for (uint32_t place = places_.Next(first); place != kNone;
           place = places_.Next(place)) {
        const uint32_t next = places_.Next(place);
        const uint32_t round =
            !common || next == kNone ? kEndless : next - place;
        Extend(a, range_b_.begin + place, round);
      }
    }
    std::sort(runs_.begin(), runs_.end(), ByPlace);
  }

 private:
  static std::span<const uint64_t> HashesIn(const Words& words,
                                            WordRange range) {
    return std::span(words.hashes).subspan(range.begin, range.size());
  }

  // Asks for what the shingles after the one at `a` are looked for in.
  void PrefetchFor(uint32_t a) const {
    constexpr uint32_t kFar = ShinglePlaces::kFarAhead * kRunStride;
    constexpr uint32_t kNear = ShinglePlaces::kAhead * kRunStride;
    if (range_a_.end - a < kFar + kRunShingle) return;
    places_.PrefetchSlot(RunKey(&words_a_.hashes[a + kFar]));
    places_.PrefetchFirst(RunKey(&words_a_.hashes[a + kNear]));
  }

  bool IsFirstOfA(uint32_t a, uint64_t shingle) {
    if (within_ && range_a_ == range_b_) {
      return range_b_.begin + places_.First(shingle) == a;
    }
    if (!has_places_a_) places_a_.Load(HashesIn(words_a_, range_a_));
    has_places_a_ = true;
    return range_a_.begin + places_a_.First(shingle) == a;
  }

  bool Equal(uint32_t a, uint32_t b) const {
    return words_a_.hashes[a] == words_b_.hashes[b];
  }

  // Ends at `enough` words, or as soon after as it is long enough.
  void Extend(uint32_t a, uint32_t b, uint32_t enough) {
    if (within_ && b <= a) return;
    // The end of the last run on this diagonal, which need not be looked at
    // again; places on side a ascend.
    uint32_t& done = done_[(b - range_b_.begin) + (range_a_.end - a)];
    if (a < done) return;
    while (a > std::max(range_a_.begin, done) && b > range_b_.begin &&
           Equal(a - 1, b - 1)) {
      --a;
      --b;
    }
    uint32_t most = std::min(range_a_.end - a, range_b_.end - b);
    if (within_) most = std::min({most, b - a, Rounds(a)});
    uint32_t length = 0;
    while (length < most && Equal(a + length, b + length) &&
           (length < enough || !IsLong(a, length))) {
      ++length;
    }
    done = a + std::max(length, 1u);
    if (length >= kRunShingle && IsLong(a, length))
      runs_.push_back({a, b, length});
  }

  bool IsLong(uint32_t a, uint32_t length) const {
    const ByteRange bytes = words_a_.BytesOf({a, a + length});
    return bytes.end - bytes.begin >= options_.min_chars;
  }

  // Within one document. Where the words from `a` on are said again right
  // behind, the number of words of as many rounds as make a run.
  uint32_t Rounds(uint32_t a) const {
    if (a < range_b_.begin || a - range_b_.begin >= places_.size()) {
      return kEndless;
    }
    const uint32_t next = places_.Next(a - range_b_.begin);
    if (next == kNone) return kEndless;
    const uint32_t round = range_b_.begin + next - a;
    if (range_b_.end - a < 2 * uint64_t{round}) return kEndless;
    for (uint32_t i = 0; i < round; ++i) {
      if (!Equal(a + i, a + round + i)) return kEndless;
    }
    uint32_t rounds = round;
    while (rounds < range_b_.end - a - round && !IsLong(a, rounds)) {
      rounds += round;
    }
    return rounds;
  }

  const Words& words_a_;
  const Words& words_b_;
  const WordRange range_a_;
  const WordRange range_b_;
  const bool within_;
  const RunOptions& options_;
  ShinglePlaces& places_;
  ShinglePlaces& places_a_;
  bool has_places_a_ = false;
  std::vector<uint32_t>& done_;
  std::vector<Run>& runs_;
};

RunFinder::RunFinder() : memory_(std::make_unique<Memory>()) {}
RunFinder::RunFinder(RunFinder&&) noexcept = default;
RunFinder::~RunFinder() = default;

std::span<const Run> RunFinder::Find(const StemPair& pair, WordRange range_a,
                                     WordRange range_b,
                                     const RunOptions& options) {
  Search(memory_.get(), pair, range_a, range_b, options).Find();
  return memory_->runs;
}

namespace {

// Runs by place, so that those of a draft are found without looking at all.
class RunsByPlace {
 public:
  explicit RunsByPlace(std::span<const Run> runs) : runs_(runs) {
    for (const Run& run : runs) longest_ = std::max(longest_, run.length);
  }

  // Those of which more than half is in the draft, on both sides.
  // `used` is set for each of them.
  std::vector<Run> In(const Draft& draft, std::vector<uint8_t>* used) const {
    std::vector<Run> inside;
    const uint32_t first = draft.a.begin - std::min(draft.a.begin, longest_);
    auto at = std::lower_bound(
        runs_.begin(), runs_.end(), first,
        [](const Run& run, uint32_t place) { return run.a < place; });
    for (; at != runs_.end() && at->a < draft.a.end; ++at) {
      if (SharedWords(at->side_a(), draft.a) > at->length / 2 &&
          SharedWords(at->side_b(), draft.b) > at->length / 2) {
        inside.push_back(*at);
        (*used)[static_cast<size_t>(at - runs_.begin())] = 1;
      }
    }
    return inside;
  }

 private:
  std::span<const Run> runs_;
  uint32_t longest_ = 0;
};

// The share of `whole` that the ranges cover.
double Cover(std::vector<WordRange> ranges, WordRange whole) {
  std::sort(ranges.begin(), ranges.end(),
            [](WordRange x, WordRange y) { return x.begin < y.begin; });
  uint32_t covered = 0;
  uint32_t end = whole.begin;
  for (const WordRange range : ranges) {
    const uint32_t begin = std::max(end, range.begin);
    const uint32_t stop = std::min(whole.end, range.end);
    if (stop <= begin) continue;
    covered += stop - begin;
    end = stop;
  }
  return static_cast<double>(covered) / whole.size();
}

double CoverOfBoth(std::span<const Run> runs, const Draft& draft) {
  std::vector<WordRange> a;
  std::vector<WordRange> b;
  for (const Run& run : runs) {
    a.push_back(run.side_a());
    b.push_back(run.side_b());
  }
  return std::min(Cover(std::move(a), draft.a), Cover(std::move(b), draft.b));
}

WordRange Hull(WordRange x, WordRange y) {
  return {std::min(x.begin, y.begin), std::max(x.end, y.end)};
}

// Runs, ascending, of which neighbours overlap on one side at most: of two that
// have a few words in common on both, where sections in another order begin and
// end alike, the later one begins behind the other.
std::vector<Run> TakeApart(std::span<const Run> runs) {
  std::vector<Run> apart;
  for (Run run : runs) {
    if (!apart.empty()) {
      const Run& before = apart.back();
      const uint32_t shared = SharedWords(before.side_a(), run.side_a());
      if (2 * shared < run.length &&
          SharedWords(before.side_b(), run.side_b()) > 0) {
        run = {run.a + shared, run.b + shared, run.length - shared};
      }
    }
    apart.push_back(run);
  }
  std::sort(apart.begin(), apart.end(), ByPlace);
  return apart;
}

// Runs that follow each other closely on both sides become one draft.
class RunGroups {
 public:
  RunGroups(uint32_t gap, bool within) : gap_(gap), within_(within) {}

  // Runs come ascending by side a.
  void Add(const Run& run) {
    ForgetPassed(run.a);
    size_t index = drafts_.size();
    const uint32_t least = run.b - std::min(run.b, gap_);
    auto at = by_end_of_b_.lower_bound(least);
    while (at != by_end_of_b_.end() && at->first <= run.b + gap_) {
      if (drafts_[at->second].a.end + gap_ < run.a) {
        at = Erase(at->second);  // too far from all that is still to come
      } else if (Follows(run, drafts_[at->second])) {
        index = at->second;
        Erase(index);
        break;
      } else {
        ++at;
      }
    }
    if (index == drafts_.size()) {
      drafts_.push_back({run.side_a(), run.side_b(), DraftSource::kRuns});
      places_.push_back(by_end_of_b_.end());
    }
    Draft& draft = drafts_[index];
    draft.a = Hull(draft.a, run.side_a());
    draft.b = Hull(draft.b, run.side_b());
    places_[index] = by_end_of_b_.emplace(draft.b.end, index);
  }

  std::vector<Draft> Take() { return std::move(drafts_); }

 private:
  using ByEnd = std::multimap<uint32_t, size_t>;

  // Drops what is too far before a place on side a, for all that is still to
  // come: of many runs in any order on side b few are ever looked at.
  void ForgetPassed(uint32_t begin) {
    while (passed_ < drafts_.size() &&
           (places_[passed_] == by_end_of_b_.end() ||
            drafts_[passed_].a.end + gap_ < begin)) {
      Erase(passed_++);
    }
  }

  ByEnd::iterator Erase(size_t draft) {
    const auto place = std::exchange(places_[draft], by_end_of_b_.end());
    return place == by_end_of_b_.end() ? place : by_end_of_b_.erase(place);
  }

  bool Follows(const Run& run, const Draft& draft) const {
    return run.a + gap_ >= draft.a.end && run.a > draft.a.begin &&
           run.b > draft.b.begin &&
           (!within_ || run.a + run.length <= draft.b.begin);
  }

  const uint32_t gap_;
  const bool within_;
  std::vector<Draft> drafts_;
  ByEnd by_end_of_b_;                    // indices into drafts_
  std::vector<ByEnd::iterator> places_;  // of those in by_end_of_b_; else end
  size_t passed_ = 0;  // those before it are in by_end_of_b_ no more
};

std::vector<Draft> GroupRuns(std::span<const Run> runs, uint32_t gap,
                             bool within) {
  RunGroups groups(gap, within);
  for (const Run& run : runs) groups.Add(run);
  return groups.Take();
}

// Joins groups of runs of one draft, and widens the outer ones to the draft,
// where what lies between is shared to that share at least.
std::vector<Draft> FillGaps(std::span<const Draft> groups, const Draft& draft,
                            double min_share, EvidenceCounter* evidence) {
  const auto is_dense = [=](WordRange a, WordRange b) {
    const Evidence shared = evidence->Count(a, b);
    return std::min(shared.share_a, shared.share_b) >= min_share;
  };
  std::vector<Draft> filled;
  for (const Draft& group : groups) {
    if (!filled.empty()) {
      Draft& before = filled.back();
      if (before.a.end <= group.a.begin && before.b.end <= group.b.begin &&
          is_dense({before.a.end, group.a.begin},
                   {before.b.end, group.b.begin})) {
        before.a.end = group.a.end;
        before.b.end = group.b.end;
        continue;
      }
    }
    filled.push_back(group);
  }
  Draft& first = filled.front();
  if (draft.a.begin < first.a.begin && draft.b.begin < first.b.begin &&
      is_dense({draft.a.begin, first.a.begin},
               {draft.b.begin, first.b.begin})) {
    first.a.begin = draft.a.begin;
    first.b.begin = draft.b.begin;
  }
  Draft& last = filled.back();
  if (last.a.end < draft.a.end && last.b.end < draft.b.end &&
      is_dense({last.a.end, draft.a.end}, {last.b.end, draft.b.end})) {
    last.a.end = draft.a.end;
    last.b.end = draft.b.end;
  }
  return filled;
}

}  // namespace

std::vector<Draft> JoinRuns(std::span<const Draft> drafts,
                            std::span<const Run> found, bool within,
                            double min_mass, const RunOptions& options,
                            EvidenceCounter* evidence) {
  const std::vector<Run> runs = TakeApart(found);
  const RunsByPlace by_place(runs);
  std::vector<Draft> joined;
  std::vector<Draft> without;
  std::vector<uint8_t> used(runs.size(), 0);
  for (const Draft& draft : drafts) {
    const std::vector<Run> inside = by_place.In(draft, &used);
    if (inside.empty()) {
      without.push_back(draft);
    } else if (CoverOfBoth(inside, draft) >= options.min_cover) {
      const std::vector<Draft> of_runs =
          FillGaps(GroupRuns(inside, options.gap_words, within), draft,
                   options.min_gap_share, evidence);
      joined.insert(joined.end(), of_runs.begin(), of_runs.end());
    } else {
      Draft wide = draft;
      wide.source = DraftSource::kBoth;
      for (const Run& run : inside) {
        wide.a = Hull(wide.a, run.side_a());
        wide.b = Hull(wide.b, run.side_b());
      }
      joined.push_back(wide);
    }
  }
  std::vector<Run> rest;
  for (size_t i = 0; i < runs.size(); ++i) {
    if (used[i] == 0) rest.push_back(runs[i]);
  }
  const std::vector<Draft> of_rest = GroupRuns(rest, options.gap_words, within);
  joined.insert(joined.end(), of_rest.begin(), of_rest.end());
  for (Draft& draft : joined) {
    draft.weight = evidence->Count(draft.a, draft.b).weight();
  }
  for (const Draft& draft : without) {
    if (draft.source != DraftSource::kSeeds) continue;
    const Evidence of_draft = evidence->Count(draft.a, draft.b);
    if (of_draft.shared >= options.beside_factor * min_mass ||
        std::min(of_draft.share_a, of_draft.share_b) >=
            options.min_beside_share) {
      joined.push_back(draft);
    }
  }
  return joined;
}

}  // namespace twicetold
