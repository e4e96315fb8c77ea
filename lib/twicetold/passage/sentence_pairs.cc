// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_pairs.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <utility>

#include "twicetold/passage/sentence_table.h"

namespace twicetold {
namespace {

// Sentences that have stems of their own in common: in no other sentence of
// the block on either side.
struct Landmark {
  uint32_t a = 0;
  uint32_t b = 0;
  int64_t weight = 0;
};

// Finds the landmarks of blocks, in time that depends on the block only.
class LandmarkFinder {
 public:
  explicit LandmarkFinder(const PassageBags& bags)
      : bags_(bags), in_a_(bags.weights.size()), in_b_(bags.weights.size()) {}

  // Ascending by a; of the same a, descending by b.
  std::vector<Landmark> Find(const SentenceBlock& block) {
    Meet(bags_.a, block.a_begin, block.a_end, &in_a_);
    Meet(bags_.b, block.b_begin, block.b_end, &in_b_);
    std::vector<Landmark> found;
    for (const BagStem& stem : StemsOf(bags_.a, block.a_begin, block.a_end)) {
      const Met& a = in_a_[stem.stem];
      const Met& b = in_b_[stem.stem];
      if (a.times == 1 && b.times == 1) {
        found.push_back({a.sentence, b.sentence, 1});
      }
    }
    Forget(bags_.a, block.a_begin, block.a_end, &in_a_);
    Forget(bags_.b, block.b_begin, block.b_end, &in_b_);
    Join(&found);
    return found;
  }

 private:
  // How many sentences have a stem, and the first of them.
  struct Met {
    uint32_t times = 0;
    uint32_t sentence = 0;
  };

  static std::span<const BagStem> StemsOf(const SentenceBags& side,
                                          uint32_t begin, uint32_t end) {
    return std::span(side.stems)
        .subspan(side.begins[begin], side.begins[end] - side.begins[begin]);
  }

  static void Meet(const SentenceBags& side, uint32_t begin, uint32_t end,
                   std::vector<Met>* met) {
    for (uint32_t i = begin; i < end; ++i) {
      for (const BagStem& stem : side.BagOf(i)) {
        Met& of_stem = (*met)[stem.stem];
        if (of_stem.times++ == 0) of_stem.sentence = i;
      }
    }
  }

  static void Forget(const SentenceBags& side, uint32_t begin, uint32_t end,
                     std::vector<Met>* met) {
    for (const BagStem& stem : StemsOf(side, begin, end)) {
      (*met)[stem.stem] = {};
    }
  }

  // Those of the same sentences into one. One word in common may be chance.
  static void Join(std::vector<Landmark>* found) {
    std::sort(found->begin(), found->end(),
              [](const Landmark& x, const Landmark& y) {
                return std::tie(x.a, y.b) < std::tie(y.a, x.b);
              });
    size_t kept = 0;
    bool has_sure = false;
    for (const Landmark& next : *found) {
      if (kept > 0 && (*found)[kept - 1].a == next.a &&
          (*found)[kept - 1].b == next.b) {
        ++(*found)[kept - 1].weight;
        has_sure = true;
      } else {
        (*found)[kept++] = next;
      }
    }
    found->resize(kept);
    if (!has_sure) return;
    std::erase_if(*found, [](const Landmark& l) { return l.weight == 1; });
  }

  const PassageBags& bags_;
  std::vector<Met> in_a_;  // by stem
  std::vector<Met> in_b_;
};

// The greatest of what was put at places up to one (a Fenwick tree).
class PrefixBest {
 public:
  struct Entry {
    int64_t weight = 0;
    int32_t landmark = -1;
  };

  explicit PrefixBest(size_t places) : tree_(places + 1) {}

  void Put(size_t place, const Entry& entry) {
    for (size_t at = place + 1; at < tree_.size(); at += at & -at) {
      if (entry.weight > tree_[at].weight) tree_[at] = entry;
    }
  }
  // Of the places before `place`.
  Entry Before(size_t place) const {
    Entry best;
    for (size_t at = place; at > 0; at -= at & -at) {
      if (tree_[at].weight > best.weight) best = tree_[at];
    }
    return best;
  }

 private:
  std::vector<Entry> tree_;
};

// The heaviest chain of landmarks that ascends on both sides.
std::vector<Landmark> HeaviestChain(const std::vector<Landmark>& landmarks,
                                    const SentenceBlock& block) {
  PrefixBest best(block.b_end - block.b_begin);
  std::vector<int32_t> before(landmarks.size(), -1);
  PrefixBest::Entry last;
  for (size_t i = 0; i < landmarks.size(); ++i) {
    const size_t place = landmarks[i].b - block.b_begin;
    const PrefixBest::Entry chain = best.Before(place);
    before[i] = chain.landmark;
    const PrefixBest::Entry longer = {chain.weight + landmarks[i].weight,
                                      static_cast<int32_t>(i)};
    best.Put(place, longer);
    if (longer.weight > last.weight) last = longer;
  }
  std::vector<Landmark> chain;
  for (int32_t i = last.landmark; i >= 0; i = before[static_cast<size_t>(i)]) {
    chain.push_back(landmarks[static_cast<size_t>(i)]);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// Pairs a passage block by block.
class SentencePairer {
 public:
  SentencePairer(const PassageBags& bags, uint64_t most_pairings)
      : bags_(bags),
        most_pairings_(most_pairings),
        landmarks_(bags),
        table_(bags) {}

  // `same` are sentences that need not be looked at.
  std::vector<SentenceBlock> Pair(
      std::span<const std::pair<uint32_t, uint32_t>> same) {
    SentenceBlock rest = {0, bags_.a.size(), 0, bags_.b.size()};
    for (const auto& [i, j] : same) {
      Divide({rest.a_begin, i, rest.b_begin, j}, kMostDivisions);
      pairs_.push_back({i, i + 1, j, j + 1});
      rest.a_begin = i + 1;
      rest.b_begin = j + 1;
    }
    Divide(rest, kMostDivisions);
    return std::move(pairs_);
  }

 private:
  void Divide(const SentenceBlock& block, int divisions_left) {
    if (block.a_begin == block.a_end && block.b_begin == block.b_end) return;
    if (block.pairings() <= most_pairings_) return table_.Pair(block, &pairs_);
    const std::vector<Landmark> chain =
        divisions_left == 0 ? std::vector<Landmark>()
                            : HeaviestChain(landmarks_.Find(block), block);
    SentenceBlock rest = block;
    for (size_t i = 0; i < chain.size(); ++i) {
      const SentenceBlock part = {rest.a_begin, chain[i].a, rest.b_begin,
                                  chain[i].b};
      if (part.pairings() < most_pairings_ / 16) continue;
      // A border between two landmarks in a row is the safest; without, a
      // block that is about to be too large takes what there is.
      const bool is_safe = i > 0 && chain[i - 1].a + 1 == chain[i].a &&
                           chain[i - 1].b + 1 == chain[i].b;
      if (!is_safe && part.pairings() < most_pairings_ / 4) continue;
      Divide(part, divisions_left - 1);
      rest.a_begin = part.a_end;
      rest.b_begin = part.b_end;
    }
    if (rest.a_begin == block.a_begin && rest.b_begin == block.b_begin) {
      CutEvenly(block);
    } else {
      Divide(rest, divisions_left - 1);
    }
  }

  void CutEvenly(const SentenceBlock& block) {
    const uint64_t of_a = block.a_end - block.a_begin;
    const uint64_t of_b = block.b_end - block.b_begin;
    const auto pieces =
        1 +
        static_cast<uint64_t>(std::sqrt(static_cast<double>(block.pairings()) /
                                        static_cast<double>(most_pairings_)));
    const auto share = [pieces](uint32_t begin, uint64_t all, uint64_t piece) {
      return begin + static_cast<uint32_t>(all * piece / pieces);
    };
    for (uint64_t p = 0; p < pieces; ++p) {
      table_.Pair(
          {share(block.a_begin, of_a, p), share(block.a_begin, of_a, p + 1),
           share(block.b_begin, of_b, p), share(block.b_begin, of_b, p + 1)},
          &pairs_);
    }
  }

  const PassageBags& bags_;
  const uint64_t most_pairings_;
  LandmarkFinder landmarks_;
  SentenceTable table_;
  std::vector<SentenceBlock> pairs_;
};

// Of blocks without partner in a row, those of a first.
void SortLoners(std::vector<SentenceBlock>* pairs) {
  const auto has_both = [](const SentenceBlock& p) { return p.pairings() > 0; };
  for (auto at = pairs->begin(); at != pairs->end();) {
    at = std::find_if_not(at, pairs->end(), has_both);
    const auto end = std::find_if(at, pairs->end(), has_both);
    std::stable_partition(
        at, end, [](const SentenceBlock& p) { return p.a_begin < p.a_end; });
    at = end;
  }
}

// `at` is where a side without sentences stands: after those before it.
WordRange WordsOf(const SentenceBags& side, uint32_t begin, uint32_t end,
                  uint32_t at) {
  if (begin == end) return {at, at};
  return {side.sentences[begin].words.begin, side.sentences[end - 1].words.end};
}

}  // namespace

std::vector<SentencePair> PairSentences(const PassageText& a,
                                        const PassageText& b,
                                        uint64_t most_pairings) {
  const SentenceEnds ends = FindSentenceEnds(a, b);
  const PassageBags bags = MakeBags(a, b, ends);
  std::vector<SentenceBlock> blocks =
      SentencePairer(bags, most_pairings).Pair(ends.same);
  SortLoners(&blocks);
  std::vector<SentencePair> pairs;
  uint32_t at_a = a.range.begin;
  uint32_t at_b = b.range.begin;
  for (const SentenceBlock& block : blocks) {
    pairs.push_back({WordsOf(bags.a, block.a_begin, block.a_end, at_a),
                     WordsOf(bags.b, block.b_begin, block.b_end, at_b)});
    at_a = pairs.back().a.end;
    at_b = pairs.back().b.end;
  }
  return pairs;
}

}  // namespace twicetold
