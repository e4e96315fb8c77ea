// SPDX-License-Identifier: Apache-2.0
#include "twicetold/make_diff_result.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/passage/locate.h"

namespace twicetold {
namespace {

DocumentRecord DocumentOf(const ComparedText& text) {
  return {.names = text.names,
          .bytes = text.text.source.size(),
          .words = text.words.size(),
          .encoding = text.text.encoding,
          .bad_bytes = text.text.bad_bytes,
          .digest = DigestBytes(text.text.source)};
}

// One side of all passages.
std::vector<LocatedSide> LocateSides(const Comparison& comparison,
                                     const ComparedText& text,
                                     uint32_t document,
                                     WordRange Passage::*side) {
  std::vector<WordRange> words;
  words.reserve(comparison.passages.size());
  for (const Passage& passage : comparison.passages) {
    words.push_back(passage.*side);
  }
  std::vector<LocatedSide> sides;
  for (const auto& at : LocateWords(text.text, text.words, words)) {
    sides.push_back({.document = document,
                     .bytes = at.bytes,
                     .chars = at.chars,
                     .lines = at.lines,
                     .words = words[sides.size()].size(),
                     .first_word = words[sides.size()].begin});
  }
  return sides;
}

// The edits of all passages, one after the other, in bytes of the documents.
std::vector<Edit> LocateEdits(const Comparison& comparison) {
  std::vector<Edit> edits;
  for (const PassageDiff& diff : comparison.diffs) {
    edits.insert(edits.end(), diff.edits.begin(), diff.edits.end());
  }
  std::vector<ByteRange> a;
  std::vector<ByteRange> b;
  for (const Edit& edit : edits) {
    a.push_back(edit.a);
    b.push_back(edit.b);
  }
  a = LocateBytes(comparison.a().text, a);
  b = LocateBytes(comparison.b().text, b);
  for (size_t i = 0; i < edits.size(); ++i) {
    edits[i].a = a[i];
    edits[i].b = b[i];
  }
  return edits;
}

}  // namespace

Result MakeDiffResult(const Comparison& comparison,
                      const PassageOptions& options) {
  Result result;
  result.settings = {{"min_words", uint64_t{options.evidence.min_words}}};
  for (const ComparedText& text : comparison.texts) {
    result.documents.push_back(DocumentOf(text));
  }
  const uint32_t id_b = comparison.within_one() ? 0 : 1;
  const auto a = LocateSides(comparison, comparison.a(), 0, &Passage::a);
  const auto b = LocateSides(comparison, comparison.b(), id_b, &Passage::b);
  const std::vector<Edit> edits = LocateEdits(comparison);
  auto edit = edits.begin();
  for (size_t i = 0; i < comparison.passages.size(); ++i) {
    const Passage& passage = comparison.passages[i];
    const auto end =
        edit + static_cast<ptrdiff_t>(comparison.diffs[i].edits.size());
    result.passages.push_back({.a = a[i],
                               .b = b[i],
                               .score = passage.score,
                               .similarity = passage.similarity(),
                               .common_words = passage.common_words,
                               .kind = passage.kind,
                               .edits = std::vector<Edit>(edit, end)});
    edit = end;
  }
  result.has_passages = true;
  result.has_edits = true;
  return result;
}

}  // namespace twicetold
