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
  if (number.size() < of_b.size()) number.resize(of_b.size());
  auto next = static_cast<uint32_t>(of_a.size());
  size_t i = 0;
  size_t j = 0;
  // Without branches: which side is next follows no rule.
  while (i < of_a.size() && j < of_b.size()) {
    const uint64_t x = of_a[i];
    const uint64_t y = of_b[j];
    number[j] = x == y ? static_cast<uint32_t>(i) : next;
    next += y < x ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  for (; j < of_b.size(); ++j) number[j] = next++;
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

}  // namespace twicetold
