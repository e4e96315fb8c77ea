// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/elision.h"

#include <string>

#include "twicetold/report/human.h"

namespace twicetold {

std::vector<SentenceStretch> Elide(std::span<const SentenceDiff> sentences,
                                   size_t context) {
  std::vector<SentenceStretch> stretches;
  size_t shown_from = 0;
  const auto show_up_to = [&](size_t end) {
    if (shown_from < end) stretches.push_back({shown_from, end, true});
  };
  for (size_t i = 0; i < sentences.size();) {
    size_t end = i;
    while (end < sentences.size() && sentences[end].same()) ++end;
    const size_t same = end - i;
    if (context < same / 2 && same - 2 * context >= 2) {
      show_up_to(i + context);
      stretches.push_back({i + context, end - context, false});
      shown_from = end - context;
    }
    i = end + 1;
  }
  show_up_to(sentences.size());
  return stretches;
}

void PrintElision(size_t sentences, size_t indent, TextPrinter* printer) {
  const std::string text =
      "... " + HumanCount(sentences, "sentence") + " the same";
  printer->Put(std::string(indent, ' ') +
               printer->Styled(Emphasis::kDim, text) + "\n");
}

}  // namespace twicetold
