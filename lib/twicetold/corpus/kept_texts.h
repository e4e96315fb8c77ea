// SPDX-License-Identifier: Apache-2.0
//
// A corpus whose texts are kept once they were read, as long as there is room:
// for stages that read the same documents again and again. Small files cost
// more to open than to hold.
//
// What is kept is what was read first, even if the document changes afterwards;
// what found no room is read as it is by then.
// Texts that live in the corpus anyway, not in the buffer of who reads them,
// are not kept.
//
// Memory: `most_bytes` and 16 bytes a document. Thread safety: as every corpus,
// reading is safe from many threads at once; which texts find room may depend
// on threads, but of documents that do not change what is read does not.
#ifndef TWICETOLD_CORPUS_KEPT_TEXTS_H_
#define TWICETOLD_CORPUS_KEPT_TEXTS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "twicetold/corpus/other_corpus.h"

namespace twicetold {

class KeptTexts final : public OtherCorpus {
 public:
  // `corpus` has to outlive this.
  KeptTexts(const Corpus& corpus, uint64_t most_bytes)
      : OtherCorpus(corpus), room_(most_bytes), texts_(corpus.size()) {}

  // A kept text lives as long as this. ReadAgain() keeps nothing.
  ReadResult Read(size_t i, std::string* buffer) const override;
  ReadResult ReadAgain(size_t i, std::string* buffer) const override;

 private:
  enum class State : uint8_t { kNone, kTaken, kKept };
  struct Text {
    std::unique_ptr<char[]> bytes;
    uint32_t size = 0;
    std::atomic<State> state = State::kNone;  // the others are of kKept only
  };

  bool IsKept(size_t i) const {
    return texts_[i].state.load(std::memory_order_acquire) == State::kKept;
  }
  ReadResult Kept(size_t i) const {
    return {.text = {texts_[i].bytes.get(), texts_[i].size}, .skip = {}};
  }
  bool TakeRoom(size_t bytes) const;

  mutable std::atomic<uint64_t> room_;
  mutable std::vector<Text> texts_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_KEPT_TEXTS_H_
