// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/sketch_corpus.h"

#include <optional>
#include <utility>

#include "twicetold/base/hash.h"
#include "twicetold/corpus/bom.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {
namespace {

// Documents taken at a time: few, since one may be large.
constexpr size_t kDocumentGrain = 8;

}  // namespace

SketchedDocument DocumentReader::Read(size_t i) {
  const ReadResult read = corpus_.Read(i, &bytes_);
  SketchedDocument document;
  digests_ = {};
  std::optional<Skip> skip = read.skip;
  if (!skip) skip = tokens_.Take(read.text, read.is_text);
  if (skip) {
    document.skip = std::make_unique<Skip>(*std::move(skip));
    return document;
  }
  document.bytes = read.text.size();
  document.encoding = tokens_.encoding();
  document.bad_bytes = tokens_.bad_bytes();
  digests_ = {.words = tokens().size(),
              .bytes = DigestBytes(read.text),
              .text = DigestWords(tokens())};
  return document;
}

bool DocumentReader::ReadAgain(size_t i, const Digest& bytes,
                               Encoding encoding) {
  const ReadResult read = corpus_.ReadAgain(i, &bytes_);
  if (read.skip || DigestBytes(read.text) != bytes) return false;
  if (encoding != Encoding::kUtf8) return !tokens_.Take(read.text);
  // What that would find out is known.
  tokens_.TakeUtf8(read.text.substr(BomBytes(read.text)));
  return true;
}

SketchedCorpus SketchCorpus(
    const Corpus& corpus, int shingle_size, const Sketcher& sketcher,
    ThreadPool* pool,
    const std::function<void(uint64_t documents, uint64_t bytes)>& progress,
    std::stop_token stop) {
  SketchedCorpus result;
  result.documents.resize(corpus.size());
  result.digests.resize(corpus.size());
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
          result.digests[i] = reader.digests();
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
