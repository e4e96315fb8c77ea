// SPDX-License-Identifier: Apache-2.0
//
// Two corpora as one, in the order of names.
//
// Memory: 4 bytes a document. Thread safety: that of the parts.
#ifndef TWICETOLD_CORPUS_JOINED_CORPUS_H_
#define TWICETOLD_CORPUS_JOINED_CORPUS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "twicetold/corpus/corpus.h"

namespace twicetold {

class JoinedCorpus final : public Corpus {
 public:
  // Each has to be in the order of first names by itself; the documents of one
  // name stay together, those of `first` before. Less than 2^31 documents each.
  JoinedCorpus(std::unique_ptr<Corpus> first, std::unique_ptr<Corpus> second);

  size_t size() const override { return order_.size(); }
  std::span<const std::string> names(size_t i) const override {
    return PartOf(i).names(IndexOf(i));
  }
  RecordName record(size_t i) const override {
    return PartOf(i).record(IndexOf(i));
  }
  Role role(size_t i) const override { return PartOf(i).role(IndexOf(i)); }
  uint64_t expected_bytes(size_t i) const override {
    return PartOf(i).expected_bytes(IndexOf(i));
  }
  ReadResult Read(size_t i, std::string* buffer) const override {
    return PartOf(i).Read(IndexOf(i), buffer);
  }
  ReadResult ReadAgain(size_t i, std::string* buffer) const override {
    return PartOf(i).ReadAgain(IndexOf(i), buffer);
  }
  std::span<const SkippedInput> skipped() const override { return skipped_; }

 private:
  // Which part a document is of is the highest bit of its place in order_.
  static constexpr uint32_t kSecond = uint32_t{1} << 31;

  const Corpus& PartOf(size_t i) const { return *parts_[order_[i] >> 31]; }
  size_t IndexOf(size_t i) const { return order_[i] & ~kSecond; }

  std::array<std::unique_ptr<Corpus>, 2> parts_;
  std::vector<uint32_t> order_;
  std::vector<SkippedInput> skipped_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_JOINED_CORPUS_H_
