// SPDX-License-Identifier: Apache-2.0
//
// Made-up documents as the passage engine sees them: hashes of words.
#ifndef TWICETOLD_TESTS_PASSAGE_HASHED_TEXT_H_
#define TWICETOLD_TESTS_PASSAGE_HASHED_TEXT_H_

#include <cstdint>
#include <vector>

#include "tests/testing/synthetic.h"
#include "twicetold/base/parallel.h"
#include "twicetold/passage/anchor_index.h"
#include "twicetold/text/tokenize.h"

namespace twicetold::testing {

using Hashes = std::vector<uint64_t>;

inline Hashes HashesOf(const Words& words) {
  Hashes hashes;
  for (const std::string& word : words) hashes.push_back(HashToken(word));
  return hashes;
}

inline AnchorIndex IndexOf(const std::vector<Hashes>& documents,
                           const AnchorOptions& options, ThreadPool* pool) {
  return BuildAnchorIndex(static_cast<uint32_t>(documents.size()), options,
                          [&](uint32_t document, int, Hashes* hashes) {
                            *hashes = documents[document];
                            return true;
                          },
                          pool, {});
}

template <typename T>
void Append(std::vector<T>* to, const std::vector<T>& from) {
  to->insert(to->end(), from.begin(), from.end());
}

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_PASSAGE_HASHED_TEXT_H_
