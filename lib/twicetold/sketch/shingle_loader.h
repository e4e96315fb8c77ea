// SPDX-License-Identifier: Apache-2.0
//
// The second pass over a corpus: documents that were sketched are read again
// for their shingle sets.
//
// Guarantee: a set is that of the text that was sketched. A document that has
// another text by now, or none, is taken note of instead.
// Thread safety: Load may be called from many threads, with a worker each.
#ifndef TWICETOLD_SKETCH_SHINGLE_LOADER_H_
#define TWICETOLD_SKETCH_SHINGLE_LOADER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "twicetold/corpus/corpus.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/shingle_set_maker.h"
#include "twicetold/sketch/sketch_corpus.h"

namespace twicetold {

class ShingleLoader {
 public:
  // Told of each document that was loaded, from many threads at once.
  using Loaded = std::function<void(uint64_t bytes)>;

  // `workers`: numbers that Load may be called with.
  ShingleLoader(const Corpus& corpus, const SketchedCorpus& sketched,
                int shingle_size, int workers, Loaded loaded);

  // Sets `*set` to the shingle set of a document; false if it has changed.
  bool Load(uint32_t document, int worker, ShingleSet* set);

  // The size of that set; 0 if the document has changed. Reads nothing if Load
  // was called before for it, in this thread or before it began its work.
  uint64_t Count(uint32_t document, int worker);

  // The documents that have changed, ascending and distinct.
  std::vector<uint32_t> Changed();

 private:
  // A set is smaller: a token has a byte at least, and a document no more.
  static constexpr uint32_t kUnknown = 0xffffffff;

  // What a worker keeps from one document to the next.
  struct Worker {
    DocumentReader reader;
    ShingleSetMaker sets;
  };

  const SketchedCorpus& sketched_;
  const Loaded loaded_;
  std::vector<std::atomic<uint32_t>> sizes_;  // kUnknown before Load
  std::vector<Worker> workers_;
  std::mutex mutex_;
  std::vector<uint32_t> changed_;  // guarded by mutex_
};

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SHINGLE_LOADER_H_
