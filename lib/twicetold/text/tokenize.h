// SPDX-License-Identifier: Apache-2.0
//
// From text to tokens. A token is a word: letters, digits and the marks that
// belong to them, with inner apostrophes (UAX #29 in spirit). In scripts
// written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar)
// every letter, with its marks, is a token of its own.
//
// A token's key is its folded form: NFKC_Casefold (UAX #31), so that case,
// width, ligatures and composed against decomposed accents make no difference,
// with curly apostrophes made straight and default-ignorable characters (soft
// hyphen, joiners) left out. Two tokens have equal hashes if and, but for
// collisions of 64 bits, only if their keys are equal.
//
// Which character plays which part is written in char_info.h, the hash in
// token_key.h. In short: symbols (the trade mark sign, emoji) and the
// underscore are in no token; an apostrophe is in one only between two letters
// or digits of scripts with spaces; a mark without a token before it, and what
// is default ignorable, change nothing. A byte that is not valid UTF-8 ends a
// token.
//
// All of it is defined by Unicode; the tables are generated from ICU at build
// time, and UnicodeVersion() says of which version they are.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_TOKENIZE_H_
#define TWICETOLD_TEXT_TOKENIZE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"

namespace twicetold {

// Parallel arrays, one entry a token, in text order. A token's range starts
// with its first letter or digit and ends with its last, or with a mark or
// ignorable character after that. Begins ascend; ranges do not overlap, but a
// character that stands for two letters of a script without spaces (such as
// the digraph U+30FF, Katakana KOTO) is two tokens with the same begin.
struct Tokens {
  std::vector<uint64_t> hashes;   // of the folded form
  std::vector<ByteRange> ranges;  // in the text that was tokenized
};

// The tokens of `utf8` (less than 4 GiB). Cost: one pass, and no memory but
// that of the result, however long a word is.
Tokens Tokenize(std::string_view utf8);

// The same hashes without the ranges, appended to nothing: `*hashes` is
// overwritten, its capacity reused.
void TokenHashes(std::string_view utf8, std::vector<uint64_t>* hashes);

// The tokens of `utf8` with what aligning texts needs to know of each.
struct StemmedTokens {
  Tokens tokens;
  // Hashes of the stems: a token's stem is the first kStemLetters letters of
  // its key, marks left out. It makes up for a stemmer in any language that
  // inflects at the end.
  std::vector<uint64_t> stems;
  // 1 for a letter of a script without spaces.
  std::vector<uint8_t> lone;
};

inline constexpr size_t kStemLetters = 5;

StemmedTokens TokenizeWithStems(std::string_view utf8);
// The same in place of what `stemmed` holds, whose memory is kept.
void TokenizeWithStems(std::string_view utf8, StemmedTokens* stemmed);

// The hash of a token whose folded form is `key`: in UTF-8, without NUL. Which
// is a fold in canonical decomposition (fold.h); for ASCII, lower case.
uint64_t HashToken(std::string_view key);

// The version of Unicode that decides, such as "15.0".
std::string_view UnicodeVersion();

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_TOKENIZE_H_
