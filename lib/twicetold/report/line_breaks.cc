// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/line_breaks.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <cstdint>
#include <memory>

namespace twicetold {
namespace {

struct CloseBreaks {
  void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};
struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

std::vector<size_t> Breaks(UBreakIteratorType type, std::string_view utf8) {
  if (utf8.empty()) return {};
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> text(utext_openUTF8(
      nullptr, utf8.data(), static_cast<int64_t>(utf8.size()), &error));
  const std::unique_ptr<UBreakIterator, CloseBreaks> breaks(
      ubrk_open(type, "", nullptr, 0, &error));
  ubrk_setUText(breaks.get(), text.get(), &error);
  std::vector<size_t> ends;
  // Without ICU's data the text is one part.
  if (U_SUCCESS(error)) {
    ubrk_first(breaks.get());
    for (int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE;
         end = ubrk_next(breaks.get())) {
      ends.push_back(static_cast<size_t>(end));
    }
  }
  if (ends.empty() || ends.back() != utf8.size()) ends.push_back(utf8.size());
  return ends;
}

}  // namespace

std::vector<size_t> LineBreaks(std::string_view utf8) {
  return Breaks(UBRK_LINE, utf8);
}

std::vector<size_t> GraphemeBreaks(std::string_view utf8) {
  return Breaks(UBRK_CHARACTER, utf8);
}

}  // namespace twicetold
