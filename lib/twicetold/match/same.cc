// SPDX-License-Identifier: Apache-2.0
#include "twicetold/match/same.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace twicetold {
namespace {

struct DigestHash {
  size_t operator()(const Digest& digest) const {
    return static_cast<size_t>(digest.low);
  }
};

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// The least documents of a class on either side.
struct Sides {
  uint32_t least_new = kNone;
  uint32_t least_reference = kNone;

  void Add(uint32_t document, Role role) {
    if (IsNew(role)) least_new = std::min(least_new, document);
    if (IsReference(role)) {
      least_reference = std::min(least_reference, document);
    }
  }
  bool Has(uint32_t document) const {
    return document == least_new || document == least_reference;
  }
};

// For each document the first one with the same digest: itself, if it is new.
// Of documents without words nothing is said. The table is of numbers, so that
// it is small for what it holds.
std::vector<uint32_t> FirstsWith(std::span<const DocumentDigests> documents,
                                 Digest DocumentDigests::*digest) {
  std::vector<uint32_t> firsts(documents.size());
  // Open addressing.
  std::vector<uint32_t> slots(std::bit_ceil(2 * documents.size() + 1), kNone);
  const size_t mask = slots.size() - 1;
  for (uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].words == 0) continue;
    const Digest& wanted = documents[i].*digest;
    size_t at = wanted.low & mask;
    while (slots[at] != kNone && documents[slots[at]].*digest != wanted) {
      at = (at + 1) & mask;
    }
    if (slots[at] == kNone) slots[at] = i;
    firsts[i] = slots[at];
  }
  return firsts;
}

using SidesWith = absl::flat_hash_map<Digest, Sides, DigestHash>;

class SideBySide {
 public:
  SideBySide(std::span<const DocumentDigests> documents, Roles roles)
      : documents_(documents), roles_(roles) {
    for (uint32_t i = 0; i < documents.size(); ++i) {
      if (documents[i].words == 0) continue;
      with_bytes_[documents[i].bytes].Add(i, roles[i]);
      with_text_[documents[i].text].Add(i, roles[i]);
    }
  }

  SameDocuments Find() {
    for (uint32_t i = 0; i < documents_.size(); ++i) {
      if (documents_[i].words != 0) Place(i);
    }
    const auto key = [](const SamePair& pair) {
      return std::pair(pair.b, pair.a);
    };
    std::vector<SamePair>& pairs = same_.pairs;
    std::sort(
        pairs.begin(), pairs.end(),
        [&](const SamePair& x, const SamePair& y) { return key(x) < key(y); });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [&](const SamePair& x, const SamePair& y) {
                              return key(x) == key(y);
                            }),
                pairs.end());
    return std::move(same_);
  }

 private:
  void Place(uint32_t document) {
    const Sides& bytes = with_bytes_[documents_[document].bytes];
    const Sides& text = with_text_[documents_[document].text];
    const Role role = roles_[document];
    if (text.Has(document)) {
      same_.distinct.push_back(document);
    } else {
      same_.stand_ins.push_back(
          {document, IsNew(role) ? text.least_new : text.least_reference});
    }
    if (IsNew(role)) {
      AddPair(document, bytes.least_reference);
      AddPair(document, text.least_reference);
    }
    if (IsReference(role)) {
      AddPair(document, bytes.least_new);
      AddPair(document, text.least_new);
    }
  }

  void AddPair(uint32_t document, uint32_t other) {
    if (other == kNone || other == document) return;
    const auto [a, b] = std::minmax(document, other);
    same_.pairs.push_back({a, b,
                           documents_[a].bytes == documents_[b].bytes
                               ? Relation::kIdentical
                               : Relation::kSameText});
  }

  const std::span<const DocumentDigests> documents_;
  const Roles roles_;
  SidesWith with_bytes_;
  SidesWith with_text_;
  SameDocuments same_;
};

}  // namespace

SameDocuments FindSame(std::span<const DocumentDigests> documents, Roles roles,
                       ThreadPool* pool) {
  if (!roles.empty()) return SideBySide(documents, roles).Find();
  // The one of texts could do without documents whose bytes were seen before,
  // which have the text of those; but then it would have to wait.
  std::vector<uint32_t> first_with_bytes;
  std::vector<uint32_t> first_with_text;
  pool->For(2, 1,
            [&](size_t begin, size_t end, int /*worker*/) {
              for (size_t i = begin; i < end; ++i) {
                (i == 0 ? first_with_bytes : first_with_text) =
                    FirstsWith(documents, i == 0 ? &DocumentDigests::bytes
                                                 : &DocumentDigests::text);
              }
            },
            {});
  SameDocuments same;
  same.distinct.reserve(documents.size());
  for (uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].words == 0) continue;
    if (const uint32_t first = first_with_bytes[i]; first != i) {
      same.pairs.push_back({first, i, Relation::kIdentical});
      continue;
    }
    if (const uint32_t first = first_with_text[i]; first != i) {
      same.pairs.push_back({first, i, Relation::kSameText});
      continue;
    }
    same.distinct.push_back(i);
  }
  return same;
}

}  // namespace twicetold
