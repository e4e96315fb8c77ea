// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/same.h"

#include <cstddef>

#include "absl/container/flat_hash_map.h"

namespace twicetold {
namespace {

struct DigestHash {
  size_t operator()(const Digest& digest) const {
    return static_cast<size_t>(digest.low);
  }
};

// The first document that was seen with a digest.
using FirstWith = absl::flat_hash_map<Digest, uint32_t, DigestHash>;

}  // namespace

SameDocuments FindSame(std::span<const DocumentDigests> documents) {
  SameDocuments same;
  FirstWith first_with_bytes;
  FirstWith first_with_text;
  for (uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].words == 0) continue;
    const auto [bytes, bytes_are_new] =
        first_with_bytes.try_emplace(documents[i].bytes, i);
    if (!bytes_are_new) {
      same.pairs.push_back({bytes->second, i, Relation::kIdentical});
      continue;
    }
    const auto [text, text_is_new] =
        first_with_text.try_emplace(documents[i].text, i);
    if (!text_is_new) {
      same.pairs.push_back({text->second, i, Relation::kSameText});
      continue;
    }
    same.distinct.push_back(i);
  }
  return same;
}

}  // namespace twicetold
