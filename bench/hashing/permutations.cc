// SPDX-License-Identifier: Apache-2.0
#include "bench/hashing/permutations.h"

#include <algorithm>

#include "bench/synthetic_text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace twicetold {
namespace {

struct Permutations {
  alignas(64) std::array<uint32_t, kPermutations> a;
  alignas(64) std::array<uint32_t, kPermutations> b;
};

const Permutations& ThePermutations() {
  static const Permutations permutations = [] {
    Permutations made;
    SmallRandom random(/*seed=*/6);
    for (uint32_t& a : made.a) a = static_cast<uint32_t>(random.Next()) | 1;
    for (uint32_t& b : made.b) b = static_cast<uint32_t>(random.Next());
    return made;
  }();
  return permutations;
}

uint32_t Cut(uint64_t shingle) { return static_cast<uint32_t>(shingle >> 32); }

}  // namespace

void ObviousMinima(std::span<const uint64_t> shingles, Minima* minima) {
  for (size_t i = 0; i < kPermutations; ++i) {
    uint32_t least = UINT32_MAX;
    for (const uint64_t shingle : shingles) {
      least = std::min(least, ThePermutations().a[i] * Cut(shingle) +
                                  ThePermutations().b[i]);
    }
    (*minima)[i] = least;
  }
}

void PlainMinima(std::span<const uint64_t> shingles, Minima* minima) {
  const Permutations& permutations = ThePermutations();
  minima->fill(UINT32_MAX);
  for (const uint64_t shingle : shingles) {
    const uint32_t x = Cut(shingle);
    for (size_t i = 0; i < kPermutations; ++i) {
      const uint32_t value = permutations.a[i] * x + permutations.b[i];
      (*minima)[i] = std::min((*minima)[i], value);
    }
  }
}

#if defined(__x86_64__)
// g++ 12 warns of what its own header leaves undefined on purpose.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
__attribute__((target("avx512f"))) void Avx512Minima(
    std::span<const uint64_t> shingles, Minima* minima) {
  constexpr size_t kVectors = 8;
  __m512i a[kVectors];
  __m512i b[kVectors];
  __m512i least[kVectors];
  for (size_t v = 0; v < kVectors; ++v) {
    a[v] = _mm512_load_si512(ThePermutations().a.data() + 16 * v);
    b[v] = _mm512_load_si512(ThePermutations().b.data() + 16 * v);
    least[v] = _mm512_set1_epi32(-1);
  }
  for (const uint64_t shingle : shingles) {
    const __m512i lanes = _mm512_set1_epi32(static_cast<int32_t>(Cut(shingle)));
#if defined(__GNUC__)
#pragma GCC unroll 8
#endif
    for (size_t v = 0; v < kVectors; ++v) {
      const __m512i value =
          _mm512_add_epi32(_mm512_mullo_epi32(a[v], lanes), b[v]);
      least[v] = _mm512_min_epu32(least[v], value);
    }
  }
  for (size_t v = 0; v < kVectors; ++v) {
    _mm512_storeu_si512(minima->data() + 16 * v, least[v]);
  }
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

bool HasAvx512() { return __builtin_cpu_supports("avx512f") != 0; }
#else
void Avx512Minima(std::span<const uint64_t> shingles, Minima* minima) {
  PlainMinima(shingles, minima);
}

bool HasAvx512() { return false; }
#endif

}  // namespace twicetold
