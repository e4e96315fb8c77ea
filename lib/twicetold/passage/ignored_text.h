// SPDX-License-Identifier: Apache-2.0
//
// Text that is expected to stand in many documents, and whose reuse is no
// news: a licence header, the footer of a site, the questions of a
// questionnaire.
//
// A word is covered by such a text if it lies in a chain (chain.h) of runs of
// three words that both have, or between two of its runs with at most
// kMostBridgedWords words between them on either side. Up to every fourth word
// may thus have been changed, and names and dates filled in. Chains of less
// than kMinChainWords words are chance and cover nothing.
//
// Cost: linear in the texts once, then in the words that are asked for.
// Thread safety: const members may be called from many threads at once.
#ifndef TWICETOLD_PASSAGE_IGNORED_TEXT_H_
#define TWICETOLD_PASSAGE_IGNORED_TEXT_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

// A text of fewer words covers nothing.
inline constexpr int kIgnoredRunWords = 3;
inline constexpr uint32_t kMostBridgedWords = 3;
inline constexpr double kMinChainWords = 6;

// A passage is ignored text if this share of the words of one side is covered.
inline constexpr double kMinIgnoredShare = .8;

class IgnoredText {
 public:
  // Nothing is ignored.
  IgnoredText() = default;

  // `texts` are UTF-8 and need not outlive this.
  explicit IgnoredText(std::span<const std::string> texts);

  bool empty() const { return texts_.empty(); }

  // The share of a row of words, given by their hashes, that some text covers.
  double CoveredShare(std::span<const uint64_t> hashes) const;

  // Whether that is kMinIgnoredShare or more.
  bool Covers(std::span<const uint64_t> hashes) const;

 private:
  // By run: the first places where it stands, ascending.
  using Runs = absl::flat_hash_map<uint64_t, std::vector<uint32_t>>;

  std::vector<Runs> texts_;
};

// Makes a passage boilerplate if one of its sides is ignored text.
void LabelIgnored(const IgnoredText& ignored, const Words& a, const Words& b,
                  Passage* passage);

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_IGNORED_TEXT_H_
