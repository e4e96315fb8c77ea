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
      shingle_size_(shingle_size),
      loaded_(std::move(loaded)),
      workers_(static_cast<size_t>(workers),
               Worker{.reader = DocumentReader(corpus)}) {}

bool ShingleLoader::Load(uint32_t document, int worker, ShingleSet* set) {
  auto& [reader, shingles, table] = workers_[static_cast<size_t>(worker)];
  const SketchedDocument now = reader.Read(document);
  const SketchedDocument& then = sketched_.documents[document];
  loaded_(then.bytes);
  if (now.skip || now.digest != then.digest) {
    std::lock_guard lock(mutex_);
    changed_.push_back(document);
    return false;
  }
  MakeShingles(reader.tokens(), shingle_size_, &shingles);
  table.MakeDistinct(&shingles);
  set->assign(shingles.begin(), shingles.end());
  return true;
}

std::vector<uint32_t> ShingleLoader::Changed() {
  std::lock_guard lock(mutex_);
  SortDistinct(&changed_);
  return changed_;
}

}  // namespace twicetold
