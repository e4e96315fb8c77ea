// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/stem_pair.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace twicetold {
namespace {

// Room for what is known of each stem of a text; it never shrinks.
void MakeRoom(const Words& words, PairSide* side,
              std::vector<uint32_t>* cover) {
  const size_t stems = words.stem_hashes.size();
  if (side->number.size() < stems) side->number.resize(stems);
  if (cover->size() < stems) cover->resize(stems);
}

// Words::kNoStem means that there is none.
constexpr uint32_t kUnknown = Words::kNoStem - 1;

bool Holds(WordRange range, WordRange part) {
  return range.begin <= part.begin && part.end <= range.end;
}

bool Meets(WordRange x, WordRange y) {
  return x.begin <= y.end && y.begin <= x.end;
}

}  // namespace

void StemPairMaker::Start(const Words& a, const Words* b) {
  pair_.within = b == nullptr;
  pair_.a.words = &a;
  pair_.b.words = b == nullptr ? &a : b;
  pair_.cells = a.cells.size() + (b == nullptr ? 0 : b->cells.size());
  log_cells_ = std::log(static_cast<double>(pair_.cells));
  MakeRoom(a, &pair_.a, &cover_of_a_);
  MakeRoom(*pair_.b.words, &pair_.b, &cover_of_b_);
  in_b_of_a_.assign(b == nullptr ? 0 : a.stem_hashes.size(), kUnknown);
  in_a_of_b_.assign(b == nullptr ? 0 : b->stem_hashes.size(), kUnknown);
  Cover({}, {});
}

void StemPairMaker::Cover(WordRange a, WordRange b) {
  if (++cover_ == 0) {  // once in 2^32 times
    std::fill(cover_of_a_.begin(), cover_of_a_.end(), 0);
    std::fill(cover_of_b_.begin(), cover_of_b_.end(), 0);
    cover_ = 1;
  }
  pair_.idf.clear();
  pair_.a.cells_with.clear();
  pair_.b.cells_with.clear();
  pair_.a.covered = a;
  pair_.b.covered = b;
  pair_.a.stems.resize(a.size());
  pair_.b.stems.resize(b.size());
  NumberWords(&pair_.a, a, pair_.a.stems.data());
  NumberWords(&pair_.b, b, pair_.b.stems.data());
}

void StemPairMaker::Need(WordRange a, WordRange b) {
  if (Holds(pair_.a.covered, a) && Holds(pair_.b.covered, b)) return;
  if (!Meets(pair_.a.covered, a) || !Meets(pair_.b.covered, b)) {
    Cover(a, b);
    return;
  }
  Widen(&pair_.a, a);
  Widen(&pair_.b, b);
}

void StemPairMaker::Widen(PairSide* side, WordRange words) {
  WordRange& covered = side->covered;
  if (words.begin < covered.begin) {
    const WordRange more = {words.begin, covered.begin};
    side->stems.insert(side->stems.begin(), more.size(), 0);
    NumberWords(side, more, side->stems.data());
    covered.begin = words.begin;
  }
  if (words.end > covered.end) {
    const WordRange more = {covered.end, words.end};
    const size_t before = side->stems.size();
    side->stems.resize(before + more.size());
    NumberWords(side, more, side->stems.data() + before);
    covered.end = words.end;
  }
}

void StemPairMaker::NumberWords(PairSide* side, WordRange words,
                                uint32_t* stems) {
  const std::vector<uint32_t>& cover =
      side == &pair_.a ? cover_of_a_ : cover_of_b_;
  const uint32_t* of_word = side->words->stems.data();
  for (uint32_t i = words.begin; i < words.end; ++i) {
    const uint32_t stem = of_word[i];
    *stems++ =
        cover[stem] == cover_ ? side->number[stem] : AddStem(*side, stem);
  }
}

// Gives the stem, an index in the side's stem_hashes, the next number.
uint32_t StemPairMaker::AddStem(const PairSide& side, uint32_t stem) {
  const bool is_a = &side == &pair_.a;
  const auto number = static_cast<uint32_t>(pair_.idf.size());
  const uint32_t in_other = InOther(side, stem);
  const uint32_t in_a = is_a ? stem : in_other;
  const uint32_t in_b = is_a ? in_other : stem;
  const auto note = [&](uint32_t index, PairSide* to,
                        std::vector<uint32_t>* cover) {
    const bool has_it = index != Words::kNoStem;
    to->cells_with.push_back(has_it ? to->words->stem_cells[index] : 0);
    if (!has_it) return;
    to->number[index] = number;
    (*cover)[index] = cover_;
  };
  note(in_a, &pair_.a, &cover_of_a_);
  note(in_b, &pair_.b, &cover_of_b_);
  const size_t df = pair_.a.cells_with[number] +
                    (pair_.within ? 0 : pair_.b.cells_with[number]);
  if (df >= logs_.size()) AddLogs(df);
  pair_.idf.push_back(log_cells_ - logs_[df]);
  return number;
}

uint32_t StemPairMaker::InOther(const PairSide& side, uint32_t stem) {
  if (pair_.within) return stem;
  const bool is_a = &side == &pair_.a;
  uint32_t& index = (is_a ? in_b_of_a_ : in_a_of_b_)[stem];
  if (index == kUnknown) {
    const Words& other = *(is_a ? pair_.b : pair_.a).words;
    index = other.FindStem(side.words->stem_hashes[stem]);
    if (index != Words::kNoStem) {
      (is_a ? in_a_of_b_ : in_b_of_a_)[index] = stem;
    }
  }
  return index;
}

void StemPairMaker::AddLogs(size_t count) {
  while (logs_.size() <= count) {
    const size_t next = logs_.size();
    logs_.push_back(next == 0 ? 0 : std::log(static_cast<double>(next)));
  }
}

StemPair MakeStemPair(const Words& a, const Words& b) {
  StemPairMaker maker;
  maker.Start(a, &b);
  maker.Cover({0, a.size()}, {0, b.size()});
  return maker.Take();
}

StemPair MakeStemPairWithin(const Words& words) {
  StemPairMaker maker;
  maker.Start(words, nullptr);
  maker.Cover({0, words.size()}, {0, words.size()});
  return maker.Take();
}

}  // namespace twicetold
