// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/text_lines.h"

#include <algorithm>
#include <cstddef>

#include "twicetold/report/white_space.h"

namespace twicetold {

TextLines::TextLines(std::string_view utf8) {
  for (size_t i = 0; i < utf8.size(); ++i) {
    const bool ends =
        utf8[i] == '\n' ||
        (utf8[i] == '\r' && (i + 1 == utf8.size() || utf8[i + 1] != '\n'));
    if (ends) starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

uint32_t TextLines::NumberAt(uint32_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(after - starts_.begin()) + 1;
}

uint32_t TextLines::NextAfter(uint32_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return next == starts_.end() ? UINT32_MAX : *next;
}

bool IsWrapped(std::string_view utf8, const Words& words, WordRange range) {
  size_t inside = 0;
  size_t between = 0;
  auto cell = std::lower_bound(
      words.cells.begin(), words.cells.end(), range.begin,
      [](WordRange c, uint32_t word) { return c.end <= word; });
  for (uint32_t i = range.begin + 1; i < range.end; ++i) {
    const uint32_t begin = words.ranges[i - 1].end;
    const uint32_t end = words.ranges[i].begin;
    while (cell != words.cells.end() && cell->end < i) ++cell;
    // An empty line says nothing.
    if (begin >= end || CountLineEnds(utf8.substr(begin, end - begin)) != 1) {
      continue;
    }
    const bool at_end = cell != words.cells.end() && cell->end == i;
    ++(at_end ? between : inside);
  }
  return inside > between;
}

}  // namespace twicetold
