// SPDX-License-Identifier: Apache-2.0
//
// MinHash with 128 permutations, which is what sketches are mostly made by
// elsewhere (Broder, "On the resemblance and containment of documents", 1997;
// as in datasketch and what followed it): to be measured against.
//
// Permutation i takes the upper 32 bits of a shingle, which comes mixed, to
// a x + b.
//
// Thread safety: free functions without state.
#ifndef TWICETOLD_BENCH_HASHING_PERMUTATIONS_H_
#define TWICETOLD_BENCH_HASHING_PERMUTATIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace twicetold {

inline constexpr size_t kPermutations = 128;

using Minima = std::array<uint32_t, kPermutations>;

// One permutation after the other: what the others are held against.
void ObviousMinima(std::span<const uint64_t> shingles, Minima* minima);

// One shingle after the other, in plain C++.
void PlainMinima(std::span<const uint64_t> shingles, Minima* minima);

// The same with AVX-512: both numbers of all permutations and all minima stay
// in registers, so that a shingle costs three operations of 512 bits for 16
// permutations and nothing else. Only where HasAvx512().
void Avx512Minima(std::span<const uint64_t> shingles, Minima* minima);
bool HasAvx512();

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_HASHING_PERMUTATIONS_H_
