// SPDX-License-Identifier: Apache-2.0
#include "twicetold/passage/words_cache.h"

#include <string>
#include <utility>

#include "twicetold/corpus/encoding.h"

namespace twicetold {
namespace {

template <typename T>
uint64_t BytesIn(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

uint64_t BytesIn(const Words& words) {
  return BytesIn(words.hashes) + BytesIn(words.stems) + BytesIn(words.ranges) +
         BytesIn(words.cuts) + BytesIn(words.cells) +
         BytesIn(words.cell_stems) + BytesIn(words.cell_begins) +
         BytesIn(words.stem_hashes) + BytesIn(words.stem_cells);
}

template <typename T>
void Shrink(std::vector<T>* values) {
  values->shrink_to_fit();
}

}  // namespace

std::shared_ptr<const Words> WordsCache::Load(uint32_t document) const {
  std::string bytes;
  std::string decoded;
  const ReadResult read = corpus_.Read(document, &bytes);
  if (read.skip || FindBinary(read.text)) return nullptr;
  Words words = MakeWords(Decode(read.text, &decoded).utf8);
  words.bare_ranges = {};
  Shrink(&words.hashes);
  Shrink(&words.stems);
  Shrink(&words.ranges);
  Shrink(&words.cell_stems);
  return std::make_shared<const Words>(std::move(words));
}

void WordsCache::Keep(uint32_t document, std::shared_ptr<const Words> words) {
  used_.push_front(document);
  Entry entry{.words = std::move(words), .used = used_.begin()};
  entry.bytes = BytesIn(*entry.words);
  bytes_ += entry.bytes;
  documents_.emplace(document, std::move(entry));
  while (bytes_ > most_bytes_ && used_.size() > 1) {
    const auto oldest = documents_.find(used_.back());
    bytes_ -= oldest->second.bytes;
    documents_.erase(oldest);
    used_.pop_back();
  }
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
