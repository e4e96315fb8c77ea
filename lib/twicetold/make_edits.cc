// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_edits.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <tuple>
#include <utility>

#include "twicetold/base/lru_cache.h"
#include "twicetold/corpus/text_reader.h"
#include "twicetold/passage/locate.h"
#include "twicetold/passage/words.h"

namespace twicetold {
namespace {

// A document as it is now.
struct PreparedText {
  TextReader reader;
  const DecodedText* text = nullptr;  // null if it cannot be read
  Words words = {};
};

class PreparedTexts {
 public:
  PreparedTexts(const Corpus& corpus, uint64_t most_bytes)
      : corpus_(corpus), cache_(most_bytes) {}

  std::shared_ptr<const PreparedText> Get(uint32_t document) {
    if (auto text = cache_.Find(document)) return text;
    auto made = std::make_shared<PreparedText>();
    made->text = made->reader.Read(corpus_, document);
    if (made->text != nullptr) made->words = MakeWords(made->text->utf8);
    cache_.Keep(document, made, made->reader.memory() + made->words.memory());
    return made;
  }

  void Drop(uint32_t document) { cache_.Drop(document); }

 private:
  const Corpus& corpus_;
  LruCache<PreparedText> cache_;
};

bool Fits(const PreparedText& text, WordRange words) {
  return text.text != nullptr && words.end <= text.words.size();
}

// From decoded texts to the documents as they are, all edits at once: to map
// one takes a pass over a text that is not UTF-8.
void MoveToSource(const DecodedText& text, ByteRange Edit::*side,
                  std::span<std::vector<Edit>* const> edits) {
  std::vector<ByteRange> ranges;
  for (const std::vector<Edit>* of_passage : edits) {
    for (const Edit& edit : *of_passage) ranges.push_back(edit.*side);
  }
  ranges = LocateBytes(text, ranges);
  size_t next = 0;
  for (std::vector<Edit>* of_passage : edits) {
    for (Edit& edit : *of_passage) edit.*side = ranges[next++];
  }
}

class EditMaker {
 public:
  EditMaker(const Corpus& corpus, std::span<const FoundPassage> passages,
            std::span<const uint32_t> named, uint64_t cache_bytes)
      : passages_(passages),
        named_(named),
        texts_(corpus, cache_bytes),
        uses_(corpus.size()),
        edits_(named.size()) {}

  std::vector<std::vector<Edit>> Make(ThreadPool* pool, std::stop_token stop) {
    GroupByPair();
    pool->For(
        begins_.size() - 1, 1,
        [this](size_t begin, size_t end, int /*worker*/) {
          for (size_t i = begin; i < end; ++i) {
            MakePair(std::span(order_).subspan(begins_[i],
                                               begins_[i + 1] - begins_[i]));
          }
        },
        std::move(stop));
    return std::move(edits_);
  }

 private:
  const FoundPassage& At(uint32_t number) const {
    return passages_[named_[number]];
  }

  // Orders the passages by pair of documents, and counts the pairs of each
  // document.
  void GroupByPair() {
    const auto pair = [this](uint32_t number) {
      return std::tuple(At(number).document_a, At(number).document_b);
    };
    order_.resize(named_.size());
    for (uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&pair](uint32_t x, uint32_t y) {
      return std::tuple(pair(x), x) < std::tuple(pair(y), y);
    });
    for (size_t i = 0; i < order_.size(); ++i) {
      if (i > 0 && pair(order_[i - 1]) == pair(order_[i])) continue;
      begins_.push_back(i);
      ++uses_[At(order_[i]).document_a];
      ++uses_[At(order_[i]).document_b];
    }
    begins_.push_back(order_.size());
  }

  void MakePair(std::span<const uint32_t> numbers) {
    const uint32_t document_a = At(numbers.front()).document_a;
    const uint32_t document_b = At(numbers.front()).document_b;
    const auto a = texts_.Get(document_a);
    const auto b = document_a == document_b ? a : texts_.Get(document_b);
    std::vector<std::vector<Edit>*> made;
    for (const uint32_t number : numbers) {
      const Passage& passage = At(number).passage;
      if (!Fits(*a, passage.a) || !Fits(*b, passage.b)) continue;
      edits_[number] =
          DiffPassage(a->text->utf8, a->words, b->text->utf8, b->words, passage)
              .edits;
      made.push_back(&edits_[number]);
    }
    if (!made.empty()) {
      MoveToSource(*a->text, &Edit::a, made);
      MoveToSource(*b->text, &Edit::b, made);
    }
    EndUse(document_a);
    EndUse(document_b);
  }

  void EndUse(uint32_t document) {
    if (--uses_[document] == 0) texts_.Drop(document);
  }

  const std::span<const FoundPassage> passages_;
  const std::span<const uint32_t> named_;
  PreparedTexts texts_;
  std::vector<std::atomic<uint32_t>> uses_;  // to come, of each document
  std::vector<uint32_t> order_;              // indices in named_
  std::vector<size_t> begins_;               // of each pair in it, and the end
  std::vector<std::vector<Edit>> edits_;     // of named_
};

}  // namespace

std::vector<std::vector<Edit>> MakeEdits(const Corpus& corpus,
                                         std::span<const FoundPassage> passages,
                                         std::span<const uint32_t> named,
                                         uint64_t cache_bytes, ThreadPool* pool,
                                         std::stop_token stop) {
  return EditMaker(corpus, passages, named, cache_bytes)
      .Make(pool, std::move(stop));
}

}  // namespace twicetold
