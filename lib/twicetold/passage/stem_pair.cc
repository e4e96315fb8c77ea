// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/stem_pair.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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
  if (pair_.within) {
    std::vector<uint32_t>& number = pair_.b.number;
    if (number.size() < stems_a) number.resize(stems_a);
    std::copy_n(pair_.a.number.begin(), stems_a, number.begin());
  }
  CountCells(pair_.within ? stems_a : NumberSideB());
}

// Gives side b's stems their numbers; says how many numbers there are.
size_t StemPairMaker::NumberSideB() {
  const Words& a = *pair_.a.words;
  const std::vector<uint64_t>& of_b = pair_.b.words->stem_hashes;
  std::vector<uint32_t>& number = pair_.b.number;
  if (number.size() < of_b.size()) number.resize(of_b.size());
  auto next = static_cast<uint32_t>(a.stem_hashes.size());
  if (next == 0) {
    std::iota(number.begin(), number.end(), 0u);
    return of_b.size();
  }
  const uint64_t* const of_a = a.stem_hashes.data();
  const uint32_t* const starts = a.stem_starts.data();
  const uint32_t last = next - 1;
  // Without branches: which stems side a has follows no rule.
  for (size_t j = 0; j < of_b.size(); ++j) {
    const uint64_t hash = of_b[j];
    const size_t bucket = hash >> a.stem_shift;
    const uint32_t first = std::min(starts[bucket], last);
    const uint32_t second = std::min(first + 1, last);
    const uint32_t third = std::min(first + 2, last);
    uint32_t found = of_a[third] == hash ? third : next;
    found = of_a[second] == hash ? second : found;
    found = of_a[first] == hash ? first : found;
    for (uint32_t i = first + 3; i < starts[bucket + 1]; ++i) {
      if (of_a[i] == hash) found = i;
    }
    number[j] = found;
    next += found == next ? 1 : 0;
  }
  return next;
}

void StemPairMaker::CountCells(size_t numbers) {
  const std::vector<uint32_t>& cells_a = pair_.a.words->stem_cells;
  const std::vector<uint32_t>& cells_b = pair_.b.words->stem_cells;
  // Those of side b first.
  std::vector<uint32_t>& with_b = pair_.least_cells;
  with_b.assign(numbers, 0);
  for (size_t i = 0; i < cells_b.size(); ++i) {
    with_b[pair_.b.number[i]] = cells_b[i];
  }
  const double log_cells = std::log(static_cast<double>(pair_.cells));
  pair_.idf.resize(numbers);
  for (size_t i = 0; i < numbers; ++i) {
    const uint32_t with_a = i < cells_a.size() ? cells_a[i] : 0;
    const size_t df = size_t{with_a} + (pair_.within ? 0 : with_b[i]);
    if (df >= logs_.size()) AddLogs(df);
    pair_.idf[i] = log_cells - logs_[df];
    with_b[i] = std::min(with_a, with_b[i]);
  }
}

void StemPairMaker::AddLogs(size_t count) {
  while (logs_.size() <= count) {
    const size_t next = logs_.size();
    logs_.push_back(next == 0 ? 0 : std::log(static_cast<double>(next)));
  }
}

}  // namespace twicetold
