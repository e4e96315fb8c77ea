// SPDX-License-Identifier: Apache-2.0
//
// A second tokenizer that shares nothing with the one in the library: it asks
// ICU about every character, looks ahead where it wants to and builds every
// key as a string. Slow, and meant to be read against the rules in
// twicetold/text/char_info.h and tokenize.h.
#ifndef TWICETOLD_TESTS_TESTING_ORACLE_TOKENIZER_H_
#define TWICETOLD_TESTS_TESTING_ORACLE_TOKENIZER_H_

#include <string>
#include <string_view>
#include <vector>

#include "twicetold/base/byte_range.h"

namespace twicetold::testing {

struct OracleToken {
  std::string key;
  ByteRange range;
  friend bool operator==(const OracleToken&, const OracleToken&) = default;
};

std::vector<OracleToken> OracleTokenize(std::string_view utf8);

// NFKC_Casefold of one code point or of a whole text, then NFD, by ICU. Both
// sides are UTF-8.
std::string IcuFold(std::string_view utf8);
std::string IcuNfc(std::string_view utf8);
std::string IcuNfd(std::string_view utf8);

}  // namespace twicetold::testing

#endif  // TWICETOLD_TESTS_TESTING_ORACLE_TOKENIZER_H_
