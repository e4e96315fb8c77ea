// SPDX-License-Identifier: Apache-2.0
//
// Comparisons whose passages are given, for tests of reports.
#ifndef TWICETOLD_TESTS_REPORT_SAMPLE_COMPARISON_H_
#define TWICETOLD_TESTS_REPORT_SAMPLE_COMPARISON_H_

#include <string>
#include <utility>
#include <vector>

#include "twicetold/report/comparison.h"

namespace twicetold::testing {

inline ComparedText MakeText(std::string name, std::string text) {
  ComparedText made;
  made.names = {std::move(name)};
  *made.bytes = std::move(text);
  made.text = Decode(*made.bytes, made.storage.get());
  made.words = MakeWords(made.text.utf8);
  return made;
}

// Adds a passage and its diff.
inline void AddPassage(Passage passage, Comparison* comparison) {
  const ComparedText& a = comparison->a();
  const ComparedText& b = comparison->b();
  comparison->passages.push_back(passage);
  comparison->diffs.push_back(
      DiffPassage(a.text.utf8, a.words, b.text.utf8, b.words, passage));
}

// One passage, which is all of a and all of b.
inline Comparison CompareAll(std::string a, std::string b,
                             PassageKind kind = PassageKind::kReworded,
                             uint32_t common_words = 0) {
  Comparison comparison;
  comparison.texts.push_back(MakeText("a.txt", std::move(a)));
  comparison.texts.push_back(MakeText("b.txt", std::move(b)));
  AddPassage({.a = {0, comparison.a().words.size()},
              .b = {0, comparison.b().words.size()},
              .kind = kind,
              .score = 1,
              .common_words = common_words},
             &comparison);
  return comparison;
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_REPORT_SAMPLE_COMPARISON_H_
