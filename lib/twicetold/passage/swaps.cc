// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/swaps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/utf8.h"
#include "twicetold/passage/sentence_marks.h"

namespace twicetold {
namespace {

// A function word has at most so many characters, and is at least one in so
// many words of its document, and at least so many of them.
constexpr size_t kMostFunctionChars = 5;
constexpr uint32_t kFunctionShare = 250;
constexpr uint32_t kLeastFunctionCount = 3;

// One document: what its words say.
class Side {
 public:
  explicit Side(const SwapText& text)
      : utf8_(text.utf8), words_(text.words), frequency_(text.frequency) {}

  WordRange WordsIn(ByteRange bytes) const {
    const std::vector<ByteRange>& bare = words_.bare_ranges;
    const auto begin = std::partition_point(
        bare.begin(), bare.end(),
        [&](ByteRange word) { return word.begin < bytes.begin; });
    const auto end = std::partition_point(
        begin, bare.end(),
        [&](ByteRange word) { return word.end <= bytes.end; });
    return {static_cast<uint32_t>(begin - bare.begin()),
            static_cast<uint32_t>(end - bare.begin())};
  }

  uint64_t KeyOf(WordRange range) const {
    uint64_t key = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      key = Mix(key * 3 + words_.hashes[i]);
    }
    return key;
  }

  // As it is written, white space as one space.
  std::string Spell(WordRange range) const {
    std::string spelled;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      const ByteRange word = words_.bare_ranges[i];
      if (i > range.begin) {
        const uint32_t gap = words_.bare_ranges[i - 1].end;
        if (gap < word.begin) {
          AppendGap(utf8_.substr(gap, word.begin - gap), &spelled);
        }
      }
      spelled.append(utf8_.substr(word.begin, word.end - word.begin));
    }
    return spelled;
  }

  double InformationOf(WordRange range) const {
    double bits = 0;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      bits += std::log2(static_cast<double>(words_.size()) /
                        frequency_.Of(words_.hashes[i]));
    }
    return bits;
  }

  bool HasOnlyFunctionWords(WordRange range) const {
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (frequency_.Of(words_.hashes[i]) <
          std::max(kLeastFunctionCount, words_.size() / kFunctionShare)) {
        return false;
      }
      const ByteRange word = words_.bare_ranges[i];
      if (!IsShortAndSmall(utf8_.substr(word.begin, word.end - word.begin))) {
        return false;
      }
    }
    return true;
  }

 private:
  static void AppendGap(std::string_view gap, std::string* spelled) {
    const GapMarks marks = ReadGap(gap);
    spelled->append(gap.substr(0, marks.before_space));
    if (!marks.has_space) return;
    spelled->push_back(' ');
    spelled->append(gap.substr(marks.after_space));
  }

  static bool IsShortAndSmall(std::string_view word) {
    size_t chars = 0;
    for (size_t at = 0; at < word.size(); ++chars) {
      const Utf8Char c = DecodeUtf8(word.data() + at, word.size() - at);
      if (IsCapitalOrDigit(c.code_point)) return false;
      at += std::max(c.length, 1u);
    }
    return chars <= kMostFunctionChars;
  }

  const std::string_view utf8_;
  const Words& words_;
  const WordFrequency& frequency_;
};

// Words of either side that stand for each other.
struct WordSwap {
  WordRange a;
  WordRange b;
};

using SwapKey = std::pair<uint64_t, uint64_t>;

// Counts the swaps of a pair of documents.
class SwapCounter {
 public:
  SwapCounter(const Side& a, const Side& b) : a_(a), b_(b) {}

  void Count(const PassageDiff& diff) {
    std::vector<WordSwap> whole;
    std::vector<WordSwap> doubtful;
    size_t begin = 0;
    for (size_t i = 0; i < diff.sentences.size(); ++i) {
      const auto edits =
          std::span(diff.edits).subspan(begin, diff.edit_ends[i] - begin);
      begin = diff.edit_ends[i];
      if (AreAlike(diff.sentences[i], edits)) {
        Collect(edits, &whole);
      } else {
        Collect(edits, &doubtful);
      }
    }
    for (const WordSwap& swap : whole) {
      if (swap.a.size() == 1 && swap.b.size() == 1) alone_.insert(KeyOf(swap));
    }
    for (const WordSwap& swap : whole) TakeApart(swap);
    for (const WordSwap& swap : doubtful) {
      if (met_.contains(KeyOf(swap))) Add(swap);
    }
  }

  std::vector<Swap> Swaps() const {
    std::vector<Swap> swaps;
    for (const auto& [key, met] : met_) {
      const double words =
          static_cast<double>(met.first.a.size()) + met.first.b.size();
      const double bits =
          a_.InformationOf(met.first.a) + b_.InformationOf(met.first.b);
      swaps.push_back({MostFrequent(met.a), MostFrequent(met.b), met.count,
                       bits / words, met.function_words});
    }
    return swaps;
  }

 private:
  bool AreAlike(const SentencePair& pair, std::span<const Edit> edits) const {
    uint32_t kept = 0;
    for (const Edit& edit : edits) {
      if (edit.op == EditOp::kEqual || edit.folded) {
        kept += a_.WordsIn(edit.a).size();
      }
    }
    return 2.0 * kept >=
           kMinKeptWords * (static_cast<double>(pair.a.size()) + pair.b.size());
  }

  void Collect(std::span<const Edit> edits,
               std::vector<WordSwap>* swaps) const {
    for (const Edit& edit : edits) {
      if (edit.op != EditOp::kReplace || edit.folded) continue;
      const WordSwap swap = {a_.WordsIn(edit.a), b_.WordsIn(edit.b)};
      if (!Fits(swap.a) || !Fits(swap.b)) continue;
      swaps->push_back(swap);
    }
  }

  static bool Fits(WordRange range) {
    return range.begin < range.end && range.size() <= kMostSwapWords;
  }

  SwapKey KeyOf(const WordSwap& swap) const {
    return {a_.KeyOf(swap.a), b_.KeyOf(swap.b)};
  }

  void TakeApart(const WordSwap& swap) {
    if (swap.a.size() != swap.b.size()) return Add(swap);
    WordSwap rest = swap;
    for (uint32_t i = 0; i < swap.a.size(); ++i) {
      const uint32_t at_a = swap.a.begin + i;
      const uint32_t at_b = swap.b.begin + i;
      const WordSwap one = {{at_a, at_a + 1}, {at_b, at_b + 1}};
      if (!alone_.contains(KeyOf(one))) continue;
      if (rest.a.begin < at_a) {
        Add({{rest.a.begin, at_a}, {rest.b.begin, at_b}});
      }
      Add(one);
      rest.a.begin = at_a + 1;
      rest.b.begin = at_b + 1;
    }
    if (!rest.a.empty()) Add(rest);
  }

  // Words that stand opposite themselves in a longer replace are not swapped.
  void Add(const WordSwap& swap) {
    const SwapKey key = KeyOf(swap);
    if (key.first == key.second) return;
    Met& met = met_[key];
    ++met.a[a_.Spell(swap.a)];
    ++met.b[b_.Spell(swap.b)];
    if (met.count++ == 0) met.first = swap;
    met.function_words = met.function_words &&
                         a_.HasOnlyFunctionWords(swap.a) &&
                         b_.HasOnlyFunctionWords(swap.b);
  }

  // How often one swap was met, and how each side of it is spelled.
  struct Met {
    WordSwap first;
    std::map<std::string, uint32_t> a;
    std::map<std::string, uint32_t> b;
    uint32_t count = 0;
    bool function_words = true;
  };

  static std::string MostFrequent(
      const std::map<std::string, uint32_t>& spellings) {
    const auto most = std::max_element(
        spellings.begin(), spellings.end(),
        [](const auto& x, const auto& y) { return x.second < y.second; });
    return most->first;
  }

  const Side& a_;
  const Side& b_;
  absl::flat_hash_set<SwapKey> alone_;  // of one word each
  absl::flat_hash_map<SwapKey, Met> met_;
};

bool RanksBefore(const Swap& x, const Swap& y) {
  const auto rank = [](const Swap& s) {
    // The same for both sides, but for swaps that are each other's reverse.
    return std::tuple(s.function_words, -int64_t{s.count}, -s.information,
                      std::min(s.a, s.b), std::max(s.a, s.b), s.a);
  };
  return rank(x) < rank(y);
}

}  // namespace

std::vector<Swap> FindSwaps(const SwapText& a, const SwapText& b,
                            const PassageDiff& diff) {
  const Side side_a(a);
  const Side side_b(b);
  SwapCounter counter(side_a, side_b);
  counter.Count(diff);
  std::vector<Swap> swaps = counter.Swaps();
  std::sort(swaps.begin(), swaps.end(), RanksBefore);
  return swaps;
}

}  // namespace twicetold
