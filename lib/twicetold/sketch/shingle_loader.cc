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
      shinglers_(static_cast<size_t>(workers),
                 DocumentShingler(corpus, shingle_size)) {}

bool ShingleLoader::Load(uint32_t document, int worker, ShingleSet* set) {
  DocumentShingler& shingler = shinglers_[static_cast<size_t>(worker)];
  const SketchedDocument now = shingler.Read(document);
  const SketchedDocument& then = sketched_.documents[document];
  loaded_(then.bytes);
  if (now.skip || now.digest != then.digest) {
    std::lock_guard lock(mutex_);
    changed_.push_back(document);
    return false;
  }
  MakeShingleSet(shingler.shingles());
  set->assign(shingler.shingles()->begin(), shingler.shingles()->end());
  return true;
}

std::vector<uint32_t> ShingleLoader::Changed() {
  std::lock_guard lock(mutex_);
  SortDistinct(&changed_);
  return changed_;
}

}  // namespace twicetold
