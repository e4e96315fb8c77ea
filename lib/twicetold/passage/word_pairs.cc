// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/word_pairs.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "twicetold/passage/longest_ascending.h"

namespace twicetold {
namespace {

// A pair counts most, then a neighbour, then the spelling. Up to 2^20 pairs
// fit; a table of kMostWordPairs has 2^9 at most.
constexpr int64_t kPairScore = int64_t{1} << 42;
constexpr int64_t kNeighbourScore = int64_t{1} << 21;
constexpr int64_t kSpellingScore = 1;

// A part of both sides.
struct Part {
  uint32_t a_begin = 0;
  uint32_t a_end = 0;
  uint32_t b_begin = 0;
  uint32_t b_end = 0;

  bool empty() const { return a_begin == a_end || b_begin == b_end; }
  uint64_t word_pairs() const {
    return uint64_t{a_end - a_begin} * (b_end - b_begin);
  }
};

class WordPairer {
 public:
  WordPairer(std::span<const WordKey> a, std::span<const WordKey> b,
             uint64_t most_word_pairs)
      : a_(a), b_(b), most_word_pairs_(most_word_pairs) {}

  std::vector<WordPair> Pair() {
    const Part all = {0, static_cast<uint32_t>(a_.size()), 0,
                      static_cast<uint32_t>(b_.size())};
    if (a_.size() == b_.size() && Equal(all)) {
      PairStraight(all);
    } else if (all.word_pairs() <= most_word_pairs_) {
      PairInTable(all);
    } else {
      Divide(all);
    }
    return std::move(pairs_);
  }

 private:
  bool Same(uint32_t i, uint32_t j) const {
    return a_[i].folded == b_[j].folded;
  }

  bool Equal(const Part& part) const {
    for (uint32_t i = 0; i < part.a_end - part.a_begin; ++i) {
      if (!Same(part.a_begin + i, part.b_begin + i)) return false;
    }
    return true;
  }

  void PairStraight(const Part& part) {
    for (uint32_t i = 0; i < part.a_end - part.a_begin; ++i) {
      pairs_.push_back({part.a_begin + i, part.b_begin + i});
    }
  }

  // Two tables: the best of the words from (i, j) on, and the best of those
  // that begin with the pair (i, j). From the back, so that the pairs come out
  // in order.
  void PairInTable(const Part& part) {
    if (part.empty()) return;
    const size_t columns = part.b_end - part.b_begin + 1;
    const size_t rows = part.a_end - part.a_begin + 1;
    best_.assign(rows * columns, 0);
    paired_.assign(rows * columns, -1);
    for (size_t i = rows - 1; i-- > 0;) {
      const WordKey& word = a_[part.a_begin + i];
      for (size_t j = columns - 1; j-- > 0;) {
        const size_t at = i * columns + j;
        int64_t best = std::max(best_[at + columns], best_[at + 1]);
        const WordKey& other = b_[part.b_begin + j];
        if (word.folded == other.folded) {
          const size_t next = at + columns + 1;
          paired_[at] =
              kPairScore +
              (word.spelled == other.spelled ? kSpellingScore : 0) +
              std::max(best_[next],
                       paired_[next] < 0 ? 0 : paired_[next] + kNeighbourScore);
          best = std::max(best, paired_[at]);
        }
        best_[at] = best;
      }
    }
    Trace(part, columns);
  }

  void Trace(const Part& part, size_t columns) {
    size_t at = 0;
    bool next_to_pair = false;
    while (best_[at] > 0) {
      // A pair right behind a pair is worth more than it says.
      const bool is_pair =
          paired_[at] >= 0 &&
          paired_[at] + (next_to_pair ? kNeighbourScore : 0) >= best_[at];
      if (is_pair) {
        pairs_.push_back({part.a_begin + static_cast<uint32_t>(at / columns),
                          part.b_begin + static_cast<uint32_t>(at % columns)});
        at += columns + 1;
      } else {
        at += best_[at + columns] == best_[at] ? columns : 1;
      }
      next_to_pair = is_pair;
    }
  }

  // Words that occur once in either side of a part, in an order that ascends
  // in both: the longest such list.
  std::vector<WordPair> Landmarks(const Part& part) const {
    struct Once {
      uint32_t in_a = 0, in_b = 0, a = 0, b = 0;
    };
    absl::flat_hash_map<uint64_t, Once> met;
    for (uint32_t i = part.a_begin; i < part.a_end; ++i) {
      Once& once = met[a_[i].folded];
      ++once.in_a;
      once.a = i;
    }
    for (uint32_t j = part.b_begin; j < part.b_end; ++j) {
      Once& once = met[b_[j].folded];
      ++once.in_b;
      once.b = j;
    }
    std::vector<uint32_t> in_a;
    std::vector<uint32_t> in_b;
    for (uint32_t i = part.a_begin; i < part.a_end; ++i) {
      const Once& once = met[a_[i].folded];
      if (once.in_a != 1 || once.in_b != 1) continue;
      in_a.push_back(i);
      in_b.push_back(once.b);
    }
    std::vector<WordPair> landmarks;
    for (const uint32_t i : LongestAscending(in_b)) {
      landmarks.push_back({in_a[i], in_b[i]});
    }
    return landmarks;
  }

  void Divide(const Part& all) {
    Part rest = all;
    for (const WordPair& landmark : Landmarks(all)) {
      PairBetween({rest.a_begin, landmark.a, rest.b_begin, landmark.b});
      pairs_.push_back(landmark);
      rest.a_begin = landmark.a + 1;
      rest.b_begin = landmark.b + 1;
    }
    PairBetween(rest);
  }

  void PairBetween(Part part) {
    if (part.empty()) return;
    if (part.word_pairs() <= most_word_pairs_) return PairInTable(part);
    while (!part.empty() && Same(part.a_begin, part.b_begin)) {
      pairs_.push_back({part.a_begin++, part.b_begin++});
    }
    uint32_t tail = 0;
    while (!part.empty() && Same(part.a_end - 1, part.b_end - 1)) {
      --part.a_end;
      --part.b_end;
      ++tail;
    }
    if (part.word_pairs() <= most_word_pairs_) PairInTable(part);
    PairStraight(
        {part.a_end, part.a_end + tail, part.b_end, part.b_end + tail});
  }

  const std::span<const WordKey> a_;
  const std::span<const WordKey> b_;
  const uint64_t most_word_pairs_;
  std::vector<int64_t> best_;
  std::vector<int64_t> paired_;
  std::vector<WordPair> pairs_;
};

}  // namespace

std::vector<WordPair> PairWords(std::span<const WordKey> a,
                                std::span<const WordKey> b,
                                uint64_t most_word_pairs) {
  return WordPairer(a, b, most_word_pairs).Pair();
}

}  // namespace twicetold
