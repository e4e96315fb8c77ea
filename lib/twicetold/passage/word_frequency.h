// SPDX-License-Identifier: Apache-2.0
//
// How often each word stands in a text.
//
// Cost: one pass over the words; 12 bytes and more a distinct word.
// Thread safety: constant.
#ifndef TWICETOLD_PASSAGE_WORD_FREQUENCY_H_
#define TWICETOLD_PASSAGE_WORD_FREQUENCY_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "twicetold/passage/words.h"

namespace twicetold {

class WordFrequency {
 public:
  explicit WordFrequency(const Words& words) {
    for (const uint64_t hash : words.hashes) ++count_of_[hash];
  }

  // 0 of a word that is not in the text.
  uint32_t Of(uint64_t hash) const {
    const auto at = count_of_.find(hash);
    return at == count_of_.end() ? 0 : at->second;
  }

 private:
  absl::flat_hash_map<uint64_t, uint32_t> count_of_;
};

}  // namespace twicetold

#endif  // TWICETOLD_PASSAGE_WORD_FREQUENCY_H_
