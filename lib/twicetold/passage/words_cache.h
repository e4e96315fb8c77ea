// SPDX-License-Identifier: Apache-2.0
//
// The words of a corpus' documents, read when they are asked for and kept as
// long as there is room.
//
// Cost: a hit is a look-up under a lock; a miss reads, decodes and prepares
// the document. Memory: `most_bytes` and what callers hold on to, and up to 16
// MiB a thread to make words in.
// Thread safety: may be used from many threads at once.
#ifndef TWICETOLD_PASSAGE_WORDS_CACHE_H_
#define TWICETOLD_PASSAGE_WORDS_CACHE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "twicetold/base/lru_cache.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/text_reader.h"
#include "twicetold/passage/words.h"

namespace twicetold {

class WordsCache {
 public:
  // `corpus` has to outlive the cache.
  WordsCache(const Corpus& corpus, uint64_t most_bytes)
      : corpus_(corpus), cache_(most_bytes) {}

  // The words of a document, without bare_ranges; null if it cannot be read.
  std::shared_ptr<const Words> Get(uint32_t document);

  // Makes room: the document will hardly be asked for again.
  void Drop(uint32_t document) { cache_.Drop(document); }

 private:
  // What a thread reads a document with.
  struct Loader {
    TextReader reader;
    WordsMaker maker;
  };

  std::shared_ptr<const Words> Load(uint32_t document);
  std::unique_ptr<Loader> TakeLoader();

  const Corpus& corpus_;
  LruCache<Words> cache_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Loader>> loaders_;  // not in use; guarded
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WORDS_CACHE_H_
