// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/sentence_bags.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_map.h"
#include "twicetold/passage/sentence_marks.h"

namespace twicetold {
namespace {

uint32_t LinesBefore(const PassageText& text, uint32_t word) {
  const uint32_t begin = text.words.bare_ranges[word - 1].end;
  const uint32_t end = text.words.bare_ranges[word].begin;
  if (begin >= end) return 0;
  return static_cast<uint32_t>(
      ReadGap(text.utf8.substr(begin, end - begin)).newlines);
}

std::vector<Sentence> SentencesOf(const PassageText& text,
                                  std::span<const uint32_t> ends) {
  std::vector<Sentence> sentences;
  sentences.reserve(ends.size());
  uint32_t begin = text.range.begin;
  for (const uint32_t end : ends) {
    const WordRange words = {begin, text.range.begin + end};
    // A passage begins like a paragraph.
    const uint32_t lines =
        sentences.empty() ? 2 : LinesBefore(text, words.begin);
    sentences.push_back({words, lines});
    begin = words.end;
  }
  return sentences;
}

// Numbers the stems of the passage in the order in which they are met; how
// they are numbered does not show in any result.
class StemNumbers {
 public:
  SentenceBags CountSide(const PassageText& text,
                         std::span<const uint32_t> ends) {
    SentenceBags side;
    side.sentences = SentencesOf(text, ends);
    side.begins.push_back(0);
    for (const Sentence& sentence : side.sentences) {
      AddBag(text.words, sentence.words, &side);
      side.begins.push_back(side.stems.size());
    }
    return side;
  }

  const std::vector<uint32_t>& sentences_with() const {
    return sentences_with_;
  }

 private:
  static constexpr uint32_t kAhead = 32;

  void AddBag(const Words& words, WordRange range, SentenceBags* side) {
    bag_.clear();
    for (uint32_t i = range.begin; i < range.end; ++i) {
      // Of a long text the hashes are in no cache.
      __builtin_prefetch(&words.stem_hashes[words.stems[std::min(
          i + kAhead, words.size() - 1)]]);
      const auto [at, is_new] =
          number_of_.try_emplace(words.stem_hashes[words.stems[i]],
                                 static_cast<uint32_t>(number_of_.size()));
      if (is_new) sentences_with_.push_back(0);
      bag_.push_back(at->second);
    }
    std::sort(bag_.begin(), bag_.end());
    for (size_t i = 0; i < bag_.size(); ++i) {
      if (i > 0 && bag_[i] == bag_[i - 1]) {
        ++side->stems.back().count;
        continue;
      }
      side->stems.push_back({bag_[i], 1});
      ++sentences_with_[bag_[i]];
    }
  }

  absl::flat_hash_map<uint64_t, uint32_t> number_of_;
  std::vector<uint32_t> sentences_with_;
  std::vector<uint32_t> bag_;
};

void Weigh(const std::vector<int64_t>& weights, SentenceBags* side) {
  side->weight_before.push_back(0);
  for (size_t i = 0; i < side->size(); ++i) {
    int64_t weight = side->weight_before.back();
    for (const BagStem& stem : side->BagOf(i)) {
      weight += stem.count * weights[stem.stem];
    }
    side->weight_before.push_back(weight);
  }
}

}  // namespace

PassageBags MakeBags(const PassageText& a, const PassageText& b,
                     const SentenceEnds& ends) {
  PassageBags bags;
  StemNumbers numbers;
  bags.a = numbers.CountSide(a, ends.a);
  bags.b = numbers.CountSide(b, ends.b);
  const double all = 1.0 + bags.a.size() + bags.b.size();
  for (const uint32_t with : numbers.sentences_with()) {
    bags.weights.push_back(std::max<int64_t>(
        1, std::llround(static_cast<double>(kBit) * std::log2(all / with))));
  }
  Weigh(bags.weights, &bags.a);
  Weigh(bags.weights, &bags.b);
  return bags;
}

}  // namespace twicetold
