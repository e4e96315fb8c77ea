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

// The first document that was seen with each digest: a table of numbers, so
// that it is small for what it holds.
class FirstWith {
 public:
  FirstWith(std::span<const DocumentDigests> documents,
            Digest DocumentDigests::*digest)
      : documents_(documents),
        digest_(digest),
        slots_(std::bit_ceil(2 * documents.size() + 1), kNone) {}

  // The first document with the digest of `document`: itself, if it is new.
  uint32_t Enter(uint32_t document) {
    const Digest& digest = documents_[document].*digest_;
    const size_t mask = slots_.size() - 1;
    for (size_t at = digest.low & mask;; at = (at + 1) & mask) {
      if (slots_[at] == kNone) slots_[at] = document;
      if (documents_[slots_[at]].*digest_ == digest) return slots_[at];
    }
  }

 private:
  const std::span<const DocumentDigests> documents_;
  Digest DocumentDigests::*const digest_;
  std::vector<uint32_t> slots_;  // open addressing
};

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

SameDocuments FindSame(std::span<const DocumentDigests> documents,
                       Roles roles) {
  if (!roles.empty()) return SideBySide(documents, roles).Find();
  SameDocuments same;
  FirstWith first_with_bytes(documents, &DocumentDigests::bytes);
  FirstWith first_with_text(documents, &DocumentDigests::text);
  same.distinct.reserve(documents.size());
  for (uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].words == 0) continue;
    if (const uint32_t first = first_with_bytes.Enter(i); first != i) {
      same.pairs.push_back({first, i, Relation::kIdentical});
      continue;
    }
    if (const uint32_t first = first_with_text.Enter(i); first != i) {
      same.pairs.push_back({first, i, Relation::kSameText});
      continue;
    }
    same.distinct.push_back(i);
  }
  return same;
}

}  // namespace twicetold
