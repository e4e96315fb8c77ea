// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_ends.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "twicetold/passage/equal_runs.h"

namespace twicetold {
namespace {

std::span<const uint64_t> HashesOf(const PassageText& text) {
  return std::span(text.words.hashes)
      .subspan(text.range.begin, text.range.size());
}

// A run of so many words is no chance: what stands beside it may be set apart.
constexpr uint32_t kSureWords = 12;

// Whether a sentence or a line ends at a place of a side, which counts from
// the first word of the passage: an end at place i is before word i.
bool CanEnd(const PassageText& text, uint32_t place) {
  return place == text.range.size() ||
         text.words.cuts[text.range.begin + place] != 0;
}

// One side while its ends are moved.
class Side {
 public:
  Side(const PassageText& text, std::span<const uint32_t> ends)
      : text_(text),
        size_(text.range.size()),
        end_(size_t{size_} + 1, kNone),
        is_long_(size_, 0) {
    uint32_t begin = 0;
    for (const uint32_t end : ends) {
      end_[end] = CanEnd(text, end) ? kHard : kSoft;
      if (end_[end] == kSoft || end_[begin] == kSoft) {
        std::fill(is_long_.begin() + begin, is_long_.begin() + end, 1);
      }
      begin = end;
    }
  }

  uint32_t size() const { return size_; }
  bool IsEnd(uint32_t place) const { return end_[place] != kNone; }
  bool IsHard(uint32_t place) const { return end_[place] == kHard; }
  void SetEnd(uint32_t place) { end_[place] = kHard; }

  // Takes over an end of the other side if this one `may_end` anywhere, is as
  // good as there, or in a sentence that is cut anyway; forgets where it was
  // cut for its length.
  void Agree(uint32_t place, bool other_is_hard, bool may_end) {
    if (IsHard(place)) return;
    const bool takes_over = other_is_hard && (may_end || CanEnd(text_, place) ||
                                              is_long_[place] != 0);
    end_[place] = takes_over ? kHard : kNone;
  }

  // Takes over an end of the other side, only in a sentence that is cut anyway.
  void TakeOver(uint32_t place) {
    if (IsInsideLong(place)) end_[place] = kHard;
  }

  // Of the places up to `end`, which is one of them.
  bool HasSoft(uint32_t begin, uint32_t end) const {
    const auto stop = end_.begin() + end + 1;
    return std::find(end_.begin() + begin, stop, kSoft) != stop;
  }
  void DropSoft(uint32_t begin, uint32_t end) {
    std::replace(end_.begin() + begin, end_.begin() + end + 1, kSoft, kNone);
  }

  // Whether the words before and behind are of sentences that are too long.
  bool IsInsideLong(uint32_t place) const {
    return place > 0 && place < size_ && is_long_[place - 1] != 0 &&
           is_long_[place] != 0;
  }
  // Whether none of the places near behind is an end.
  bool IsFarFromEnd(uint32_t place) const {
    const uint32_t end = std::min(size_ + 1, place + kLeastCellWords);
    return std::all_of(end_.begin() + place, end_.begin() + end,
                       [](Mark mark) { return mark == kNone; });
  }

  std::vector<uint32_t> Ends() const {
    std::vector<uint32_t> ends;
    for (uint32_t i = 1; i <= size_; ++i) {
      if (IsEnd(i)) ends.push_back(i);
    }
    return ends;
  }

 private:
  enum Mark : uint8_t { kNone, kSoft, kHard };  // soft: of a cell that was cut

  const PassageText& text_;
  const uint32_t size_;
  std::vector<Mark> end_;  // one entry a place
  std::vector<uint8_t> is_long_;
};

class EndMover {
 public:
  EndMover(const PassageText& a, const PassageText& b, SentenceEnds* ends,
           std::span<const EqualRun> runs)
      : a_(a, ends->a), b_(b, ends->b), runs_(runs) {
    const bool is_same = runs.size() == 1 && runs[0].length == a_.size() &&
                         runs[0].length == b_.size();
    AgreeInRuns(is_same);
    AgreeBesideRuns();
    SettleGaps();
    CutLong();
    ends->a = a_.Ends();
    ends->b = b_.Ends();
  }

 private:
  // Inside a run an end counts on both sides, or on none if it is that of a
  // cell that was cut. Ends that only punctuation makes stay where they are,
  // since sentences can be joined; but where all words are the same, none need
  // be.
  void AgreeInRuns(bool is_same) {
    for (const EqualRun& run : runs_) {
      for (uint32_t i = 1; i < run.length; ++i) {
        const bool hard_a = a_.IsHard(run.a + i);
        const bool hard_b = b_.IsHard(run.b + i);
        a_.Agree(run.a + i, hard_b, is_same);
        b_.Agree(run.b + i, hard_a, is_same);
      }
    }
  }

  // Where a run begins or ends, a sentence of one side may do so, too. An end
  // that is taken over is none to be taken over in turn.
  void AgreeBesideRuns() {
    std::vector<uint32_t> for_a;
    std::vector<uint32_t> for_b;
    const auto look_at = [&](uint32_t at_a, uint32_t at_b) {
      if (b_.IsHard(at_b)) for_a.push_back(at_a);
      if (a_.IsHard(at_a)) for_b.push_back(at_b);
    };
    EqualRun before;
    for (const EqualRun& run : runs_) {
      // A few words between two runs are no sentence.
      const bool is_near = run.a - before.a_end() < kLeastCellWords &&
                           run.b - before.b_end() < kLeastCellWords;
      if (!is_near) look_at(run.a, run.b);
      look_at(run.a_end(), run.b_end());
      before = run;
    }
    for (const uint32_t at : for_a) a_.TakeOver(at);
    for (const uint32_t at : for_b) b_.TakeOver(at);
  }

  // Between runs: a few words stay in the sentence that they are in; more are
  // set apart from what is equal before and behind them.
  void SettleGaps() {
    EqualRun before;
    for (size_t i = 0; i <= runs_.size(); ++i) {
      const EqualRun behind =
          i < runs_.size() ? runs_[i] : EqualRun{a_.size(), b_.size(), 0};
      if (behind.a - before.a_end() <= kMostCellWords &&
          behind.b - before.b_end() <= kMostCellWords) {
        a_.DropSoft(before.a_end(), behind.a);
        b_.DropSoft(before.b_end(), behind.b);
      } else if (a_.HasSoft(before.a_end(), behind.a) ||
                 b_.HasSoft(before.b_end(), behind.b)) {
        if (before.length >= kSureWords) {
          SetApart(before.a_end(), before.b_end());
        }
        if (behind.length >= kSureWords) SetApart(behind.a, behind.b);
      }
      before = behind;
    }
  }

  void SetApart(uint32_t at_a, uint32_t at_b) {
    if (!a_.IsInsideLong(at_a) && !b_.IsInsideLong(at_b)) return;
    a_.SetEnd(at_a);
    b_.SetEnd(at_b);
  }

  // Cuts what is too long now, on both sides before the same word.
  void CutLong() {
    uint32_t last_a = 0;
    uint32_t last_b = 0;
    uint32_t next_a = 0;
    uint32_t next_b = 0;
    const auto see = [](const Side& side, uint32_t to, uint32_t* next,
                        uint32_t* last) {
      for (; *next <= to; ++*next) {
        if (side.IsEnd(*next)) *last = *next;
      }
    };
    for (const EqualRun& run : runs_) {
      for (uint32_t i = 1; i < run.length; ++i) {
        const uint32_t at_a = run.a + i;
        const uint32_t at_b = run.b + i;
        see(a_, at_a, &next_a, &last_a);
        see(b_, at_b, &next_b, &last_b);
        if (std::max(at_a - last_a, at_b - last_b) < kMostCellWords ||
            std::min(at_a - last_a, at_b - last_b) < kLeastCellWords ||
            !a_.IsFarFromEnd(at_a) || !b_.IsFarFromEnd(at_b)) {
          continue;
        }
        a_.SetEnd(at_a);
        b_.SetEnd(at_b);
        last_a = at_a;
        last_b = at_b;
      }
    }
  }

  Side a_;
  Side b_;
  const std::span<const EqualRun> runs_;
};

// Whether a side has a sentence that was cut for its length.
bool HasLong(const PassageText& text, std::span<const uint32_t> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](uint32_t end) { return !CanEnd(text, end); });
}

// Whether a side has a sentence that was joined to the next for its shortness.
bool HasShort(const PassageText& text, std::span<const uint32_t> ends) {
  uint32_t begin = 0;
  for (const uint32_t end : ends) {
    for (uint32_t i = begin + 1; i < std::min(end, begin + kLeastCellWords);
         ++i) {
      if (CanEnd(text, i)) return true;
    }
    begin = end;
  }
  return false;
}

// The sentences that are in a run, and opposite one.
std::vector<std::pair<uint32_t, uint32_t>> FindSame(
    const SentenceEnds& ends, std::span<const EqualRun> runs) {
  std::vector<std::pair<uint32_t, uint32_t>> same;
  auto run = runs.begin();
  uint32_t begin = 0;
  uint32_t j = 0;
  for (uint32_t i = 0; i < ends.a.size(); begin = ends.a[i++]) {
    while (run != runs.end() && run->a_end() < ends.a[i]) ++run;
    if (run == runs.end()) break;
    if (begin < run->a) continue;
    const uint32_t begin_b = begin - run->a + run->b;
    const uint32_t end_b = ends.a[i] - run->a + run->b;
    while (j < ends.b.size() && ends.b[j] < end_b) ++j;
    if (j == ends.b.size()) break;
    if (ends.b[j] == end_b && (j == 0 ? 0 : ends.b[j - 1]) == begin_b) {
      same.emplace_back(i, j);
    }
  }
  return same;
}

}  // namespace

std::vector<uint32_t> CellEnds(const PassageText& text) {
  const std::vector<WordRange>& cells = text.words.cells;
  std::vector<uint32_t> ends;
  if (text.range.empty()) return ends;
  auto cell = std::partition_point(
      cells.begin(), cells.end(),
      [&](WordRange c) { return c.end <= text.range.begin; });
  for (; cell != cells.end() && cell->begin < text.range.end; ++cell) {
    ends.push_back(std::min(cell->end, text.range.end) - text.range.begin);
  }
  return ends;
}

SentenceEnds FindSentenceEnds(const PassageText& a, const PassageText& b) {
  SentenceEnds ends = {CellEnds(a), CellEnds(b), {}};
  const auto of_a = HashesOf(a);
  const auto of_b = HashesOf(b);
  std::vector<EqualRun> runs = FindEqualEnds(of_a, of_b);
  const bool is_same = std::equal(of_a.begin(), of_a.end(),  //
                                  of_b.begin(), of_b.end());
  if (HasLong(a, ends.a) || HasLong(b, ends.b) || HasShort(a, ends.a) ||
      HasShort(b, ends.b) || (is_same && ends.a != ends.b)) {
    runs = FindEqualRuns(of_a, of_b);
    EndMover(a, b, &ends, runs);
  }
  ends.same = FindSame(ends, runs);
  return ends;
}

}  // namespace twicetold
