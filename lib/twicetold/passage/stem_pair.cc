// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/stem_pair.h"

#include <algorithm>
#include <cmath>

namespace twicetold {
namespace {

// The numbers 0 up to `count` at least.
void CountUp(size_t count, std::vector<uint32_t>* numbers) {
  while (numbers->size() < count) {
    numbers->push_back(static_cast<uint32_t>(numbers->size()));
  }
}

constexpr uint32_t kNone = 0xffffffff;

// How many of the hashes, ascending, are in the lower half of all there are.
size_t LowerHalf(const std::vector<uint64_t>& hashes) {
  return static_cast<size_t>(
      std::lower_bound(hashes.begin(), hashes.end(), uint64_t{1} << 63) -
      hashes.begin());
}

// Goes through a part of two ascending lists of stems at once.
struct StemMerge {
  size_t a = 0;
  size_t end_a = 0;
  size_t b = 0;
  size_t end_b = 0;

  bool goes_on() const { return a < end_a && b < end_b; }

  // Notes for a stem of b which of a it is. Without branches: which side is
  // next follows no rule.
  void Step(const uint64_t* of_a, const uint64_t* of_b, uint32_t* number) {
    const uint64_t x = of_a[a];
    const uint64_t y = of_b[b];
    number[b] = x == y ? static_cast<uint32_t>(a) : kNone;
    a += x <= y ? 1 : 0;
    b += y <= x ? 1 : 0;
  }
};

}  // namespace

void StemPairMaker::Start(const Words& a, const Words* b) {
  const size_t stems_a = a.stem_hashes.size();
  pair_.within = b == nullptr;
  pair_.a.words = &a;
  pair_.b.words = b == nullptr ? &a : b;
  pair_.cells = a.cells.size() + (b == nullptr ? 0 : b->cells.size());
  CountUp(stems_a, &pair_.a.number);
  if (pair_.within) pair_.b.number = pair_.a.number;
  CountCells(pair_.within ? stems_a : NumberSideB());
}

// Gives side b's stems their numbers; says how many numbers there are.
size_t StemPairMaker::NumberSideB() {
  const std::vector<uint64_t>& of_a = pair_.a.words->stem_hashes;
  const std::vector<uint64_t>& of_b = pair_.b.words->stem_hashes;
  std::vector<uint32_t>& number = pair_.b.number;
  number.assign(of_b.size(), kNone);
  // Two merges at a time, since each step of one waits for the step before.
  const size_t middle_a = LowerHalf(of_a);
  const size_t middle_b = LowerHalf(of_b);
  StemMerge low{.end_a = middle_a, .end_b = middle_b};
  StemMerge high{
      .a = middle_a, .end_a = of_a.size(), .b = middle_b, .end_b = of_b.size()};
  while (low.goes_on() && high.goes_on()) {
    low.Step(of_a.data(), of_b.data(), number.data());
    high.Step(of_a.data(), of_b.data(), number.data());
  }
  while (low.goes_on()) low.Step(of_a.data(), of_b.data(), number.data());
  while (high.goes_on()) high.Step(of_a.data(), of_b.data(), number.data());
  auto next = static_cast<uint32_t>(of_a.size());
  for (uint32_t& of_stem : number) {
    const bool is_new = of_stem == kNone;
    of_stem = is_new ? next : of_stem;
    next += is_new ? 1 : 0;
  }
  return next;
}

void StemPairMaker::CountCells(size_t numbers) {
  const std::vector<uint32_t>& cells_a = pair_.a.words->stem_cells;
  const std::vector<uint32_t>& cells_b = pair_.b.words->stem_cells;
  std::vector<uint32_t>& with_a = pair_.a.cells_with;
  std::vector<uint32_t>& with_b = pair_.b.cells_with;
  with_a.assign(cells_a.begin(), cells_a.end());
  with_a.resize(numbers, 0);
  with_b.assign(numbers, 0);
  for (size_t i = 0; i < cells_b.size(); ++i) {
    with_b[pair_.b.number[i]] = cells_b[i];
  }
  const double log_cells = std::log(static_cast<double>(pair_.cells));
  pair_.idf.resize(numbers);
  for (size_t i = 0; i < numbers; ++i) {
    const size_t df = with_a[i] + (pair_.within ? 0 : with_b[i]);
    if (df >= logs_.size()) AddLogs(df);
    pair_.idf[i] = log_cells - logs_[df];
  }
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
  return maker.Take();
}

StemPair MakeStemPairWithin(const Words& words) {
  StemPairMaker maker;
  maker.Start(words, nullptr);
  return maker.Take();
}

}  // namespace twicetold
