// SPDX-License-Identifier: Apache-2.0
#include "twicetold/compare_passage.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "twicetold/base/hash.h"
#include "twicetold/compare.h"
#include "twicetold/passage/edits.h"

namespace twicetold {
namespace {

WordRange WordsOf(const LocatedSide& side) {
  return {side.first_word, side.first_word + static_cast<uint32_t>(side.words)};
}

uint64_t MemoryOf(const ComparedText& text) {
  return text.words.memory() + text.bytes->capacity() +
         text.storage->capacity();
}

}  // namespace

// Those of the comparison, which is over.
void PassageComparer::KeepTexts() {
  for (size_t i = 0; i < comparison_.texts.size(); ++i) {
    kept_bytes_ += MemoryOf(comparison_.texts[i]);
    kept_.push_front({documents_[i], std::move(comparison_.texts[i])});
    kept_at_[documents_[i]] = kept_.begin();
  }
  comparison_ = {};
}

// Out of those that are kept, if it is there.
std::optional<ComparedText> PassageComparer::Take(uint32_t document) {
  const auto at = kept_at_.find(document);
  if (at == kept_at_.end()) return Read(document);
  std::optional<ComparedText> text = std::move(at->second->text);
  kept_bytes_ -= MemoryOf(*text);
  kept_.erase(at->second);
  kept_at_.erase(at);
  return text;
}

std::optional<ComparedText> PassageComparer::Read(uint32_t document) const {
  const DocumentRecord& record = result_.documents[document];
  absl::StatusOr<ComparedText> read =
      ReadComparedText(corpus_, record.in_corpus);
  if (!read.ok() || DigestBytes(read->text.source) != record.digest) {
    return std::nullopt;
  }
  return *std::move(read);
}

void PassageComparer::DropOldest() {
  while (kept_bytes_ > most_bytes_) {
    kept_bytes_ -= MemoryOf(kept_.back().text);
    kept_at_.erase(kept_.back().document);
    kept_.pop_back();
  }
}

const Comparison* PassageComparer::Compare(uint32_t id) {
  const PassageRecord& record = result_.passages[id];
  const bool within = record.a.document == record.b.document;
  KeepTexts();
  std::optional<ComparedText> a = Take(record.a.document);
  std::optional<ComparedText> b;
  if (!within) b = Take(record.b.document);
  DropOldest();
  if (!a || (!within && !b)) return nullptr;
  documents_ = {record.a.document, within ? kNone : record.b.document};
  comparison_.texts.push_back(*std::move(a));
  if (!within) comparison_.texts.push_back(*std::move(b));
  comparison_.passages = {
      {.a = WordsOf(record.a),
       .b = WordsOf(record.b),
       .kind = record.kind,
       .score = record.score,
       .common_words = static_cast<uint32_t>(record.common_words)}};
  const ComparedText& side_a = comparison_.a();
  const ComparedText& side_b = comparison_.b();
  comparison_.diffs = {DiffPassage(side_a.text.utf8, side_a.words,
                                   side_b.text.utf8, side_b.words,
                                   comparison_.passages.front())};
  return &comparison_;
}

}  // namespace twicetold
