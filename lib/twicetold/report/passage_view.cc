// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/passage_view.h"

#include <algorithm>

#include "twicetold/report/display.h"
#include "twicetold/report/white_space.h"

namespace twicetold {
namespace {

PassageSide MakeSide(const ComparedText& text, WordRange range) {
  return {.utf8 = text.text.utf8,
          .words = &text.words,
          .lines = &text.lines(),
          .range = range,
          .wrapped = IsWrapped(text.text.utf8, text.words, range)};
}

// What stands before a word that is not the first of its side.
Gap GapBefore(const PassageSide& side, uint32_t word) {
  if (word == side.range.begin) return Gap::kNone;
  const std::string_view gap = side.Between(side.words->ranges[word - 1].end,
                                            side.words->ranges[word].begin);
  const size_t ends = CountLineEnds(gap);
  if (ends >= 2) return Gap::kParagraph;
  return ends == 1 && !side.wrapped ? Gap::kLine : Gap::kNone;
}

Gap GapBefore(const PassageView& view, const SentenceDiff& sentence) {
  Gap gap = Gap::kNone;
  if (!sentence.a.empty()) gap = GapBefore(view.a, sentence.a.begin);
  if (!sentence.b.empty()) {
    gap = std::max(gap, GapBefore(view.b, sentence.b.begin));
  }
  return gap;
}

}  // namespace

uint32_t PassageSide::FirstLine() const {
  return range.empty() ? 0 : LineOf(words->BytesOf(range).begin);
}

uint32_t PassageSide::LastLine() const {
  return range.empty() ? 0 : LineOf(words->BytesOf(range).end - 1);
}

uint32_t PassageSide::EndOfLine(ByteRange piece) const {
  const uint32_t end = std::min(piece.end, lines->NextAfter(piece.begin));
  const size_t space = SpaceBytes(Between(end, piece.end));
  return end + static_cast<uint32_t>(space);
}

PassageView MakePassageView(const Comparison& comparison, size_t passage) {
  const Passage& p = comparison.passages[passage];
  PassageView view = {
      .a = MakeSide(comparison.a(), p.a),
      .b = MakeSide(comparison.b(), p.b),
      .sentences = ReadableDiff(comparison, comparison.diffs[passage]),
      .gaps = {}};
  view.gaps.reserve(view.sentences.size());
  for (const SentenceDiff& sentence : view.sentences) {
    view.gaps.push_back(view.gaps.empty() ? Gap::kNone
                                          : GapBefore(view, sentence));
  }
  return view;
}

size_t LineNumberWidth(const PassageView& view) {
  return std::to_string(std::max(view.a.LastLine(), view.b.LastLine())).size();
}

std::string MarginNumber(uint32_t line, size_t width) {
  return PadLeft(line == 0 ? "" : std::to_string(line), width);
}

}  // namespace twicetold
