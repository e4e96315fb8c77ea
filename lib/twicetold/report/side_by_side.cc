// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/side_by_side.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "twicetold/report/display.h"
#include "twicetold/report/elision.h"
#include "twicetold/report/marked_text.h"

namespace twicetold {
namespace {

// Longer lines are hard to read.
constexpr size_t kMostColumns = 100;
constexpr size_t kLeastColumns = 4;

// One side of a sentence, set in lines.
struct Column {
  MarkedText text;
  std::vector<MarkedLine> lines;

  // The source line that begins in line `i`; 0 if none does.
  uint32_t NumberOf(size_t i) const {
    for (const MarkedText::Place& place : text.places) {
      if (place.at >= lines[i].begin && place.at < lines[i].end) {
        return place.line;
      }
    }
    return 0;
  }
};

class ColumnPrinter {
 public:
  ColumnPrinter(const PassageView& view, TextPrinter* printer)
      : view_(view),
        printer_(printer),
        margin_(LineNumberWidth(view)),
        columns_(ColumnsFor(printer->width(), margin_)) {}

  void Print(size_t context) {
    for (const SentenceStretch& stretch : Elide(view_.sentences, context)) {
      if (!printer_->open()) return;
      if (!stretch.shown) {
        PrintElision(stretch.end - stretch.begin, margin_ + 1, printer_);
        last_a_ = last_b_ = 0;
        after_elision_ = true;
        continue;
      }
      for (size_t i = stretch.begin; i < stretch.end; ++i) PrintSentence(i);
    }
  }

 private:
  // Two columns with their margins, a blank behind each, two between.
  static size_t ColumnsFor(size_t width, size_t margin) {
    const size_t taken = 2 * (margin + 1) + kBetween;
    const size_t room = width > taken ? (width - taken) / 2 : 0;
    return std::clamp(room, kLeastColumns, kMostColumns);
  }

  void PrintSentence(size_t i) {
    const SentenceDiff& sentence = view_.sentences[i];
    if (NeedsBlank(i)) printer_->Put("\n");
    after_elision_ = false;
    const Column a = MakeColumn(sentence, view_.a, &DiffPiece::a, &last_a_);
    const Column b = MakeColumn(sentence, view_.b, &DiffPiece::b, &last_b_);
    const size_t rows = std::max(a.lines.size(), b.lines.size());
    for (size_t row = 0; row < rows; ++row) PrintRow(a, b, row);
    sentences_in_line_ += 1;
  }

  // Paragraphs are set apart, and lines that are as good as paragraphs.
  bool NeedsBlank(size_t i) {
    const Gap gap = view_.gaps[i];
    if (gap == Gap::kNone) return false;
    const bool next_is_long =
        i + 1 < view_.gaps.size() && view_.gaps[i + 1] == Gap::kNone;
    const bool last_is_long = sentences_in_line_ > 1;
    sentences_in_line_ = 0;
    return !after_elision_ &&
           (gap == Gap::kParagraph || next_is_long || last_is_long);
  }

  Column MakeColumn(const SentenceDiff& sentence, const PassageSide& side,
                    ByteRange DiffPiece::*range, uint32_t* last_line) const {
    Column column;
    const Mark mark = range == &DiffPiece::a ? Mark::kDeleted : Mark::kInserted;
    uint32_t end = 0;
    for (const DiffPiece& piece : sentence.pieces) {
      const ByteRange at = piece.*range;
      if (IsEmpty(at)) continue;
      if (!column.text.text.empty()) {
        column.text.Append(side.Between(end, at.begin), Mark::kNone,
                           !side.wrapped);
      }
      AppendPiece(side, at, piece.same ? Mark::kNone : mark, last_line,
                  &column.text);
      end = at.end;
    }
    column.lines = SetInLines(column.text, columns_, printer_->color());
    return column;
  }

  // Appends the text of a piece, and notes where lines of the source begin.
  // Those of a wrapped text are noted only where a sentence begins.
  static void AppendPiece(const PassageSide& side, ByteRange at, Mark mark,
                          uint32_t* last_line, MarkedText* text) {
    while (!IsEmpty(at)) {
      const uint32_t line = side.LineOf(at.begin);
      if (line != *last_line && (!side.wrapped || text->text.empty())) {
        text->places.push_back({.at = text->text.size(), .line = line});
        *last_line = line;
      }
      const uint32_t end = side.wrapped ? at.end : side.EndOfLine(at);
      text->Append(side.Between(at.begin, end), mark, !side.wrapped);
      at.begin = end;
    }
  }

  void PrintRow(const Column& a, const Column& b, size_t row) {
    std::string line = Cell(a, row);
    const size_t width = row < a.lines.size() ? a.lines[row].width : 0;
    if (row < b.lines.size()) {
      line.append(columns_ - std::min(width, columns_) + kBetween, ' ');
      line += Cell(b, row);
    }
    const size_t text_end = line.find_last_not_of(' ');
    line.resize(text_end == std::string::npos ? 0 : text_end + 1);
    printer_->Put(line + "\n");
  }

  std::string Cell(const Column& column, size_t row) const {
    const bool has_line = row < column.lines.size();
    const uint32_t number = has_line ? column.NumberOf(row) : 0;
    std::string cell = MarginNumber(number, margin_);
    if (number != 0) cell = printer_->Styled(Emphasis::kDim, cell);
    cell += ' ';
    if (has_line) cell += column.lines[row].bytes;
    return cell;
  }

  static constexpr size_t kBetween = 2;

  const PassageView& view_;
  TextPrinter* const printer_;
  const size_t margin_;   // columns for line numbers
  const size_t columns_;  // for text, on each side
  uint32_t last_a_ = 0;   // source lines shown last
  uint32_t last_b_ = 0;
  size_t sentences_in_line_ = 0;
  bool after_elision_ = false;
};

}  // namespace

void PrintSideBySide(const PassageView& view, size_t context,
                     TextPrinter* printer) {
  ColumnPrinter(view, printer).Print(context);
}

}  // namespace twicetold
