// SPDX-License-Identifier: Apache-2.0
//
// A corpus that counts how often its documents are read.
#ifndef TWICETOLD_TESTS_TESTING_COUNTING_CORPUS_H_
#define TWICETOLD_TESTS_TESTING_COUNTING_CORPUS_H_

#include <atomic>
#include <cstddef>
#include <string>

#include "twicetold/corpus/other_corpus.h"

namespace twicetold::testing {

class CountingCorpus final : public OtherCorpus {
 public:
  using OtherCorpus::OtherCorpus;

  ReadResult Read(size_t i, std::string* buffer) const override {
    ++reads;
    return OtherCorpus::Read(i, buffer);
  }

  mutable std::atomic<int> reads = 0;
};

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_COUNTING_CORPUS_H_
