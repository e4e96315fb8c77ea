// SPDX-License-Identifier: Apache-2.0
//
// What stands between the quotes of a JSON string.
//
// A pair of surrogate escapes is one character; half of a pair, which JSON
// allows though it means nothing, becomes U+FFFD.
//
// Cost: a search for backslashes, and for Unescape one copy if there are any.
// Thread safety: free functions without state.
#ifndef TWICETOLD_CORPUS_JSON_STRING_H_
#define TWICETOLD_CORPUS_JSON_STRING_H_

#include <optional>
#include <string>
#include <string_view>

namespace twicetold {

// Whether each backslash in `raw` begins an escape that JSON knows.
bool HasValidEscapes(std::string_view raw);

// The text that `raw` stands for, or nothing if an escape is none: `raw`
// itself if it has no escapes, else the first bytes of `*storage`, which never
// shrinks and whose size says nothing.
std::optional<std::string_view> Unescape(std::string_view raw,
                                         std::string* storage);

}  // namespace twicetold

#endif  // TWICETOLD_CORPUS_JSON_STRING_H_
