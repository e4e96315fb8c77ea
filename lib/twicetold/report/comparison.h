// SPDX-License-Identifier: Apache-2.0
//
// What comparing two texts, or one with itself, gave, as plain data.
//
// It holds the texts with it: a report shows what stands in them.
//
// Thread safety: plain values.
#ifndef TWICETOLD_REPORT_COMPARISON_H_
#define TWICETOLD_REPORT_COMPARISON_H_

#include <memory>
#include <string>
#include <vector>

#include "twicetold/corpus/encoding.h"
#include "twicetold/passage/edits.h"
#include "twicetold/passage/passage.h"
#include "twicetold/passage/words.h"

namespace twicetold {

class TextLines;
class WordFrequency;

// A document, decoded and taken apart. For one thread at a time.
struct ComparedText {
  std::vector<std::string> names;  // as reached; the first stands for it
  DecodedText text;                // views of what is below, or of the corpus
  Words words;                     // of text.utf8
  // On the heap, so that views stay valid when this is moved.
  std::unique_ptr<std::string> bytes = std::make_unique<std::string>();
  std::unique_ptr<std::string> storage = std::make_unique<std::string>();

  // Made with one pass over the text when they are asked for first.
  const TextLines& lines() const;
  const WordFrequency& frequency() const;

 private:
  mutable std::shared_ptr<const TextLines> lines_;
  mutable std::shared_ptr<const WordFrequency> frequency_;
};

struct Comparison {
  std::vector<ComparedText> texts;  // one, compared with itself, or two
  std::vector<Passage> passages;    // highest score first
  std::vector<PassageDiff> diffs;   // one a passage

  bool within_one() const { return texts.size() == 1; }
  const ComparedText& a() const { return texts.front(); }
  const ComparedText& b() const { return texts.back(); }
};

}  // namespace twicetold

#endif  // TWICETOLD_REPORT_COMPARISON_H_
