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

}  // namespace

// Takes the text out of the comparison if it is there.
std::optional<ComparedText> PassageComparer::Take(uint32_t document) {
  for (size_t i = 0; i < comparison_.texts.size(); ++i) {
    if (documents_[i] != document) continue;
    std::optional<ComparedText> text = std::move(comparison_.texts[i]);
    documents_[i] = kNone;
    return text;
  }
  const DocumentRecord& record = result_.documents[document];
  absl::StatusOr<ComparedText> read =
      ReadComparedText(corpus_, record.in_corpus);
  if (!read.ok() || DigestBytes(read->text.source) != record.digest) {
    return std::nullopt;
  }
  return *std::move(read);
}

const Comparison* PassageComparer::Compare(uint32_t id) {
  const PassageRecord& record = result_.passages[id];
  const bool within = record.a.document == record.b.document;
  std::optional<ComparedText> a = Take(record.a.document);
  std::optional<ComparedText> b;
  if (!within) b = Take(record.b.document);
  comparison_ = {};
  documents_ = {kNone, kNone};
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
