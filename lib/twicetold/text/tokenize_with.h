// SPDX-License-Identifier: Apache-2.0
//
// The functions of tokenize.h by kernels of one's choice, and by none: for
// tests, which hold all of them against each other, and for benchmarks.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_TOKENIZE_WITH_H_
#define TWICETOLD_TEXT_TOKENIZE_WITH_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {

void TokenHashesWith(const TextKernels& kernels, std::string_view utf8,
                     std::vector<uint64_t>* hashes);
Tokens TokenizeWith(const TextKernels& kernels, std::string_view utf8);
void TokenizeStemsWith(const TextKernels& kernels, std::string_view utf8,
                       StemmedTokens* stemmed);

// One character at a time, each key by a KeyBuilder.
StemmedTokens TokenizeOneByOne(std::string_view utf8);

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_TOKENIZE_WITH_H_
