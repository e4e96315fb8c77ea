// SPDX-License-Identifier: Apache-2.0
//
// The word that was probably meant.
#ifndef TWICETOLD_TOOLS_SUGGEST_H_
#define TWICETOLD_TOOLS_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

namespace twicetold {

// The known word nearest to `word`, counting insertions, deletions, exchanges
// and swaps of neighbours (optimal string alignment); the first of several.
// Empty if none is within a third of the word's length, at least one.
std::string Nearest(std::string_view word, std::span<const std::string> known);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_SUGGEST_H_
