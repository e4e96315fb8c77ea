// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/sketch.h"

#include <algorithm>

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/shingle.h"

namespace twicetold {
namespace {

uint64_t SeedOf(uint64_t seed, uint64_t use) {
  return Mix(seed + (use + 1) * kRoundMultiplier[0]);
}

}  // namespace

Sketcher::Sketcher(int size, uint64_t seed, const SketchKernels& kernels)
    : kernels_(&kernels),
      direct_seed_(SeedOf(seed, kRounds)),
      multipliers_(static_cast<size_t>(size)) {
  for (uint64_t round = 0; round < kRounds; ++round) {
    round_seeds_[round] = SeedOf(seed, round);
  }
  for (uint64_t slot = 0; slot < multipliers_.size(); ++slot) {
    multipliers_[slot] =
        static_cast<uint32_t>(SeedOf(seed, kRounds + 1 + slot)) | 1;
  }
}

SlotHashes Sketcher::Hashes() const {
  return {.round_seeds = {round_seeds_[0], round_seeds_[1]},
          .direct_seed = direct_seed_,
          .multipliers = multipliers_};
}

void Sketcher::Sketch(std::span<const uint64_t> shingles,
                      std::span<uint32_t> sketch) const {
  std::fill(sketch.begin(), sketch.end(), kEmptySlot);
  if (shingles.empty()) return;
  const SlotHashes hashes = Hashes();
  const uint32_t greatest = kernels_->bucket_minima(shingles, hashes, sketch);
  if (greatest < kDirectRound) return;
  kernels_->direct_minima(shingles, hashes, sketch);
}

void Sketcher::SketchTokens(std::span<const uint64_t> tokens, int shingle_size,
                            std::span<uint32_t> sketch) const {
  const size_t k = static_cast<size_t>(shingle_size);
  if (tokens.size() <= k) {
    if (tokens.empty()) return Sketch({}, sketch);
    const uint64_t shingle = ShortShingle(tokens, shingle_size);
    return Sketch({&shingle, 1}, sketch);
  }
  std::fill(sketch.begin(), sketch.end(), kEmptySlot);
  const SlotHashes hashes = Hashes();
  const size_t count = tokens.size() - k + 1;
  alignas(64) uint64_t piece[kPieceShingles];
  const auto piece_at = [&](size_t begin) {
    return std::span(piece, std::min(kPieceShingles, count - begin));
  };
  uint32_t greatest = kEmptySlot;
  for (size_t begin = 0; begin < count; begin += kPieceShingles) {
    greatest = kernels_->token_minima(tokens.data() + begin, k, hashes, sketch,
                                      piece_at(begin));
  }
  if (greatest < kDirectRound) return;
  for (size_t begin = 0; begin < count; begin += kPieceShingles) {
    const std::span<uint64_t> shingles = piece_at(begin);
    // What is in one piece is still there.
    if (count > kPieceShingles) {
      kernels_->combine_tokens(tokens.data() + begin, shingles.size(), k,
                               shingles.data());
    }
    kernels_->direct_minima(shingles, hashes, sketch);
  }
}

size_t EqualSlots(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  // No slot of a non-empty set is left empty, so one slot tells.
  if (a.empty() || a[0] == kEmptySlot) return 0;
  return ChosenSketchKernels().equal_slots(a, b);
}

double EstimateJaccard(std::span<const uint32_t> a,
                       std::span<const uint32_t> b) {
  if (a.empty()) return 0;
  return static_cast<double>(EqualSlots(a, b)) / static_cast<double>(a.size());
}

void UnionSketch(std::span<uint32_t> a, std::span<const uint32_t> b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] = std::min(a[i], b[i]);
}

}  // namespace twicetold
