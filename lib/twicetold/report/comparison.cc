// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/comparison.h"

#include "twicetold/passage/word_frequency.h"
#include "twicetold/report/text_lines.h"

namespace twicetold {

const TextLines& ComparedText::lines() const {
  if (lines_ == nullptr) lines_ = std::make_shared<TextLines>(text.utf8);
  return *lines_;
}

const WordFrequency& ComparedText::frequency() const {
  if (frequency_ == nullptr) {
    frequency_ = std::make_shared<WordFrequency>(words);
  }
  return *frequency_;
}

}  // namespace twicetold
