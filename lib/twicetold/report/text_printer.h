// SPDX-License-Identifier: Apache-2.0
//
// Lines of text for a terminal or a file: styled, padded, wrapped.
//
// Thread safety: none.
#ifndef TWICETOLD_REPORT_TEXT_PRINTER_H_
#define TWICETOLD_REPORT_TEXT_PRINTER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "twicetold/report/output.h"
#include "twicetold/report/text.h"

namespace twicetold {

enum class Emphasis { kNone, kBold, kDim, kRed };

class TextPrinter {
 public:
  // Both have to outlive the printer.
  TextPrinter(const TextStyle& style, const Output& output)
      : style_(style), output_(output) {}

  // False once the output takes no more; then nothing is printed any longer.
  bool open() const { return open_; }
  size_t width() const { return style_.width; }
  bool color() const { return style_.color; }
  bool all() const { return style_.all; }

  // `text` as it is.
  void Put(std::string_view text) { open_ = open_ && output_(text); }

  // A line of words, broken at spaces where the width ends; further lines are
  // indented by `indent` columns. `first` stands before it as it is.
  void PutLine(std::string_view first, std::string_view words, size_t indent,
               Emphasis emphasis = Emphasis::kNone);

  // `text` with the emphasis, where there is colour.
  std::string Styled(Emphasis emphasis, std::string_view text) const;

 private:
  const TextStyle& style_;
  const Output& output_;
  bool open_ = true;
};

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_TEXT_PRINTER_H_
