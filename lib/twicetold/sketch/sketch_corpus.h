// SPDX-License-Identifier: Apache-2.0
//
// The first pass over a corpus: every document is read once and reduced to
// its digests, its counts and its sketch. The text is not kept.
//
// Thread safety: see the functions; a DocumentReader belongs to one thread.
#ifndef TWICETOLD_SKETCH_SKETCH_CORPUS_H_
#define TWICETOLD_SKETCH_SKETCH_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/sketch/document_digests.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/sketch/text_tokens.h"

namespace twicetold {

// What is kept of a document besides its digests and its sketch; of a document
// that could not be used, only why.
struct SketchedDocument {
  std::unique_ptr<const Skip> skip = nullptr;  // elsewhere, as few have one
  uint64_t bytes = 0;
  uint64_t bad_bytes = 0;
  Encoding encoding = Encoding::kUtf8;
};

// Reads documents, keeping its memory from one to the next.
class DocumentReader {
 public:
  explicit DocumentReader(const Corpus& corpus) : corpus_(corpus) {}

  // Reads document `i`. Unless the outcome has a skip, tokens() are its.
  SketchedDocument Read(size_t i);

  // Reads document `i` again, for its tokens; false if it has not any more the
  // bytes that it had, by their digest, when their encoding was found out.
  bool ReadAgain(size_t i, const Digest& bytes, Encoding encoding);

  // Of the document that Read() has read last; all zero if it was skipped.
  const DocumentDigests& digests() const { return digests_; }

  // The hashes of the tokens, in text order.
  std::span<const uint64_t> tokens() const { return tokens_.hashes(); }

 private:
  const Corpus& corpus_;
  std::string bytes_;
  TextTokens tokens_;
  DocumentDigests digests_;
};

struct SketchedCorpus {
  std::vector<SketchedDocument> documents;
  std::vector<DocumentDigests> digests;  // of each document
  // Sketch i is slots[i * sketch size, (i + 1) * sketch size); left unset
  // where documents[i] was skipped.
  std::unique_ptr<uint32_t[]> slots;
};

// `progress(documents, bytes)` is told of work done since the last call, from
// many threads at once. Once `stop` is requested the outcome is incomplete.
SketchedCorpus SketchCorpus(
    const Corpus& corpus, int shingle_size, const Sketcher& sketcher,
    ThreadPool* pool,
    const std::function<void(uint64_t documents, uint64_t bytes)>& progress,
    std::stop_token stop);

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_SKETCH_CORPUS_H_
