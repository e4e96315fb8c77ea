// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/edits.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/passage/edit_list.h"
#include "twicetold/passage/sentence_ends.h"
#include "twicetold/passage/word_pairs.h"

namespace twicetold {
namespace {

// One side of the passage while it is cut into sentences and words.
class Side {
 public:
  explicit Side(const PassageText& text) : text_(text), at_(BeginOf(text)) {}

  // Goes on to the next sentence: from where the last one ended to the first
  // byte of the next word, or to the end of the passage.
  void Next(WordRange sentence) {
    const std::vector<ByteRange>& ranges = text_.words.ranges;
    bytes_.begin = at_;
    words_.clear();
    keys_.clear();
    if (!sentence.empty()) {
      const uint32_t end = sentence.end == text_.range.end
                               ? ranges[sentence.end - 1].end
                               : ranges[sentence.end].begin;
      at_ = std::max(at_, end);
    }
    bytes_.end = at_;
    for (uint32_t i = sentence.begin; i < sentence.end; ++i) AddWord(i);
  }

  ByteRange bytes() const { return bytes_; }
  std::span<const ByteRange> words() const { return words_; }
  std::span<const WordKey> keys() const { return keys_; }

  // From the end of word `from` - 1 to the begin of word `to`: all of the
  // words between with the gaps around them.
  ByteRange Around(size_t from, size_t to) const {
    return {from == 0 ? bytes_.begin : words_[from - 1].end,
            to == words_.size() ? bytes_.end : words_[to].begin};
  }
  // From the first of these words to the last, without the gaps around them.
  ByteRange From(size_t from, size_t to) const {
    if (from == to) return {};
    return {words_[from].begin, words_[to - 1].end};
  }

 private:
  // Where a passage without words would stand.
  static uint32_t BeginOf(const PassageText& text) {
    const std::vector<ByteRange>& ranges = text.words.ranges;
    if (text.range.begin < ranges.size()) {
      return ranges[text.range.begin].begin;
    }
    return ranges.empty() ? 0 : ranges.back().end;
  }

  // Two words of one character: the second has no bytes of its own.
  void AddWord(uint32_t word) {
    const ByteRange bare = text_.words.bare_ranges[word];
    const uint32_t least = words_.empty() ? bytes_.begin : words_.back().end;
    const uint32_t begin = std::clamp(bare.begin, least, bytes_.end);
    const uint32_t end = std::clamp(bare.end, begin, bytes_.end);
    words_.push_back({begin, end});
    keys_.push_back({text_.words.hashes[word],
                     HashBytes(text_.utf8.substr(begin, end - begin))});
  }

  const PassageText& text_;
  uint32_t at_;
  ByteRange bytes_;
  std::vector<ByteRange> words_;
  std::vector<WordKey> keys_;
};

// The words of one pair of sentences.
void DiffSentences(const Side& a, const Side& b, EditList* edits) {
  size_t next_a = 0;
  size_t next_b = 0;
  const auto add_between = [&](size_t i, size_t j) {
    const ByteRange of_a = a.Around(next_a, i);
    const ByteRange of_b = b.Around(next_b, j);
    if (next_a == i && next_b == j) return edits->AddGap(of_a, of_b);
    edits->AddChange(of_a, a.From(next_a, i), of_b, b.From(next_b, j));
  };
  for (const WordPair& pair : PairWords(a.keys(), b.keys())) {
    add_between(pair.a, pair.b);
    edits->Add(a.words()[pair.a], b.words()[pair.b], true);
    next_a = pair.a + 1;
    next_b = pair.b + 1;
  }
  add_between(a.words().size(), b.words().size());
}

PassageDiff Diff(const PassageText& a, const PassageText& b) {
  PassageDiff diff;
  diff.sentences = PairSentences(a, b);
  EditList edits(a.utf8, b.utf8);
  Side side_a(a);
  Side side_b(b);
  for (const SentencePair& pair : diff.sentences) {
    side_a.Next(pair.a);
    side_b.Next(pair.b);
    if (pair.a.empty() || pair.b.empty()) {
      edits.Add(side_a.bytes(), side_b.bytes(), false);
    } else {
      DiffSentences(side_a, side_b, &edits);
    }
    edits.EndSentence();
    diff.edit_ends.push_back(edits.size());
  }
  diff.edits = edits.Take();
  return diff;
}

// Which of two sides is taken for the first, by what is written there and how
// it is cut; false for sides that are the same.
bool ComesFirst(const PassageText& x, const PassageText& y) {
  const auto bytes = [](const PassageText& text) -> std::string_view {
    if (text.range.empty()) return {};
    const ByteRange range = text.words.BytesOf(text.range);
    return text.utf8.substr(range.begin, range.end - range.begin);
  };
  const std::string_view of_x = bytes(x);
  const std::string_view of_y = bytes(y);
  if (of_x.size() != of_y.size()) return of_x.size() < of_y.size();
  if (of_x != of_y) return of_x < of_y;
  return CellEnds(x) < CellEnds(y);
}

void ExchangeSides(PassageDiff* diff) {
  for (SentencePair& pair : diff->sentences) std::swap(pair.a, pair.b);
  for (Edit& edit : diff->edits) {
    std::swap(edit.a, edit.b);
    if (edit.op == EditOp::kInsert) {
      edit.op = EditOp::kDelete;
    } else if (edit.op == EditOp::kDelete) {
      edit.op = EditOp::kInsert;
    }
  }
}

}  // namespace

std::string_view EditOpName(EditOp op) {
  switch (op) {
    case EditOp::kEqual:
      return "equal";
    case EditOp::kInsert:
      return "insert";
    case EditOp::kDelete:
      return "delete";
    case EditOp::kReplace:
      return "replace";
  }
  return "replace";
}

PassageDiff DiffPassage(std::string_view utf8_a, const Words& a,
                        std::string_view utf8_b, const Words& b,
                        const Passage& passage) {
  const PassageText text_a = {utf8_a, a, passage.a};
  const PassageText text_b = {utf8_b, b, passage.b};
  if (!ComesFirst(text_b, text_a)) return Diff(text_a, text_b);
  PassageDiff diff = Diff(text_b, text_a);
  ExchangeSides(&diff);
  return diff;
}

}  // namespace twicetold
