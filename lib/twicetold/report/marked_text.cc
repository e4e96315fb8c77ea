// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/marked_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "twicetold/report/display.h"
#include "twicetold/report/line_breaks.h"
#include "twicetold/report/white_space.h"

namespace twicetold {
namespace {

constexpr size_t kMarkWidth = 2;  // of each of [- -] {+ +}

std::string_view Opening(Mark mark, bool color) {
  if (mark == Mark::kDeleted) return color ? "\x1b[1;31m" : "[-";
  return color ? "\x1b[1;32m" : "{+";
}

std::string_view Closing(Mark mark, bool color) {
  if (color) return "\x1b[0m";
  return mark == Mark::kDeleted ? "-]" : "+}";
}

// `word`, harmless; a soft hyphen is shown as the hyphen that it may become.
std::string Shown(std::string_view word) {
  constexpr std::string_view kSoftHyphen = "\u00ad";
  std::string shown;
  for (size_t at; (at = word.find(kSoftHyphen)) != std::string_view::npos;) {
    shown += Harmless(word.substr(0, at)) + "-";
    word.remove_prefix(at + kSoftHyphen.size());
  }
  return shown + Harmless(word);
}

// Fills lines with parts of a text.
class LineSetter {
 public:
  LineSetter(const MarkedText& marked, size_t width, bool color)
      : marked_(marked), width_(width), color_(color) {}

  std::vector<MarkedLine> Set() {
    const std::string_view text = marked_.text;
    size_t begin = 0;
    for (const size_t end : Breaks()) {
      size_t bare_end = end;
      while (bare_end > begin &&
             (text[bare_end - 1] == ' ' || text[bare_end - 1] == '\n')) {
        --bare_end;
      }
      Add(begin, bare_end);
      if (bare_end < end && text[end - 1] == '\n') Finish(end);
      begin = end;
    }
    Finish(text.size());
    return std::move(lines_);
  }

 private:
  std::vector<size_t> Breaks() const {
    std::vector<size_t> breaks = LineBreaks(marked_.text);
    const size_t middle = breaks.size();
    breaks.insert(breaks.end(), marked_.breaks.begin(), marked_.breaks.end());
    std::inplace_merge(breaks.begin(),
                       breaks.begin() + static_cast<ptrdiff_t>(middle),
                       breaks.end());
    breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
    return breaks;
  }

  // A part that is not to be broken, and the spaces before it.
  void Add(size_t begin, size_t end) {
    if (begin == end) return;
    if (WidthOf(line_begin_, end) <= width_) {
      line_end_ = end;
      return;
    }
    if (line_end_ > line_begin_) Finish(begin);
    if (WidthOf(line_begin_, end) <= width_) {
      line_end_ = end;
      return;
    }
    const std::string_view part =
        std::string_view(marked_.text).substr(begin, end - begin);
    for (const size_t grapheme : GraphemeBreaks(part)) {
      const bool fits = WidthOf(line_begin_, begin + grapheme) <= width_;
      if (!fits && line_end_ > line_begin_) Finish(line_end_);
      line_end_ = begin + grapheme;
    }
  }

  // The columns of the text from `begin` to `end` on a line of its own. Parts
  // are measured once: most calls make a line longer by one.
  size_t WidthOf(size_t begin, size_t end) {
    if (begin != measured_begin_ || end < measured_end_) {
      measured_begin_ = measured_end_ = begin;
      measured_ = 0;
    }
    measured_ += DisplayWidth(std::string_view(marked_.text)
                                  .substr(measured_end_, end - measured_end_));
    measured_end_ = end;
    if (color_) return measured_;
    size_t marks = 0;
    ForRuns(begin, end, [&](const MarkedText::Run& run) {
      if (run.begin >= begin) marks += kMarkWidth;
      if (run.end <= end) marks += kMarkWidth;
    });
    return measured_ + marks;
  }

  // Calls `f` with the runs that have text between `begin` and `end`.
  template <typename F>
  void ForRuns(size_t begin, size_t end, F f) const {
    auto run = std::upper_bound(
        marked_.runs.begin(), marked_.runs.end(), begin,
        [](size_t at, const MarkedText::Run& r) { return at < r.end; });
    for (; run != marked_.runs.end() && run->begin < end; ++run) f(*run);
  }

  // Ends the line, the next one begins at `next`.
  void Finish(size_t next) {
    if (line_end_ > line_begin_) {
      MarkedLine line{.bytes = {},
                      .width = WidthOf(line_begin_, line_end_),
                      .begin = line_begin_,
                      .end = next};
      line.bytes = Written();
      lines_.push_back(std::move(line));
    }
    line_begin_ = line_end_ = next;
  }

  // With colour each line is marked for itself, else marks stand only where
  // the run begins and ends.
  std::string Written() const {
    const std::string_view text = marked_.text;
    std::string bytes;
    size_t at = line_begin_;
    ForRuns(line_begin_, line_end_, [&](const MarkedText::Run& run) {
      const size_t begin = std::max(run.begin, line_begin_);
      const size_t end = std::min(run.end, line_end_);
      bytes += text.substr(at, begin - at);
      if (color_ || begin == run.begin) bytes += Opening(run.mark, color_);
      bytes += text.substr(begin, end - begin);
      if (color_ || end == run.end) bytes += Closing(run.mark, color_);
      at = end;
    });
    bytes += text.substr(at, line_end_ - at);
    return bytes;
  }

  const MarkedText& marked_;
  const size_t width_;
  const bool color_;
  std::vector<MarkedLine> lines_;
  size_t line_begin_ = 0;
  size_t line_end_ = 0;
  size_t measured_begin_ = 0;
  size_t measured_end_ = 0;
  size_t measured_ = 0;
};

}  // namespace

void MarkedText::Append(std::string_view utf8, Mark mark, bool keep_lines) {
  const size_t space = SpaceBytes(utf8);
  const auto add_space = [&](std::string_view gap) {
    if (gap.empty() || text.empty() || text.back() == ' ' ||
        text.back() == '\n') {
      return;
    }
    text += keep_lines && CountLineEnds(gap) > 0 ? '\n' : ' ';
  };
  add_space(utf8.substr(0, space));
  utf8.remove_prefix(space);
  const size_t begin = text.size();
  size_t end = begin;
  while (!utf8.empty()) {
    const size_t word = BytesBeforeSpace(utf8);
    text += Shown(utf8.substr(0, word));
    end = text.size();
    utf8.remove_prefix(word);
    const size_t gap = SpaceBytes(utf8);
    add_space(utf8.substr(0, gap));
    utf8.remove_prefix(gap);
  }
  if (mark != Mark::kNone && end > begin) runs.push_back({begin, end, mark});
}

std::vector<MarkedLine> SetInLines(const MarkedText& marked, size_t width,
                                   bool color) {
  return LineSetter(marked, width, color).Set();
}

}  // namespace twicetold
