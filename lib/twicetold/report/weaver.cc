// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/weaver.h"

#include <algorithm>
#include <string>

namespace twicetold {
namespace {

// Longer lines are hard to read.
constexpr size_t kMostColumns = 100;
constexpr size_t kLeastColumns = 8;

constexpr double kLeastSameness = .3;

}  // namespace

void Weaver::AddSide(const PassageSide& side, ByteRange piece, Mark mark,
                     uint32_t* end) {
  text_.Append(*end == kUnknown ? " " : side.Between(*end, piece.begin),
               Mark::kNone, !side.wrapped);
  text_.Append(side.Between(piece.begin, piece.end), mark, !side.wrapped);
  *end = piece.end;
}

void Weaver::Add(const DiffPiece& piece) {
  if (piece.same) {
    // The space before it stands behind what was added last.
    if (last_is_a_) {
      text_.Append(view_.a.Between(end_a_, piece.a.begin), Mark::kNone,
                   !view_.a.wrapped);
      end_b_ = piece.b.begin;
    }
    AddSide(view_.b, piece.b, Mark::kNone, &end_b_);
    end_a_ = piece.a.end;
    last_is_a_ = false;
    return;
  }
  if (!IsEmpty(piece.a)) {
    AddSide(view_.a, piece.a, Mark::kDeleted, &end_a_);
    last_is_a_ = true;
  }
  if (IsEmpty(piece.b)) return;
  if (!IsEmpty(piece.a)) {
    if (color_) text_.text += ' ';
    text_.breaks.push_back(text_.text.size());
    end_b_ = piece.b.begin;
  }
  AddSide(view_.b, piece.b, Mark::kInserted, &end_b_);
  last_is_a_ = false;
}

void Weaver::Skip(uint32_t end_b) {
  text_.text += text_.text.empty() ? "... " : " ... ";
  end_b_ = end_b;
}

std::vector<DiffPiece> PiecesToWeave(const SentenceDiff& sentence) {
  const std::vector<DiffPiece>& pieces = sentence.pieces;
  if (pieces.size() < 2 || sentence.sameness() >= kLeastSameness) {
    return pieces;
  }
  DiffPiece all;
  for (const DiffPiece& piece : pieces) {
    for (const auto side : {&DiffPiece::a, &DiffPiece::b}) {
      if (IsEmpty(piece.*side)) continue;
      if (IsEmpty(all.*side)) all.*side = piece.*side;
      (all.*side).end = (piece.*side).end;
    }
  }
  return {all};
}

uint32_t FirstLine(const PassageSide& side, WordRange sentence) {
  if (sentence.empty()) return 0;
  return side.LineOf(side.words->ranges[sentence.begin].begin);
}

size_t WovenMargin(const PassageView& view) {
  return 2 * (LineNumberWidth(view) + 1);
}

void PrintWoven(const PassageView& view, const MarkedText& text,
                uint32_t line_a, uint32_t line_b, TextPrinter* printer) {
  const size_t number = LineNumberWidth(view);
  const size_t margin = WovenMargin(view);
  const size_t width = printer->width();
  const size_t columns = std::clamp(width > margin ? width - margin : 0,
                                    kLeastColumns, kMostColumns);
  std::string before =
      printer->Styled(Emphasis::kDim, MarginNumber(line_a, number) + " " +
                                          MarginNumber(line_b, number)) +
      " ";
  for (const MarkedLine& line : SetInLines(text, columns, printer->color())) {
    printer->Put(before + line.bytes + "\n");
    before.assign(margin, ' ');
  }
}

}  // namespace twicetold
