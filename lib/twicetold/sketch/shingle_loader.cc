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
      workers_(static_cast<size_t>(workers),
               Worker{.reader = DocumentReader(corpus),
                      .sets = ShingleSetMaker(shingle_size)}) {}

bool ShingleLoader::Load(uint32_t document, int worker, ShingleSet* set) {
  auto& [reader, sets] = workers_[static_cast<size_t>(worker)];
  const SketchedDocument now = reader.Read(document);
  const SketchedDocument& then = sketched_.documents[document];
  loaded_(then.bytes);
  if (now.skip || now.digest != then.digest) {
    std::lock_guard lock(mutex_);
    changed_.push_back(document);
    return false;
  }
  *set = sets.Make(reader.tokens());
  return true;
}

std::vector<uint32_t> ShingleLoader::Changed() {
  std::lock_guard lock(mutex_);
  SortDistinct(&changed_);
  return changed_;
}

}  // namespace twicetold
