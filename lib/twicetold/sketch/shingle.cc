// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle.h"

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/kernels/shingle_polynomial.h"
#include "twicetold/sketch/shingle_table.h"

namespace twicetold {

uint64_t ShortShingle(std::span<const uint64_t> tokens, int size) {
  // The length keeps a short document apart from a longer shingle that
  // happens to have the same polynomial.
  return Mix(ShinglePolynomial(tokens.data(), tokens.size()) ^
             (static_cast<size_t>(size) - tokens.size()));
}

void MakeShingles(std::span<const uint64_t> tokens, int size,
                  ShingleList* list) {
  list->clear();
  if (tokens.empty()) return;
  const size_t k = static_cast<size_t>(size);
  if (tokens.size() <= k) {
    list->push_back(ShortShingle(tokens, size));
    return;
  }
  list->resize(tokens.size() - k + 1);
  ChosenSketchKernels().combine_tokens(tokens.data(), list->size(), k,
                                       list->data());
}

void MakeShingleSet(ShingleList* list) { ShingleTable().MakeDistinct(list); }

}  // namespace twicetold
