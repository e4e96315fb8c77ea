// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/text_printer.h"

#include <algorithm>
#include <vector>

#include "twicetold/report/display.h"

namespace twicetold {
namespace {

std::string_view CodeOf(Emphasis emphasis) {
  switch (emphasis) {
    case Emphasis::kNone:
      break;
    case Emphasis::kBold:
      return "\x1b[1m";
    case Emphasis::kDim:
      return "\x1b[2m";
    case Emphasis::kRed:
      return "\x1b[31m";
  }
  return "";
}

// The length of the first word of `words`; a percent sign stays with its
// number.
size_t FirstWordLength(std::string_view words) {
  const size_t end = words.find(' ');
  const bool percent =
      end != std::string_view::npos && words.substr(end + 1).starts_with('%');
  return std::min(percent ? words.find(' ', end + 1) : end, words.size());
}

// `words` in lines of at most `room` columns, the first of `first_room`; a
// word that is wider has a line of its own.
std::vector<std::string> Wrap(std::string_view words, size_t first_room,
                              size_t room) {
  std::vector<std::string> lines(1);
  size_t used = 0;
  while (!words.empty()) {
    const size_t end = FirstWordLength(words);
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    const size_t width = DisplayWidth(word);
    const size_t most = lines.size() == 1 ? first_room : room;
    if (used > 0 && used + 1 + width > most) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) lines.back() += ' ';
    lines.back() += word;
    used += width + (used > 0 ? 1 : 0);
  }
  return lines;
}

}  // namespace

std::string TextPrinter::Styled(Emphasis emphasis,
                                std::string_view text) const {
  const bool plain = !style_.color || emphasis == Emphasis::kNone;
  std::string styled(plain ? std::string_view() : CodeOf(emphasis));
  styled += text;
  if (!plain) styled += "\x1b[0m";
  return styled;
}

void TextPrinter::PutLine(std::string_view first, std::string_view words,
                          size_t indent, Emphasis emphasis) {
  const auto room = [this](size_t taken) {
    return width() > taken ? width() - taken : 1;
  };
  Put(first);
  const auto lines = Wrap(words, room(DisplayWidth(first)), room(indent));
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) Put(std::string(indent, ' '));
    Put(Styled(emphasis, lines[i]));
    Put("\n");
  }
}

}  // namespace twicetold
