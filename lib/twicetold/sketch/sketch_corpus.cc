// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/sketch_corpus.h"

#include "twicetold/corpus/skip.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

// Documents taken at a time: few, since one may be large.
constexpr size_t kDocumentGrain = 8;

SketchedDocument Skipped(SkipReason reason, std::string detail) {
  SketchedDocument document;
  document.skip = Skip{.reason = reason, .detail = std::move(detail)};
  return document;
}

}  // namespace

SketchedDocument DocumentReader::Read(size_t i) {
  const ReadResult read = corpus_.Read(i, &bytes_);
  SketchedDocument document;
  document.skip = read.skip;
  if (read.skip) return document;
  if (const std::optional<size_t> nul = FindBinary(read.text)) {
    document.skip = SkipForNul(*nul);
    return document;
  }
  const DecodedText text = Decode(read.text, &decoded_);
  if (text.utf8.empty()) return Skipped(SkipReason::kEmpty, "");
  // Other encodings can be longer in UTF-8 than the document is.
  if (text.utf8.size() > UINT32_MAX) {
    return Skipped(SkipReason::kTooLarge, "4 GiB or more as UTF-8");
  }
  TokenHashes(text.utf8, &tokens_);
  document.bytes = read.text.size();
  document.words = tokens_.size();
  document.encoding = text.encoding;
  document.bad_bytes = text.bad_bytes;
  document.digest = DigestBytes(read.text);
  document.text_digest = DigestWords(tokens_);
  return document;
}

SketchedCorpus SketchCorpus(
    const Corpus& corpus, int shingle_size, const Sketcher& sketcher,
    ThreadPool* pool,
    const std::function<void(uint64_t documents, uint64_t bytes)>& progress,
    std::stop_token stop) {
  SketchedCorpus result;
  result.documents.resize(corpus.size());
  // Not initialized: pages of documents that are skipped are never touched.
  result.slots.reset(new uint32_t[corpus.size() * sketcher.size()]);
  std::vector<DocumentReader> readers(static_cast<size_t>(pool->size()),
                                      DocumentReader(corpus));
  pool->For(
      corpus.size(), kDocumentGrain,
      [&](size_t begin, size_t end, int worker) {
        DocumentReader& reader = readers[static_cast<size_t>(worker)];
        uint64_t bytes = 0;
        for (size_t i = begin; i < end && !stop.stop_requested(); ++i) {
          result.documents[i] = reader.Read(i);
          const uint64_t expected = corpus.expected_bytes(i);
          bytes += expected > 0 ? expected : result.documents[i].bytes;
          if (result.documents[i].skip) continue;
          sketcher.SketchTokens(
              reader.tokens(), shingle_size,
              {result.slots.get() + i * sketcher.size(), sketcher.size()});
        }
        progress(end - begin, bytes);
      },
      stop);
  return result;
}

}  // namespace twicetold
