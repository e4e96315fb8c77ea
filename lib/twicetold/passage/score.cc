// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/score.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "twicetold/passage/word_order.h"

namespace twicetold {
namespace {

using Counts = absl::flat_hash_map<uint64_t, uint32_t>;

// Similarities from which on a passage is called so.
constexpr double kVerbatim = .95;
constexpr double kLight = .8;

// Of the same words, so many have to be in the same order to be verbatim.
constexpr double kInOrder = .9;

// Of a table of few different words, any two parts have much the same words.
bool AreInOrder(const Words& a, const Words& b, const Passage& passage) {
  const uint32_t words = WordsInOrder(
      std::span(a.hashes).subspan(passage.a.begin, passage.a.size()),
      std::span(b.hashes).subspan(passage.b.begin, passage.b.size()));
  return words >= kInOrder * passage.common_words;
}

PassageKind KindOf(const Words& a, const Words& b, const Passage& passage) {
  const double similarity = passage.similarity();
  if (similarity >= kVerbatim && AreInOrder(a, b, passage)) {
    return PassageKind::kVerbatim;
  }
  if (similarity >= kLight) return PassageKind::kLight;
  return PassageKind::kReworded;
}

// Of a long text the counts are in no cache: they are asked for ahead.
void CountWords(std::span<const uint64_t> words, Counts* counts) {
  constexpr size_t kAhead = 16;
  for (size_t i = 0; i < words.size(); ++i) {
    counts->prefetch(words[std::min(i + kAhead, words.size() - 1)]);
    ++(*counts)[words[i]];
  }
}

}  // namespace

WordBits RarityAmong(const Words& a, const Words* b) {
  auto counts = std::make_shared<Counts>();
  CountWords(a.hashes, counts.get());
  double total = a.size();
  if (b != nullptr) {
    CountWords(b->hashes, counts.get());
    total += b->size();
  }
  return [counts = std::shared_ptr<const Counts>(std::move(counts)),
          total](uint64_t hash) {
    const auto at = counts->find(hash);
    const double count = at == counts->end() ? 0 : at->second;
    return std::log2((total + 2) / (count + 1));
  };
}

void PassageScorer::Load(std::span<const uint64_t> words) {
  slots_.assign(std::bit_ceil(2 * words.size() + 1), {});
  mask_ = slots_.size() - 1;
  for (const uint64_t word : words) {
    Slot& slot = Find(word);
    slot.word = word;
    ++slot.all;
    ++slot.left;
  }
}

PassageScorer::Slot& PassageScorer::Find(uint64_t word) {
  size_t at = word & mask_;
  while (slots_[at].all != 0 && slots_[at].word != word) at = (at + 1) & mask_;
  return slots_[at];
}

void PassageScorer::Score(const Words& a, const Words& b, const WordBits& bits,
                          Passage* passage) {
  Load(std::span(b.hashes).subspan(passage->b.begin, passage->b.size()));
  passage->common_words = 0;
  passage->score = 0;
  for (uint32_t i = passage->a.begin; i < passage->a.end; ++i) {
    Slot& slot = Find(a.hashes[i]);
    if (slot.left == 0) continue;
    --slot.left;
    ++passage->common_words;
    passage->score += bits(a.hashes[i]);
  }
  if (passage->kind != PassageKind::kSummary) {
    passage->kind = KindOf(a, b, *passage);
  }
}

}  // namespace twicetold
