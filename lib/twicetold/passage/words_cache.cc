// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words_cache.h"

#include <cstddef>
#include <utility>

namespace twicetold {
namespace {

// A loader that had to do with more is not kept.
constexpr size_t kMostLoaderBytes = size_t{2} << 20;
constexpr uint32_t kMostLoaderWords = 1 << 17;

}  // namespace

std::shared_ptr<const Words> WordsCache::Load(uint32_t document) {
  std::unique_ptr<Loader> loader = TakeLoader();
  const DecodedText* text = loader->reader.Read(corpus_, document);
  std::shared_ptr<const Words> words;
  if (text != nullptr) {
    words = std::make_shared<const Words>(loader->maker.Make(text->utf8));
  }
  if (loader->reader.memory() > kMostLoaderBytes ||
      (words != nullptr && words->size() > kMostLoaderWords)) {
    return words;
  }
  std::lock_guard lock(mutex_);
  loaders_.push_back(std::move(loader));
  return words;
}

std::unique_ptr<WordsCache::Loader> WordsCache::TakeLoader() {
  std::lock_guard lock(mutex_);
  if (loaders_.empty()) return std::make_unique<Loader>();
  std::unique_ptr<Loader> loader = std::move(loaders_.back());
  loaders_.pop_back();
  return loader;
}

std::shared_ptr<const Words> WordsCache::Get(uint32_t document) {
  if (auto words = cache_.Find(document)) return words;
  std::shared_ptr<const Words> words = Load(document);
  if (words != nullptr) cache_.Keep(document, words, words->memory());
  return words;
}

}  // namespace twicetold
