// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words_cache.h"

#include <string>
#include <utility>

#include "twicetold/corpus/encoding.h"

namespace twicetold {
namespace {

// A loader that had to do with more is not kept.
constexpr size_t kMostLoaderBytes = size_t{1} << 20;
constexpr uint32_t kMostLoaderWords = 1 << 17;

}  // namespace

std::shared_ptr<const Words> WordsCache::Load(uint32_t document) {
  std::unique_ptr<Loader> loader = TakeLoader();
  const ReadResult read = corpus_.Read(document, &loader->bytes);
  std::shared_ptr<const Words> words;
  if (!read.skip && !FindBinary(read.text)) {
    words = std::make_shared<const Words>(
        loader->maker.Make(Decode(read.text, &loader->decoded).utf8));
  }
  if (loader->bytes.size() > kMostLoaderBytes ||
      loader->decoded.size() > kMostLoaderBytes ||
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

void WordsCache::Keep(uint32_t document, std::shared_ptr<const Words> words) {
  used_.push_front(document);
  Entry entry{.words = std::move(words), .used = used_.begin()};
  entry.bytes = entry.words->memory();
  bytes_ += entry.bytes;
  documents_.emplace(document, std::move(entry));
  while (bytes_ > most_bytes_ && used_.size() > 1) TakeOut(used_.back());
}

// Under the lock.
std::shared_ptr<const Words> WordsCache::TakeOut(uint32_t document) {
  const auto at = documents_.find(document);
  if (at == documents_.end()) return nullptr;
  std::shared_ptr<const Words> words = std::move(at->second.words);
  bytes_ -= at->second.bytes;
  used_.erase(at->second.used);
  documents_.erase(at);
  return words;
}

void WordsCache::Drop(uint32_t document) {
  std::shared_ptr<const Words> words;  // given back after the lock
  std::lock_guard lock(mutex_);
  words = TakeOut(document);
}

std::shared_ptr<const Words> WordsCache::Get(uint32_t document) {
  {
    std::lock_guard lock(mutex_);
    const auto at = documents_.find(document);
    if (at != documents_.end()) {
      used_.splice(used_.begin(), used_, at->second.used);
      return at->second.words;
    }
  }
  std::shared_ptr<const Words> words = Load(document);
  if (words == nullptr) return nullptr;
  std::lock_guard lock(mutex_);
  // Another thread may have been faster.
  if (!documents_.contains(document)) Keep(document, words);
  return words;
}

}  // namespace twicetold
