// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle_loader.h"

#include <cstddef>
#include <utility>

#include "twicetold/base/sort_distinct.h"

namespace twicetold {

ShingleLoader::ShingleLoader(const Corpus& corpus,
                             const SketchedCorpus& sketched, int shingle_size,
                             int workers, Loaded loaded)
    : sketched_(sketched),
      loaded_(std::move(loaded)),
      sizes_(sketched.documents.size()),
      workers_(static_cast<size_t>(workers),
               Worker{.reader = DocumentReader(corpus),
                      .sets = ShingleSetMaker(shingle_size)}) {
  for (auto& size : sizes_) size.store(kUnknown, std::memory_order_relaxed);
}

bool ShingleLoader::Load(uint32_t document, int worker, ShingleSet* set) {
  auto& [reader, sets] = workers_[static_cast<size_t>(worker)];
  const SketchedDocument& then = sketched_.documents[document];
  loaded_(then.bytes);
  sizes_[document].store(0, std::memory_order_relaxed);
  if (!reader.ReadAgain(document, sketched_.digests[document].bytes,
                        then.encoding)) {
    std::lock_guard lock(mutex_);
    changed_.push_back(document);
    return false;
  }
  sets.MakeIn(reader.tokens(), set);
  sizes_[document].store(static_cast<uint32_t>(set->size()),
                         std::memory_order_relaxed);
  return true;
}

uint64_t ShingleLoader::Count(uint32_t document, int worker) {
  const uint32_t size = sizes_[document].load(std::memory_order_relaxed);
  if (size != kUnknown) {
    loaded_(sketched_.documents[document].bytes);
    return size;
  }
  ShingleSet set;
  return Load(document, worker, &set) ? set.size() : 0;
}

std::vector<uint32_t> ShingleLoader::Changed() {
  std::lock_guard lock(mutex_);
  SortDistinct(&changed_);
  return changed_;
}

}  // namespace twicetold
