// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/bullets.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "twicetold/report/white_space.h"

namespace twicetold {
namespace {

std::string_view TextOf(std::string_view utf8, ByteRange range) {
  return utf8.substr(range.begin, range.end - range.begin);
}

// What stands in `piece` behind the last line that ends after the last word of
// `sentence`; empty if nothing does.
ByteRange BulletOf(const ComparedText& text, WordRange sentence,
                   ByteRange piece) {
  if (sentence.empty()) return {};
  const ByteRange last_word = text.words.ranges[sentence.end - 1];
  if (last_word.end >= piece.end) return {};
  const std::string_view gap =
      TextOf(text.text.utf8, {last_word.end, piece.end});
  const size_t line_end = gap.find_last_of("\n\r");
  if (line_end == std::string_view::npos) return {};
  const auto begin = last_word.end + static_cast<uint32_t>(line_end);
  if (begin < piece.begin) return {};
  return WithoutSpaceAround(text.text.utf8, {begin, piece.end});
}

// Takes the end of `piece` off, from `begin` on.
void CutOff(const ComparedText& text, uint32_t begin, ByteRange* piece) {
  *piece = WithoutSpaceAround(text.text.utf8, {piece->begin, begin});
}

void MoveToNext(const Comparison& comparison, SentenceDiff* from,
                SentenceDiff* to) {
  const ComparedText& text_a = comparison.a();
  const ComparedText& text_b = comparison.b();
  if (from->pieces.empty() || to->a.empty() || to->b.empty()) return;
  DiffPiece& last = from->pieces.back();
  if (!last.same) return;
  const ByteRange a = BulletOf(text_a, from->a, last.a);
  const ByteRange b = BulletOf(text_b, from->b, last.b);
  if (IsEmpty(a) ||
      TextOf(text_a.text.utf8, a) != TextOf(text_b.text.utf8, b)) {
    return;
  }
  CutOff(text_a, a.begin, &last.a);
  CutOff(text_b, b.begin, &last.b);
  if (IsEmpty(last.a)) from->pieces.pop_back();
  std::vector<DiffPiece>& pieces = to->pieces;
  if (!pieces.empty() && pieces.front().same) {
    pieces.front().a.begin = a.begin;
    pieces.front().b.begin = b.begin;
  } else {
    pieces.insert(pieces.begin(), {.same = true, .a = a, .b = b});
  }
}

}  // namespace

void MoveBullets(const Comparison& comparison,
                 std::vector<SentenceDiff>* sentences) {
  for (size_t i = 0; i + 1 < sentences->size(); ++i) {
    MoveToNext(comparison, &(*sentences)[i], &(*sentences)[i + 1]);
  }
}

}  // namespace twicetold
