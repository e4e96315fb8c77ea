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
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "twicetold/base/hash.h"
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/sketch/text_tokens.h"

namespace twicetold {

// What is kept of a document besides its sketch; of a document that could not
// be used, only why.
struct SketchedDocument {
  std::optional<Skip> skip;
  uint64_t bytes = 0;
  uint64_t words = 0;  // tokens
  Encoding encoding = Encoding::kUtf8;
  uint64_t bad_bytes = 0;
  Digest digest;       // of the bytes
  Digest text_digest;  // of the token hashes in order
};

// Reads documents, keeping its memory from one to the next.
class DocumentReader {
 public:
  explicit DocumentReader(const Corpus& corpus) : corpus_(corpus) {}

  // Reads document `i`. Unless the outcome has a skip, tokens() are its.
  SketchedDocument Read(size_t i);

  // Reads document `i` again, for its tokens; false if it is not any more what
  // it was `then`.
  bool ReadAgain(size_t i, const SketchedDocument& then);

  // The hashes of the tokens, in text order.
  std::span<const uint64_t> tokens() const { return tokens_.hashes(); }

 private:
  const Corpus& corpus_;
  std::string bytes_;
  TextTokens tokens_;
};

struct SketchedCorpus {
  std::vector<SketchedDocument> documents;
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
