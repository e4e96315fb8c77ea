// SPDX-License-Identifier: Apache-2.0
#include "twicetold/compare.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "twicetold/passage/align.h"
#include "twicetold/passage/ignored_text.h"

namespace twicetold {
namespace {

absl::Status StatusOf(const std::string& name, const Skip& skip) {
  const std::string message = name + ": " + SkipWords(skip);
  switch (skip.reason) {
    case SkipReason::kNotFound:
      return absl::NotFoundError(message);
    case SkipReason::kBinary:
      return absl::InvalidArgumentError(message);
    case SkipReason::kTooLarge:
      return absl::ResourceExhaustedError(message);
    default:
      return absl::UnavailableError(message);
  }
}

}  // namespace

absl::StatusOr<ComparedText> ReadComparedText(const Corpus& corpus, size_t i) {
  ComparedText text;
  text.names.assign(corpus.names(i).begin(), corpus.names(i).end());
  const ReadResult read = corpus.Read(i, text.bytes.get());
  const std::string& name = text.names.front();
  if (read.skip && read.skip->reason != SkipReason::kEmpty) {
    return StatusOf(name, *read.skip);
  }
  const std::string_view bytes = read.skip ? std::string_view() : read.text;
  if (const auto nul = FindBinary(bytes)) {
    return StatusOf(name, SkipForNul(*nul));
  }
  text.text = Decode(bytes, text.storage.get());
  // Offsets in a text are 32 bits.
  if (text.text.utf8.size() >= UINT32_MAX) {
    return StatusOf(name, {SkipReason::kTooLarge, "4 GiB of text or more"});
  }
  text.words = MakeWords(text.text.utf8);
  return text;
}

absl::StatusOr<Comparison> Compare(const Corpus& corpus,
                                   const PassageOptions& options,
                                   std::span<const std::string> ignored_texts) {
  if (corpus.size() != 1 && corpus.size() != 2) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "one document or two can be compared, not %d", corpus.size()));
  }
  Comparison found;
  for (size_t i = 0; i < corpus.size(); ++i) {
    absl::StatusOr<ComparedText> text = ReadComparedText(corpus, i);
    if (!text.ok()) return text.status();
    found.texts.push_back(*std::move(text));
  }
  const ComparedText& a = found.a();
  const ComparedText& b = found.b();
  found.passages = found.within_one() ? AlignWithin(a.words, options)
                                      : AlignPair(a.words, b.words, options);
  const IgnoredText ignored(ignored_texts);
  found.diffs.reserve(found.passages.size());
  for (Passage& passage : found.passages) {
    LabelIgnored(ignored, a.words, b.words, &passage);
    found.diffs.push_back(
        DiffPassage(a.text.utf8, a.words, b.text.utf8, b.words, passage));
  }
  return found;
}

absl::StatusOr<Comparison> Compare(std::span<const TextView> texts,
                                   const PassageOptions& options,
                                   std::span<const std::string> ignored_texts) {
  return Compare(MemoryCorpus(texts), options, ignored_texts);
}

}  // namespace twicetold
