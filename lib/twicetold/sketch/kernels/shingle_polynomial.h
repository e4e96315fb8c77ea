// SPDX-License-Identifier: Apache-2.0
//
// The polynomial in token hashes that a shingle is, before it is mixed
// (sketch/shingle.h): t[0] B^(k-1) + ... + t[k-1], modulo 2^64.
//
// Thread safety: pure functions.
#ifndef TWICETOLD_SKETCH_KERNELS_SHINGLE_POLYNOMIAL_H_
#define TWICETOLD_SKETCH_KERNELS_SHINGLE_POLYNOMIAL_H_

#include <cstddef>
#include <cstdint>

namespace twicetold {

// B. Odd, so that multiplication loses nothing; the multiplier of PCG64
// (O'Neill, "PCG: A family of simple fast space-efficient statistically good
// algorithms for random number generation", 2014), low half.
inline constexpr uint64_t kShingleBase = 0x4385df649fccf645u;

inline uint64_t ShinglePolynomial(const uint64_t* tokens, size_t k) {
  uint64_t value = 0;
  for (size_t i = 0; i < k; ++i) value = value * kShingleBase + tokens[i];
  return value;
}

// B^k, by squaring.
inline uint64_t PowerOfBase(size_t k) {
  uint64_t power = 1;
  for (uint64_t square = kShingleBase; k > 0; k /= 2, square *= square) {
    if (k % 2 == 1) power *= square;
  }
  return power;
}

}  // namespace twicetold

#endif  // TWICETOLD_SKETCH_KERNELS_SHINGLE_POLYNOMIAL_H_
