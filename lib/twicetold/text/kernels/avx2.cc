// SPDX-License-Identifier: Apache-2.0
//
// 32 bytes at a time by comparisons; keys one at a time, since AVX2 has no
// multiplication of 64 bits.
#include "twicetold/text/kernels/kernels.h"

#if TWICETOLD_X86_KERNELS

#include <immintrin.h>

#include <cstring>

#include "twicetold/text/kernels/run_edges.h"
#include "twicetold/text/kernels/short_key.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), \
                                 apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif

namespace twicetold {
namespace {

inline __m256i Load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

inline __m256i Set(int c) { return _mm256_set1_epi8(static_cast<char>(c)); }

// The bytes of ASCII in `x` from `first` to `last`. Numbers have signs here:
// adding moves `last` to the greatest, 0x7f.
inline __m256i InRange(__m256i x, int first, int last) {
  return _mm256_cmpgt_epi8(_mm256_add_epi8(x, Set(0x7f - last)),
                           Set(0x7f - last + first - 1));
}

inline uint64_t Mask(__m256i x) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(x));
}

struct HalfBlock {
  uint64_t word;
  uint64_t apostrophe;
  uint64_t high;
};

inline HalfBlock ClassifyHalf(__m256i x, char* folded) {
  const __m256i upper = InRange(x, 'A', 'Z');
  const __m256i fold = _mm256_or_si256(x, _mm256_and_si256(upper, Set(0x20)));
  const __m256i word =
      _mm256_or_si256(InRange(fold, 'a', 'z'), InRange(x, '0', '9'));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(folded), fold);
  return {Mask(word), Mask(_mm256_cmpeq_epi8(x, Set('\''))), Mask(x)};
}

inline void ClassifyBlock(const char* text, char* folded, BlockMasks* masks) {
  const HalfBlock a = ClassifyHalf(Load(text), folded);
  const HalfBlock b = ClassifyHalf(Load(text + 32), folded + 32);
  masks->word = a.word | b.word << 32;
  masks->apostrophe = a.apostrophe | b.apostrophe << 32;
  masks->high = a.high | b.high << 32;
}

void Classify(const char* text, size_t size, size_t blocks, char* folded,
              BlockMasks* masks) {
  const size_t whole = size / kBlockBytes;
  for (size_t i = 0; i < whole; ++i) {
    ClassifyBlock(text + i * kBlockBytes, folded + i * kBlockBytes, &masks[i]);
  }
  for (size_t i = whole; i < blocks; ++i) {
    char rest[kBlockBytes] = {};
    if (i == whole) {
      std::memcpy(rest, text + i * kBlockBytes, size % kBlockBytes);
    }
    ClassifyBlock(rest, folded + i * kBlockBytes, &masks[i]);
  }
}

inline size_t CountBits(uint64_t x) {
  return static_cast<size_t>(_mm_popcnt_u64(x));
}

// The next eight edges, or as many as there are, and anything after them.
inline uint64_t WriteEight(uint64_t edges, uint64_t base, uint16_t* out) {
  for (int i = 0; i < 8; ++i) {
    out[i] = static_cast<uint16_t>(base + _tzcnt_u64(edges));
    edges = _blsr_u64(edges);
  }
  return edges;
}

void FindRuns(const BlockMasks* masks, size_t blocks, Runs* runs) {
  RunEdges run_edges;
  size_t count = 0;
  runs->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = run_edges.Take(masks[i], masks[i + 1]);
    if (run_edges.MayHaveHigh(masks[i])) {
      AddHighRuns(run_edges.HighEnds(masks[i]), edges, count, CountBits, runs);
    }
    // The number of rounds is the same for most blocks of prose, so that the
    // branches are foreseen.
    uint16_t* out = runs->bounds + count;
    const uint64_t base = i * kBlockBytes;
    uint64_t rest = WriteEight(edges, base, out);
    rest = WriteEight(rest, base, out + 8);
    rest = WriteEight(rest, base, out + 16);
    for (out += 24; rest != 0; out += 8) rest = WriteEight(rest, base, out);
    count += CountBits(edges);
  }
  runs->bound_count = count;
  runs->open_is_high = run_edges.open_is_high();
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  HashKeysOneByOne(folded, bounds, count, hashes);
}

}  // namespace

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const TextKernels& Avx2TextKernels() {
  static constexpr TextKernels kTable = {
      .classify = Classify, .find_runs = FindRuns, .hash_keys = HashKeys};
  return kTable;
}

}  // namespace twicetold

#else

namespace twicetold {
const TextKernels& Avx2TextKernels() { return PortableTextKernels(); }
}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
