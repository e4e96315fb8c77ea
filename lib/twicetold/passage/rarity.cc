// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/rarity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace twicetold {
namespace {

constexpr size_t kCells = size_t{1} << kRarityCellBits;

uint32_t AddSaturated(uint32_t x, uint32_t y) {
  const uint32_t sum = x + y;
  return sum < x ? std::numeric_limits<uint32_t>::max() : sum;
}

}  // namespace

void WordCounts::Add(std::span<const uint64_t> words) {
  if (words.empty()) return;
  if (counts_.empty()) counts_.resize(kCells);
  for (uint64_t word : words) {
    uint32_t& count = counts_[word >> (64 - kRarityCellBits)];
    count = AddSaturated(count, 1);
  }
  total_ += words.size();
}

void WordCounts::Add(const WordCounts& other) {
  if (other.counts_.empty()) return;
  if (counts_.empty()) counts_.resize(kCells);
  for (size_t i = 0; i < kCells; ++i) {
    counts_[i] = AddSaturated(counts_[i], other.counts_[i]);
  }
  total_ += other.total_;
}

Rarity::Rarity(const WordCounts& counts) {
  if (counts.total() == 0) return;
  const double bits_of_sum = std::log2(static_cast<double>(counts.total()) + 2);
  const auto parts_of = [bits_of_sum](uint32_t count) {
    const double bits = bits_of_sum - std::log2(double{1} + count);
    return static_cast<uint8_t>(std::clamp(bits * kPartsOfBit, 0.0, 255.0));
  };
  const uint8_t unseen = parts_of(0);
  parts_.resize(kCells);
  for (size_t i = 0; i < kCells; ++i) {
    const uint32_t count = counts.counts_[i];
    parts_[i] = count == 0 ? unseen : parts_of(count);
  }
  bits_of_total_ = std::log2(static_cast<double>(counts.total()));
}

}  // namespace twicetold
