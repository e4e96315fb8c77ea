// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/inline_diff.h"

#include <cstdint>
#include <string>

#include "twicetold/report/elision.h"
#include "twicetold/report/weaver.h"

namespace twicetold {
namespace {

class InlinePrinter {
 public:
  InlinePrinter(const PassageView& view, TextPrinter* printer)
      : view_(view), printer_(printer) {}

  void Print(size_t context) {
    for (const SentenceStretch& stretch : Elide(view_.sentences, context)) {
      if (!printer_->open()) return;
      if (!stretch.shown) {
        PrintElision(stretch.end - stretch.begin, WovenMargin(view_), printer_);
        last_is_long_ = false;
        continue;
      }
      for (size_t i = stretch.begin; i < stretch.end;) {
        const size_t end = EndOfParagraph(i, stretch.end);
        PrintParagraph(i, end, stretch.begin == i);
        i = end;
      }
    }
  }

 private:
  size_t EndOfParagraph(size_t begin, size_t most) const {
    size_t end = begin + 1;
    while (end < most && view_.gaps[end] == Gap::kNone) ++end;
    return end;
  }

  void PrintParagraph(size_t begin, size_t end, bool after_elision) {
    const bool is_long = end - begin > 1;
    if (!after_elision &&
        (view_.gaps[begin] == Gap::kParagraph || is_long || last_is_long_)) {
      printer_->Put("\n");
    }
    last_is_long_ = is_long;
    Weaver weaver(view_, printer_->color());
    uint32_t line_a = 0;
    uint32_t line_b = 0;
    for (size_t i = begin; i < end; ++i) {
      const SentenceDiff& sentence = view_.sentences[i];
      if (line_a == 0) line_a = FirstLine(view_.a, sentence.a);
      if (line_b == 0) line_b = FirstLine(view_.b, sentence.b);
      for (const DiffPiece& piece : PiecesToWeave(sentence)) weaver.Add(piece);
    }
    PrintWoven(view_, weaver.text(), line_a, line_b, printer_);
  }

  const PassageView& view_;
  TextPrinter* const printer_;
  bool last_is_long_ = false;  // the paragraph before
};

}  // namespace

void PrintInline(const PassageView& view, size_t context,
                 TextPrinter* printer) {
  InlinePrinter(view, printer).Print(context);
}

}  // namespace twicetold
