// SPDX-License-Identifier: Apache-2.0
//
// A corpus that is another one but for what is overridden. To read again is to
// read, so that what overrides Read() need not override ReadAgain().
//
// Thread safety: that of the other one.
#ifndef TWICETOLD_CORPUS_OTHER_CORPUS_H_
#define TWICETOLD_CORPUS_OTHER_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "twicetold/corpus/corpus.h"

namespace twicetold {

class OtherCorpus : public Corpus {
 public:
  // `corpus` has to outlive this.
  explicit OtherCorpus(const Corpus& corpus) : corpus_(corpus) {}

  size_t size() const override { return corpus_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return corpus_.names(i);
  }
  RecordName record(size_t i) const override { return corpus_.record(i); }
  Role role(size_t i) const override { return corpus_.role(i); }
  uint64_t expected_bytes(size_t i) const override {
    return corpus_.expected_bytes(i);
  }
  ReadResult Read(size_t i, std::string* buffer) const override {
    return corpus_.Read(i, buffer);
  }
  std::span<const SkippedInput> skipped() const override {
    return corpus_.skipped();
  }

 protected:
  const Corpus& corpus() const { return corpus_; }

 private:
  const Corpus& corpus_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_OTHER_CORPUS_H_
