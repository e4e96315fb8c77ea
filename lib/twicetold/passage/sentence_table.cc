// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_table.h"

#include <algorithm>

namespace twicetold {
namespace {

// Of the weight of a pair that need not be shared: in sixteenths.
constexpr int64_t kUnshared = 3;
constexpr int64_t kJoinPrice = 2 * kBit;
constexpr int64_t kLinePrice = 4 * kBit;      // of each line end joined over
constexpr int64_t kLineStartGain = 2 * kBit;  // both begin a line

// How many sentences of a and of b a step takes, those without partner last.
struct Step {
  uint32_t a;
  uint32_t b;
};
constexpr std::array<Step, 9> kSteps = {
    {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}, {0, 0}, {1, 0}, {0, 1}}};
constexpr uint8_t kPairings = 6;
constexpr uint8_t kOnlyA = 7;
constexpr uint8_t kOnlyB = 8;

int64_t PriceOfJoining(const SentenceBags& side, uint32_t begin, uint32_t end) {
  int64_t price = 0;
  for (uint32_t i = begin + 1; i < end; ++i) {
    price +=
        kJoinPrice + kLinePrice * std::min(side.sentences[i].lines_before, 2u);
  }
  return price;
}

int64_t WeightOf(const SentenceBags& side, uint32_t begin, uint32_t end) {
  return side.weight_before[end] - side.weight_before[begin];
}

// The score of a pairing but for what is shared.
int64_t FixedScore(const PassageBags& bags, const SentenceBlock& pair) {
  const bool starts = bags.a.sentences[pair.a_begin].lines_before > 0 &&
                      bags.b.sentences[pair.b_begin].lines_before > 0;
  const int64_t weight = WeightOf(bags.a, pair.a_begin, pair.a_end) +
                         WeightOf(bags.b, pair.b_begin, pair.b_end);
  return (starts ? kLineStartGain : 0) - kUnshared * weight / 16 -
         PriceOfJoining(bags.a, pair.a_begin, pair.a_end) -
         PriceOfJoining(bags.b, pair.b_begin, pair.b_end);
}

}  // namespace

SentenceTable::SentenceTable(const PassageBags& bags)
    : bags_(bags), left_(bags.weights.size(), 0) {
  IndexB();
}

void SentenceTable::IndexB() {
  posting_begins_.assign(bags_.weights.size() + 1, 0);
  for (const BagStem& stem : bags_.b.stems) ++posting_begins_[stem.stem + 1];
  for (size_t i = 1; i < posting_begins_.size(); ++i) {
    posting_begins_[i] += posting_begins_[i - 1];
  }
  postings_.resize(bags_.b.stems.size());
  std::vector<size_t> next = posting_begins_;
  for (uint32_t j = 0; j < bags_.b.size(); ++j) {
    for (const BagStem& stem : bags_.b.BagOf(j)) {
      postings_[next[stem.stem]++] = {j, stem.count};
    }
  }
}

// What sentence i of a shares with each of b.
void SentenceTable::ShareRow(uint32_t i, const SentenceBlock& block) {
  std::vector<int64_t>& row = shares_[i % kRows];
  row.assign(kPad + block.b_end - block.b_begin, 0);
  for (const BagStem& stem : bags_.a.BagOf(i)) {
    const auto end = postings_.begin() +
                     static_cast<ptrdiff_t>(posting_begins_[stem.stem + 1]);
    auto at = std::partition_point(
        postings_.begin() + static_cast<ptrdiff_t>(posting_begins_[stem.stem]),
        end, [&](const Posting& p) { return p.sentence < block.b_begin; });
    for (; at != end && at->sentence < block.b_end; ++at) {
      row[kPad + at->sentence - block.b_begin] +=
          std::min(stem.count, at->count) * bags_.weights[stem.stem];
    }
  }
}

// Most that the last sentences of a window can share, for each pairing: what
// each of them shares with each. Exact for one with one.
SentenceTable::Bounds SentenceTable::BoundShared(uint32_t i, size_t column,
                                                 uint32_t rows_done) const {
  const int64_t* row = shares_[i % kRows].data() + kPad + column;
  const int64_t one = row[0];
  Bounds bounds = {one, one + row[-1], one, 0, one + row[-1] + row[-2], one};
  if (rows_done < 2) return bounds;
  const int64_t* above = shares_[(i - 1) % kRows].data() + kPad + column;
  bounds[2] += above[0];
  bounds[3] = bounds[1] + above[0] + above[-1];
  if (rows_done < 3) return bounds;
  bounds[5] = bounds[2] + shares_[(i - 2) % kRows][kPad + column];
  return bounds;
}

int64_t SentenceTable::Shared(uint32_t a_begin, uint32_t a_end,
                              uint32_t b_begin, uint32_t b_end) {
  const auto bags_in = [](const SentenceBags& side, uint32_t begin,
                          uint32_t end) {
    return std::span(side.stems)
        .subspan(side.begins[begin], side.begins[end] - side.begins[begin]);
  };
  const auto of_a = bags_in(bags_.a, a_begin, a_end);
  for (const BagStem& stem : of_a) left_[stem.stem] += stem.count;
  int64_t shared = 0;
  for (const BagStem& stem : bags_in(bags_.b, b_begin, b_end)) {
    const uint32_t taken = std::min(left_[stem.stem], stem.count);
    left_[stem.stem] -= taken;
    shared += taken * bags_.weights[stem.stem];
  }
  for (const BagStem& stem : of_a) left_[stem.stem] = 0;
  return shared;
}

void SentenceTable::FillRow(uint32_t i, const SentenceBlock& block) {
  const size_t columns = block.b_end - block.b_begin;
  const uint32_t rows_done = i - block.a_begin + 1;
  std::vector<int64_t>& scores = scores_[rows_done % kRows];
  const std::vector<int64_t>& above = scores_[(rows_done - 1) % kRows];
  scores[0] = 0;
  uint8_t* steps = steps_.data() + rows_done * (columns + 1);
  steps[0] = kOnlyA;
  const int64_t* weight_a = bags_.a.weight_before.data();
  const int64_t* weight_b = bags_.b.weight_before.data();
  for (size_t c = 1; c <= columns; ++c) {
    const uint32_t j = block.b_begin + static_cast<uint32_t>(c);
    int64_t best = std::max(above[c], scores[c - 1]);
    uint8_t best_step = above[c] >= scores[c - 1] ? kOnlyA : kOnlyB;
    const Bounds bounds = BoundShared(i, c - 1, rows_done);
    for (uint8_t s = 0; s < kPairings; ++s) {
      const auto [da, db] = kSteps[s];
      if (da > rows_done || db > c) continue;
      const int64_t bound = bounds[s];
      // Without looking further: not even with the gain.
      const int64_t weight = weight_a[i + 1] - weight_a[i + 1 - da] +
                             weight_b[j] - weight_b[j - db];
      if (2 * bound + kLineStartGain <= kUnshared * weight / 16) continue;
      const SentenceBlock pair = {i + 1 - da, i + 1, j - db, j};
      const int64_t fixed = FixedScore(bags_, pair);
      const int64_t before = scores_[(rows_done - da) % kRows][c - db];
      if (bound == 0 || 2 * bound + fixed <= 0 ||
          before + 2 * bound + fixed < best) {
        continue;
      }
      const int64_t shared = da + db == 2 ? bound
                                          : Shared(pair.a_begin, pair.a_end,
                                                   pair.b_begin, pair.b_end);
      const int64_t score = before + 2 * shared + fixed;
      // At the same score, partners rather than none; else the earlier step.
      if (score > best || (score == best && best_step >= kPairings)) {
        best = score;
        best_step = s;
      }
    }
    scores[c] = best;
    steps[c] = best_step;
  }
}

void SentenceTable::Trace(const SentenceBlock& block,
                          std::vector<SentenceBlock>* pairs) {
  const size_t first = pairs->size();
  const size_t columns = block.b_end - block.b_begin;
  uint32_t i = block.a_end;
  uint32_t j = block.b_end;
  while (i > block.a_begin || j > block.b_begin) {
    const auto [da, db] = kSteps[steps_[(i - block.a_begin) * (columns + 1) +
                                        (j - block.b_begin)]];
    pairs->push_back({i - da, i, j - db, j});
    i -= da;
    j -= db;
  }
  std::reverse(pairs->begin() + static_cast<ptrdiff_t>(first), pairs->end());
}

void SentenceTable::Pair(const SentenceBlock& block,
                         std::vector<SentenceBlock>* pairs) {
  const size_t columns = block.b_end - block.b_begin;
  steps_.assign((block.a_end - block.a_begin + 1) * (columns + 1), kOnlyB);
  for (std::vector<int64_t>& scores : scores_) scores.assign(columns + 1, 0);
  for (uint32_t i = block.a_begin; i < block.a_end; ++i) {
    ShareRow(i, block);
    FillRow(i, block);
  }
  Trace(block, pairs);
}

}  // namespace twicetold
