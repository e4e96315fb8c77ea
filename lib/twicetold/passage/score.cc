// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/score.h"

#include <cmath>
#include <memory>

#include "absl/container/flat_hash_map.h"

namespace twicetold {
namespace {

using Counts = absl::flat_hash_map<uint64_t, uint32_t>;

// Similarities from which on a passage is called so.
constexpr double kVerbatim = .95;
constexpr double kLight = .8;

PassageKind KindOf(double similarity) {
  if (similarity >= kVerbatim) return PassageKind::kVerbatim;
  if (similarity >= kLight) return PassageKind::kLight;
  return PassageKind::kReworded;
}

}  // namespace

WordBits RarityAmong(const Words& a, const Words* b) {
  auto counts = std::make_shared<Counts>();
  for (const uint64_t hash : a.hashes) ++(*counts)[hash];
  double total = a.size();
  if (b != nullptr) {
    for (const uint64_t hash : b->hashes) ++(*counts)[hash];
    total += b->size();
  }
  return [counts = std::shared_ptr<const Counts>(std::move(counts)),
          total](uint64_t hash) {
    const auto at = counts->find(hash);
    const double count = at == counts->end() ? 0 : at->second;
    return std::log2((total + 2) / (count + 1));
  };
}

void ScorePassage(const Words& a, const Words& b, const WordBits& bits,
                  Passage* passage) {
  Counts left;
  for (uint32_t i = passage->b.begin; i < passage->b.end; ++i) {
    ++left[b.hashes[i]];
  }
  passage->common_words = 0;
  passage->score = 0;
  for (uint32_t i = passage->a.begin; i < passage->a.end; ++i) {
    const auto at = left.find(a.hashes[i]);
    if (at == left.end() || at->second == 0) continue;
    --at->second;
    ++passage->common_words;
    passage->score += bits(a.hashes[i]);
  }
  if (passage->kind != PassageKind::kSummary) {
    passage->kind = KindOf(passage->similarity());
  }
}

}  // namespace twicetold
