// SPDX-License-Identifier: Apache-2.0
//
// A document of a corpus as text: read and decoded.
//
// Cost: that of reading, and of Decode (encoding.h). Memory: the document, as
// read and as decoded, kept for the next one. Thread safety: one reader a
// thread.
#ifndef TWICETOLD_CORPUS_TEXT_READER_H_
#define TWICETOLD_CORPUS_TEXT_READER_H_

#include <cstddef>
#include <string>

#include "twicetold/corpus/corpus.h"
#include "twicetold/corpus/encoding.h"

namespace twicetold {

class TextReader {
 public:
  TextReader() = default;
  // The text points into it.
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  // Null if it cannot be read or is no text; good until the next call.
  const DecodedText* Read(const Corpus& corpus, size_t document) {
    const ReadResult read = corpus.Read(document, &bytes_);
    if (read.skip || FindBinary(read.text)) return nullptr;
    text_ = Decode(read.text, &decoded_);
    return &text_;
  }

  // Bytes of memory.
  size_t memory() const { return bytes_.capacity() + decoded_.capacity(); }

 private:
  std::string bytes_;
  std::string decoded_;
  DecodedText text_;
};

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_TEXT_READER_H_
