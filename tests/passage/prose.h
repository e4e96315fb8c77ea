// SPDX-License-Identifier: Apache-2.0
//
// Made-up prose: sentences with a capital and a full stop.
#ifndef TWICETOLD_TESTS_PASSAGE_PROSE_H_
#define TWICETOLD_TESTS_PASSAGE_PROSE_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/testing/synthetic.h"

namespace twicetold::testing {

// A sentence is a list of words.
using Sentences = std::vector<Words>;

// Of 8 to 20 words each.
inline Sentences Prose(Random* random, size_t sentences) {
  Sentences prose;
  for (size_t i = 0; i < sentences; ++i) {
    prose.push_back(RandomWords(random, 8 + random->Below(13)));
  }
  return prose;
}

// Each word exchanged for a new one with this chance.
inline Sentences Reworded(Random* random, Sentences prose, double chance) {
  for (Words& sentence : prose) {
    sentence = ReplaceWords(random, std::move(sentence), chance);
  }
  return prose;
}

// One word exchanged for another throughout.
inline Sentences Exchanged(Sentences prose, const std::string& word) {
  for (Words& sentence : prose) {
    std::replace(sentence.begin(), sentence.end(), word,
                 std::string("exchanged"));
  }
  return prose;
}

inline std::string TextOf(const Sentences& prose) {
  std::string text;
  for (const Words& sentence : prose) {
    if (!text.empty()) text += ' ';
    const size_t first = text.size();
    text += Join(sentence);
    if (text.size() > first && 'a' <= text[first] && text[first] <= 'z') {
      text[first] = static_cast<char>(text[first] - 'a' + 'A');
    }
    text += '.';
  }
  return text;
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_PASSAGE_PROSE_H_
