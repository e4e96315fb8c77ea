// SPDX-License-Identifier: Apache-2.0
#include "twicetold/sketch/shingle.h"

#include "twicetold/base/hash.h"
#include "twicetold/base/sort_distinct.h"

namespace twicetold {
namespace {

// Odd, so that multiplication loses nothing; the multiplier of PCG64 (O'Neill,
// "PCG: A family of simple fast space-efficient statistically good algorithms
// for random number generation", 2014), low half.
constexpr uint64_t kBase = 0x4385df649fccf645u;

uint64_t Polynomial(std::span<const uint64_t> tokens) {
  uint64_t value = 0;
  for (uint64_t token : tokens) value = value * kBase + token;
  return value;
}

}  // namespace

void MakeShingles(std::span<const uint64_t> tokens, int size,
                  ShingleList* list) {
  list->clear();
  if (tokens.empty()) return;
  const size_t k = static_cast<size_t>(size);
  if (tokens.size() <= k) {
    // The length keeps a short document apart from a longer shingle that
    // happens to have the same polynomial.
    list->push_back(Mix(Polynomial(tokens) ^ (k - tokens.size())));
    return;
  }
  uint64_t leaving_weight = 1;
  for (size_t i = 0; i < k; ++i) leaving_weight *= kBase;
  uint64_t value = Polynomial(tokens.first(k));
  list->resize(tokens.size() - k + 1);
  (*list)[0] = Mix(value);
  for (size_t i = k; i < tokens.size(); ++i) {
    value = value * kBase + tokens[i] - tokens[i - k] * leaving_weight;
    (*list)[i - k + 1] = Mix(value);
  }
}

void MakeShingleSet(ShingleList* list) { SortDistinct(list); }

}  // namespace twicetold
