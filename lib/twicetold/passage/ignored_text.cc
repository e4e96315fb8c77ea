// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/ignored_text.h"

#include <algorithm>
#include <cstddef>

#include "twicetold/passage/chain.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

// Places of one run in one text, at most.
constexpr size_t kMostPlaces = 8;

// The runs of a row of words; none if it has too few.
ShingleList RunsOf(std::span<const uint64_t> hashes) {
  ShingleList runs;
  if (hashes.size() >= size_t{kIgnoredRunWords}) {
    MakeShingles(hashes, kIgnoredRunWords, &runs);
  }
  return runs;
}

// Marks the words of side a that lie in the chain's runs, and those between
// two runs that are close to each other.
void Cover(const Chain& chain, std::vector<uint8_t>* covered) {
  const auto mark = [covered](uint32_t begin, uint32_t end) {
    std::fill(covered->begin() + begin, covered->begin() + end, uint8_t{1});
  };
  const Anchor* last = nullptr;
  for (const Anchor& anchor : chain.anchors) {
    mark(anchor.a, anchor.a + anchor.words);
    if (last != nullptr &&
        anchor.a <= last->a + last->words + kMostBridgedWords &&
        anchor.b <= last->b + last->words + kMostBridgedWords) {
      mark(std::min(last->a + last->words, anchor.a), anchor.a);
    }
    last = &anchor;
  }
}

}  // namespace

IgnoredText::IgnoredText(std::span<const std::string> texts) {
  std::vector<uint64_t> hashes;
  for (const std::string& text : texts) {
    TokenHashes(text, &hashes);
    const ShingleList runs = RunsOf(hashes);
    if (runs.empty()) continue;
    Runs& places = texts_.emplace_back();
    for (uint32_t i = 0; i < runs.size(); ++i) {
      std::vector<uint32_t>& of_run = places[runs[i]];
      if (of_run.size() < kMostPlaces) of_run.push_back(i);
    }
  }
}

double IgnoredText::CoveredShare(std::span<const uint64_t> hashes) const {
  const ShingleList runs = RunsOf(hashes);
  if (texts_.empty() || runs.empty()) return 0;
  std::vector<uint8_t> covered(hashes.size(), 0);
  // A word is worth as much as any other here.
  const std::vector<float> worth(hashes.size(), 1.0F);
  for (const Runs& places : texts_) {
    std::vector<Anchor> anchors;
    for (uint32_t i = 0; i < runs.size(); ++i) {
      const auto at = places.find(runs[i]);
      if (at == places.end()) continue;
      for (const uint32_t place : at->second) {
        anchors.push_back({i, place, kIgnoredRunWords});
      }
    }
    for (const Chain& chain :
         MakeChains(std::move(anchors), worth, kMinChainWords)) {
      Cover(chain, &covered);
    }
  }
  const auto count = std::count(covered.begin(), covered.end(), uint8_t{1});
  return static_cast<double>(count) / static_cast<double>(hashes.size());
}

bool IgnoredText::Covers(std::span<const uint64_t> hashes) const {
  return CoveredShare(hashes) >= kMinIgnoredShare;
}

void LabelIgnored(const IgnoredText& ignored, const Words& a, const Words& b,
                  Passage* passage) {
  if (ignored.empty()) return;
  const auto covers = [&ignored](const Words& words, WordRange range) {
    return ignored.Covers(
        std::span(words.hashes).subspan(range.begin, range.size()));
  };
  if (covers(a, passage->a) || covers(b, passage->b)) {
    passage->kind = PassageKind::kBoilerplate;
  }
}

}  // namespace twicetold
