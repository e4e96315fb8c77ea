// SPDX-License-Identifier: Apache-2.0
//
// From the bytes of a document to its tokens, keeping memory from one to the
// next: what every pass over documents begins with.
//
// Cost: a decoding, free for UTF-8, and a tokenizing.
// Thread safety: one a thread.
#ifndef TWICETOLD_SKETCH_TEXT_TOKENS_H_
#define TWICETOLD_SKETCH_TEXT_TOKENS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/corpus/encoding.h"
#include "twicetold/corpus/skip.h"

namespace twicetold {

class TextTokens {
 public:
  // Takes the tokens of what is UTF-8.
  void TakeUtf8(std::string_view utf8);

  // Takes the tokens of bytes in any encoding, or says why they are no text.
  // `is_text`: they are known to be no binary.
  std::optional<Skip> Take(std::string_view bytes, bool is_text = false);

  // The hashes of the tokens taken last, in text order.
  std::span<const uint64_t> hashes() const { return hashes_; }

  // Of what Take() has taken.
  Encoding encoding() const { return encoding_; }
  uint64_t bad_bytes() const { return bad_bytes_; }

 private:
  std::string decoded_;
  std::vector<uint64_t> hashes_;
  Encoding encoding_ = Encoding::kUtf8;
  uint64_t bad_bytes_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_TEXT_TOKENS_H_
