// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/runs.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {
namespace {

constexpr uint32_t kShingle = 6;  // words
// Side a is looked up at every kStride-th word: a run that is long enough to
// be kept has a shingle there.
constexpr uint32_t kStride = 4;
constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

ShingleList ShinglesOf(std::span<const uint64_t> hashes) {
  ShingleList list;
  if (hashes.size() >= kShingle) MakeShingles(hashes, kShingle, &list);
  return list;
}

// Where each shingle of a range stands: an open table of the first places, and
// for each place the next with the same shingle.
class ShinglePlaces {
 public:
  explicit ShinglePlaces(ShingleList shingles)
      : shingles_(std::move(shingles)),
        slots_(std::bit_ceil(2 * shingles_.size() + 1), kNone),
        next_(shingles_.size(), kNone),
        count_(shingles_.size(), 0) {
    // Backwards, so that places come out ascending.
    for (size_t i = shingles_.size(); i-- > 0;) {
      uint32_t& slot = Slot(shingles_[i]);
      if (slot != kNone) {
        next_[i] = slot;
        count_[i] = count_[slot];
      }
      ++count_[i];
      slot = static_cast<uint32_t>(i);
    }
  }

  // The first place of a shingle, or kNone if there is none or are too many.
  uint32_t First(uint64_t shingle) {
    const uint32_t first = Slot(shingle);
    if (first == kNone || count_[first] > kMostOccurrences) return kNone;
    return first;
  }
  uint32_t Next(uint32_t place) const { return next_[place]; }

 private:
  uint32_t& Slot(uint64_t shingle) {
    const size_t mask = slots_.size() - 1;
    size_t at = shingle & mask;
    while (slots_[at] != kNone && shingles_[slots_[at]] != shingle) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

  const ShingleList shingles_;
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> next_;
  std::vector<uint32_t> count_;  // places from this one on
};

class RunFinder {
 public:
  RunFinder(const StemPair& pair, WordRange range_a, WordRange range_b,
            const RunOptions& options)
      : words_a_(*pair.a.words),
        words_b_(*pair.side_b().words),
        range_a_(range_a),
        range_b_(range_b),
        within_(pair.within),
        options_(options) {}

  std::vector<Run> Find() {
    const auto hashes = [](const Words& words, WordRange range) {
      return std::span(words.hashes).subspan(range.begin, range.size());
    };
    ShinglePlaces places(ShinglesOf(hashes(words_b_, range_b_)));
    const ShingleList shingles = ShinglesOf(hashes(words_a_, range_a_));
    for (size_t i = 0; i < shingles.size(); i += kStride) {
      const uint32_t a = range_a_.begin + static_cast<uint32_t>(i);
      for (uint32_t place = places.First(shingles[i]); place != kNone;
           place = places.Next(place)) {
        Extend(a, range_b_.begin + place);
      }
    }
    std::sort(runs_.begin(), runs_.end(), ByPlace);
    return std::move(runs_);
  }

 private:
  bool Equal(uint32_t a, uint32_t b) const {
    return words_a_.hashes[a] == words_b_.hashes[b];
  }

  void Extend(uint32_t a, uint32_t b) {
    if (within_ && b <= a) return;
    // The end of the last run on this diagonal, which need not be looked at
    // again; places on side a ascend.
    uint32_t& done = done_[int64_t{b} - a];
    if (a < done) return;
    uint32_t length = 0;
    const auto most = [&] {
      const uint32_t room = std::min(range_a_.end - a, range_b_.end - b);
      return within_ ? std::min(room, b - a) : room;
    };
    while (a > std::max(range_a_.begin, done) && b > range_b_.begin &&
           Equal(a - 1, b - 1)) {
      --a;
      --b;
    }
    while (length < most() && Equal(a + length, b + length)) ++length;
    done = a + std::max(length, 1u);
    if (length < kShingle) return;
    const ByteRange bytes = words_a_.BytesOf({a, a + length});
    if (bytes.end - bytes.begin >= options_.min_chars) {
      runs_.push_back({a, b, length});
    }
  }

  const Words& words_a_;
  const Words& words_b_;
  const WordRange range_a_;
  const WordRange range_b_;
  const bool within_;
  const RunOptions& options_;
  absl::flat_hash_map<int64_t, uint32_t> done_;  // by diagonal
  std::vector<Run> runs_;
};

// Runs by place, so that those of a draft are found without looking at all.
class RunsByPlace {
 public:
  explicit RunsByPlace(std::span<const Run> runs) : runs_(runs) {
    for (const Run& run : runs) longest_ = std::max(longest_, run.length);
  }

  // Those of which more than half is in the draft, on both sides.
  std::vector<Run> In(const Draft& draft) const {
    std::vector<Run> inside;
    const uint32_t first = draft.a.begin - std::min(draft.a.begin, longest_);
    auto at = std::lower_bound(
        runs_.begin(), runs_.end(), first,
        [](const Run& run, uint32_t place) { return run.a < place; });
    for (; at != runs_.end() && at->a < draft.a.end; ++at) {
      if (SharedWords(at->side_a(), draft.a) > at->length / 2 &&
          SharedWords(at->side_b(), draft.b) > at->length / 2) {
        inside.push_back(*at);
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

// Drafts of runs weigh more than any without, the more words the better.
constexpr double kRunWeight = 1e6;

// Runs that are near each other on both sides become one draft.
std::vector<Draft> GroupRuns(std::span<const Run> runs, uint32_t gap) {
  std::vector<Draft> drafts;
  for (const Run& run : runs) {
    const auto joins = [&](const Draft& draft) {
      return run.a <= draft.a.end + gap && run.b <= draft.b.end + gap &&
             run.b + run.length + gap >= draft.b.begin;
    };
    const auto at = std::find_if(drafts.begin(), drafts.end(), joins);
    if (at == drafts.end()) {
      drafts.push_back({run.side_a(), run.side_b(), DraftSource::kRuns,
                        kRunWeight + run.length});
      continue;
    }
    at->a = Hull(at->a, run.side_a());
    at->b = Hull(at->b, run.side_b());
    at->weight += run.length;
  }
  return drafts;
}

// Drafts by stretches of words of side a, so that those around a run are found
// without looking at all.
class DraftsByPlace {
 public:
  explicit DraftsByPlace(std::span<const Draft> drafts) {
    for (const Draft& draft : drafts) {
      for (uint32_t i = draft.a.begin / kStretch;
           i <= (draft.a.end - 1) / kStretch; ++i) {
        by_stretch_[i].push_back(draft);
      }
    }
  }

  // Whether a draft has all of the run.
  bool Hold(const Run& run) const {
    const auto at = by_stretch_.find(run.a / kStretch);
    return at != by_stretch_.end() &&
           std::any_of(
               at->second.begin(), at->second.end(),
               [&run](const Draft& draft) {
                 return SharedWords(draft.a, run.side_a()) == run.length &&
                        SharedWords(draft.b, run.side_b()) == run.length;
               });
  }

 private:
  static constexpr uint32_t kStretch = 256;  // words

  absl::flat_hash_map<uint32_t, std::vector<Draft>> by_stretch_;
};

}  // namespace

std::vector<Run> FindRuns(const StemPair& pair, WordRange range_a,
                          WordRange range_b, const RunOptions& options) {
  return RunFinder(pair, range_a, range_b, options).Find();
}

std::vector<Draft> JoinRuns(
    std::span<const Draft> drafts, std::span<const Run> runs,
    const RunOptions& options,
    const std::function<bool(const Draft&)>& is_strong) {
  const RunsByPlace by_place(runs);
  std::vector<Draft> joined;
  std::vector<Draft> without;
  for (const Draft& draft : drafts) {
    const std::vector<Run> inside = by_place.In(draft);
    if (inside.empty()) {
      without.push_back(draft);
    } else if (CoverOfBoth(inside, draft) >= options.min_cover) {
      const std::vector<Draft> of_runs = GroupRuns(inside, options.gap_words);
      joined.insert(joined.end(), of_runs.begin(), of_runs.end());
    } else {
      Draft wide = draft;
      wide.source = DraftSource::kBoth;
      wide.weight += kRunWeight;
      for (const Run& run : inside) {
        wide.a = Hull(wide.a, run.side_a());
        wide.b = Hull(wide.b, run.side_b());
      }
      joined.push_back(wide);
    }
  }
  const DraftsByPlace around(joined);
  for (const Run& run : runs) {
    if (around.Hold(run)) continue;
    joined.push_back({run.side_a(), run.side_b(), DraftSource::kRuns,
                      static_cast<double>(run.length)});
  }
  for (const Draft& draft : without) {
    if (draft.source == DraftSource::kSeeds && is_strong(draft)) {
      joined.push_back(draft);
    }
  }
  return joined;
}

}  // namespace twicetold
