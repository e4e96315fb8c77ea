// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/text_tokens.h"

#include <cstddef>

#include "twicetold/text/tokenize.h"

namespace twicetold {

void TextTokens::TakeUtf8(std::string_view utf8) {
  TokenHashes(utf8, &hashes_);
}

std::optional<Skip> TextTokens::Take(std::string_view bytes, bool is_text) {
  const std::optional<size_t> nul = is_text ? std::nullopt : FindBinary(bytes);
  if (nul) return SkipForNul(*nul);
  const DecodedText text = Decode(bytes, &decoded_);
  if (text.utf8.empty()) return Skip{SkipReason::kEmpty, ""};
  // Other encodings can be longer in UTF-8 than the document is.
  if (text.utf8.size() > UINT32_MAX) {
    return Skip{SkipReason::kTooLarge, "4 GiB or more as UTF-8"};
  }
  TakeUtf8(text.utf8);
  encoding_ = text.encoding;
  bad_bytes_ = text.bad_bytes;
  return std::nullopt;
}

}  // namespace twicetold
