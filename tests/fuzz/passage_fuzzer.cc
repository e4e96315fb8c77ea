// SPDX-License-Identifier: Apache-2.0
//
// Two documents of any bytes, and one that is both: passages are stretches of
// words, apart within one document; exchanging the documents exchanges the
// sides and nothing else; edits turn side a into side b.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/fuzz/check.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/locate.h"

namespace {

using twicetold::ByteRange;
using twicetold::DecodedText;
using twicetold::Edit;
using twicetold::EditOp;
using twicetold::Passage;
using twicetold::PassageDiff;
using twicetold::Words;

// So little of everything that short inputs have passages, too.
twicetold::PassageOptions EagerOptions() {
  twicetold::PassageOptions options;
  options.evidence.min_mass = 1;
  options.evidence.min_words = 2;
  options.evidence.min_within_share = .2;
  options.run.min_chars = 24;
  options.summary.min_mass = 2;
  options.summary.min_share = .2;
  options.summary.min_excess = .05;
  return options;
}

struct Document {
  explicit Document(std::string_view bytes)
      : text(twicetold::Decode(bytes, &storage)),
        words(twicetold::MakeWords(text.utf8)) {}

  std::string storage;
  DecodedText text;
  Words words;
};

std::string_view Cut(std::string_view text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

void CheckWords(const Document& document) {
  const Words& words = document.words;
  FUZZ_CHECK(words.ranges.size() == words.size());
  FUZZ_CHECK(words.cuts.size() == words.size() + 1u);
  uint32_t at = 0;
  for (const twicetold::WordRange cell : words.cells) {
    FUZZ_CHECK(cell.begin == at && cell.end > at);
    FUZZ_CHECK(cell.size() <=
               twicetold::kMostCellWords + twicetold::kLeastCellWords);
    at = cell.end;
  }
  FUZZ_CHECK(at == words.size());
  for (uint32_t i = 0; i < words.size(); ++i) {
    const ByteRange wide = words.ranges[i];
    FUZZ_CHECK(wide.begin <= wide.end && wide.end <= document.text.utf8.size());
    FUZZ_CHECK(i == 0 || words.ranges[i - 1].begin <= wide.begin);
  }
}

void CheckSide(const Document& document, twicetold::WordRange side) {
  FUZZ_CHECK(side.begin < side.end && side.end <= document.words.size());
  const ByteRange bytes = document.words.BytesOf(side);
  FUZZ_CHECK(bytes.begin < bytes.end);
  FUZZ_CHECK(bytes.end <= document.text.utf8.size());
}

// In the texts as they are decoded; in the sources they tile, too.
void CheckEdits(const Document& a, const Document& b, const Passage& passage) {
  const PassageDiff diff = twicetold::DiffPassage(
      a.text.utf8, a.words, b.text.utf8, b.words, passage);
  std::vector<ByteRange> in_a;
  std::vector<ByteRange> in_b;
  const ByteRange whole_a = a.words.BytesOf(passage.a);
  const ByteRange whole_b = b.words.BytesOf(passage.b);
  uint32_t at_a = whole_a.begin;
  uint32_t at_b = whole_b.begin;
  std::string told;
  for (const Edit& edit : diff.edits) {
    FUZZ_CHECK(edit.a.begin == at_a && edit.b.begin == at_b);
    at_a = edit.a.end;
    at_b = edit.b.end;
    const std::string_view of_a = Cut(a.text.utf8, edit.a);
    const std::string_view of_b = Cut(b.text.utf8, edit.b);
    FUZZ_CHECK((edit.op == EditOp::kEqual) == (of_a == of_b));
    FUZZ_CHECK((edit.op == EditOp::kInsert) == of_a.empty());
    FUZZ_CHECK((edit.op == EditOp::kDelete) == of_b.empty());
    told += edit.op == EditOp::kEqual ? of_a : of_b;
    in_a.push_back(edit.a);
    in_b.push_back(edit.b);
  }
  FUZZ_CHECK(at_a == whole_a.end && at_b == whole_b.end);
  FUZZ_CHECK(told == Cut(b.text.utf8, whole_b));
  for (const auto& [document, ranges] :
       {std::pair(&a, &in_a), std::pair(&b, &in_b)}) {
    uint32_t at = 0;
    for (const ByteRange& range :
         twicetold::LocateBytes(document->text, *ranges)) {
      FUZZ_CHECK(at == 0 || range.begin == at);
      FUZZ_CHECK(range.begin <= range.end);
      FUZZ_CHECK(range.end <= document->text.source.size());
      at = range.end;
    }
  }
}

void CheckApart(const std::vector<Passage>& passages) {
  for (size_t i = 0; i < passages.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      FUZZ_CHECK(SharedWords(passages[i].a, passages[j].a) == 0 ||
                 SharedWords(passages[i].b, passages[j].b) == 0);
    }
  }
}

std::vector<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, int, double>>
Keys(const std::vector<Passage>& passages, bool swapped) {
  std::vector<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, int, double>>
      keys;
  for (Passage p : passages) {
    if (swapped) std::swap(p.a, p.b);
    keys.emplace_back(p.a.begin, p.a.end, p.b.begin, p.b.end,
                      static_cast<int>(p.kind), p.score);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

// The input: two documents with a byte 1 between them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes =
      twicetold::testing::TextOf(data, size).substr(0, 8192);
  const size_t middle = std::min(bytes.find('\1'), bytes.size());
  const std::string_view bytes_b =
      bytes.substr(std::min(middle + 1, bytes.size()));
  if (twicetold::FindBinary(bytes.substr(0, middle)) ||
      twicetold::FindBinary(bytes_b)) {
    return 0;
  }
  const Document a(bytes.substr(0, middle));
  const Document b(bytes_b);
  CheckWords(a);
  CheckWords(b);
  static const twicetold::PassageOptions options = EagerOptions();
  const auto passages = twicetold::AlignPair(a.words, b.words, options);
  const auto back = twicetold::AlignPair(b.words, a.words, options);
  FUZZ_CHECK(Keys(passages, false) == Keys(back, true));
  CheckApart(passages);
  for (const Passage& passage : passages) {
    CheckSide(a, passage.a);
    CheckSide(b, passage.b);
    FUZZ_CHECK(passage.similarity() >= 0 && passage.similarity() <= 1);
    CheckEdits(a, b, passage);
  }
  const auto within = twicetold::AlignWithin(a.words, options);
  CheckApart(within);
  for (const Passage& passage : within) {
    FUZZ_CHECK(passage.a.end <= passage.b.begin);
    CheckSide(a, passage.a);
    CheckSide(a, passage.b);
    CheckEdits(a, a, passage);
  }
  return 0;
}
