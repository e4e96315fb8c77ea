// SPDX-License-Identifier: Apache-2.0
//
// 64 bytes at a time: one instruction looks all of them up in a table of the
// 128 characters of ASCII, another packs the offsets of edges; keys are hashed
// eight at a time.
#include "twicetold/text/kernels/kernels.h"

#if TWICETOLD_X86_KERNELS

// The undefined registers in some headers of g++ 12 make it complain.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

#include <immintrin.h>

#include <array>
#include <cstring>

#include "twicetold/base/hash.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/run_edges.h"
#include "twicetold/text/token_key.h"

#if defined(__clang__)
#pragma clang attribute push(                                                \
        __attribute__((target(                                               \
                "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2," \
                "avx2,bmi,bmi2,popcnt"))),                                   \
            apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target(                                                           \
        "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,avx2,bmi," \
        "bmi2,popcnt")
#endif

namespace twicetold {
namespace {

// The fold of a letter or digit, an apostrophe for itself, 0 for the others.
// An apostrophe comes before all letters and digits.
struct alignas(64) FoldTable {
  uint8_t fold[128] = {};
  constexpr FoldTable() {
    for (uint8_t c = '0'; c <= '9'; ++c) fold[c] = c;
    for (uint8_t c = 'a'; c <= 'z'; ++c) fold[c] = fold[c - 'a' + 'A'] = c;
    fold[static_cast<uint8_t>('\'')] = '\'';
  }
};
constexpr FoldTable kFoldTable;

struct alignas(64) Offsets {
  uint8_t offset[kBlockBytes] = {};
  constexpr Offsets() {
    for (uint8_t i = 0; i < kBlockBytes; ++i) offset[i] = i;
  }
};
constexpr Offsets kOffsets;

inline __m512i Load(const void* at) { return _mm512_loadu_si512(at); }

inline __m512i Set(int byte) {
  return _mm512_set1_epi8(static_cast<char>(byte));
}

// A block with its neighbours; NULs stand for what is not there.
struct Blocks {
  __m512i before;
  __m512i block;
  __m512i after;
};

// Offsets in two blocks, by which a permutation moves bytes by one.
struct alignas(64) Moves {
  uint8_t down[kBlockBytes] = {};  // each byte is followed by this one
  uint8_t up[kBlockBytes] = {};    // ... comes after this one
  constexpr Moves() {
    for (uint8_t i = 0; i < kBlockBytes; ++i) {
      down[i] = static_cast<uint8_t>(i + 1);
      up[i] = static_cast<uint8_t>(i + 63);
    }
  }
};
constexpr Moves kMoves;

// The bytes that are `lead` or the other one that leads to the same page.
inline __mmask64 LeadsOf(__m512i bytes, uint8_t lead) {
  return _mm512_cmpeq_epi8_mask(_mm512_andnot_si512(Set(1), bytes),
                                Set(lead & 0xfe));
}

// Of the high bytes of a block, those in characters of two bytes on the page
// of 128 characters that `lead` begins or any other such: folds them in place,
// or takes them for separators.
inline void FoldPage(const Blocks& blocks, uint8_t lead, char* folded,
                     BlockMasks* masks) {
  const __m512i x = blocks.block;
  const __m512i next =
      _mm512_permutex2var_epi8(x, Load(kMoves.down), blocks.after);
  const __m512i last =
      _mm512_permutex2var_epi8(blocks.before, Load(kMoves.up), x);
  const uint8_t page_lead = lead & 0xfe;
  // Continuation bytes are the least numbers with a sign.
  const __m512i least_lead = Set(0xc0);
  const __mmask64 first =
      _mm512_mask_cmplt_epi8_mask(LeadsOf(x, page_lead), next, least_lead);
  const __mmask64 second =
      _mm512_mask_cmplt_epi8_mask(LeadsOf(last, page_lead), x, least_lead);
  // The place on the page: the lowest bit of the lead, six of the other byte.
  const __m512i from_lead =
      _mm512_slli_epi16(_mm512_mask_blend_epi8(second, x, last), 6);
  const __m512i from_other = _mm512_mask_blend_epi8(second, next, x);
  const __m512i place =
      _mm512_ternarylogic_epi64(Set(0x3f), from_other, from_lead, 0xca);
  const auto& page = unicode_tables::kPages[(page_lead - 0xc2) / 2];
  const __m512i first_fold =
      _mm512_permutex2var_epi8(Load(page[0]), place, Load(page[0] + 64));
  const __m512i second_fold =
      _mm512_permutex2var_epi8(Load(page[1]), place, Load(page[1] + 64));
  const __m512i fold = _mm512_mask_blend_epi8(second, first_fold, second_fold);
  const __mmask64 known =
      _mm512_mask_test_epi8_mask(first | second, fold, fold);
  const __mmask64 other =
      _mm512_mask_cmpeq_epi8_mask(known, fold, Set(unicode_tables::kPageOther));
  const __mmask64 word = known & ~other;
  _mm512_mask_storeu_epi8(folded, word, fold);
  masks->word |= word;
  masks->high &= ~known;
}

void FoldHigh(const char* text, const Blocks& blocks, char* folded,
              BlockMasks* masks) {
  uint64_t leads = _mm512_cmple_epu8_mask(
      _mm512_sub_epi8(blocks.block, Set(0xc2)), Set(0xdf - 0xc2));
  while (leads != 0) {
    const auto lead = static_cast<uint8_t>(text[_tzcnt_u64(leads)]);
    FoldPage(blocks, lead, folded, masks);
    leads &= ~LeadsOf(blocks.block, lead);
  }
}

// The block at offset `at` of `size` bytes; NULs follow them.
inline __m512i LoadPart(const char* text, size_t size, size_t at) {
  if (size >= at + kBlockBytes) return Load(text + at);
  const size_t rest = size > at ? size - at : 0;
  return _mm512_maskz_loadu_epi8(
      _bzhi_u64(~uint64_t{0}, static_cast<unsigned>(rest)), text + at);
}

void Classify(const char* text, size_t size, size_t blocks, char* folded,
              BlockMasks* masks) {
  const __m512i table_low = Load(kFoldTable.fold);
  const __m512i table_high = Load(kFoldTable.fold + 64);
  const __m512i apostrophe = Set('\'');
  const size_t whole = size / kBlockBytes;
  for (size_t i = 0; i < blocks; ++i) {
    const size_t at = i * kBlockBytes;
    const __m512i bytes =
        i < whole ? Load(text + at) : LoadPart(text, size, at);
    const __m512i fold = _mm512_permutex2var_epi8(table_low, bytes, table_high);
    const __mmask64 high = _mm512_movepi8_mask(bytes);
    const __mmask64 ascii = _knot_mask64(high);
    _mm512_storeu_si512(folded + at, fold);
    masks[i].word = _mm512_mask_cmpgt_epu8_mask(ascii, fold, apostrophe);
    masks[i].apostrophe = _mm512_mask_cmpeq_epu8_mask(ascii, fold, apostrophe);
    masks[i].high = high;
    if (high != 0) {
      const __m512i before =
          i == 0 ? _mm512_setzero_si512() : Load(text + at - kBlockBytes);
      const __m512i after = LoadPart(text, size, at + kBlockBytes);
      FoldHigh(text + at, {before, bytes, after}, folded + at, &masks[i]);
    }
  }
}

inline size_t CountBits(uint64_t x) {
  return static_cast<size_t>(_mm_popcnt_u64(x));
}

void FindRuns(const BlockMasks* masks, size_t blocks, Runs* runs) {
  const __m512i offsets = Load(kOffsets.offset);
  const __m512i step = _mm512_set1_epi16(kBlockBytes);
  __m512i base = _mm512_setzero_si512();
  RunEdges run_edges;
  size_t count = 0;
  runs->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = run_edges.Take(masks[i], masks[i + 1]);
    if (run_edges.MayHaveHigh(masks[i])) {
      AddHighRuns(run_edges.HighEnds(masks[i]), edges, count, CountBits, runs);
    }
    const __m512i packed = _mm512_maskz_compress_epi8(edges, offsets);
    const __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
    const __m512i second =
        _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));
    _mm512_storeu_si512(runs->bounds + count, _mm512_add_epi16(first, base));
    _mm512_storeu_si512(runs->bounds + count + 32,
                        _mm512_add_epi16(second, base));
    base = _mm512_add_epi16(base, step);
    count += CountBits(edges);
  }
  runs->bound_count = count;
  runs->open_is_high = run_edges.open_is_high();
}

inline __m512i Multiply(__m512i x, uint64_t factor) {
  return _mm512_mullo_epi64(x, _mm512_set1_epi64(static_cast<int64_t>(factor)));
}

template <int kShift>
inline __m512i XorShift(__m512i x) {
  return _mm512_xor_si512(x, _mm512_srli_epi64(x, kShift));
}

// HashShortKey, eight times.
inline __m512i HashShortKeys(__m512i low, __m512i high) {
  const __m512i pi =
      _mm512_set1_epi64(static_cast<int64_t>(0x243f6a8885a308d3u));
  __m512i h = Multiply(_mm512_xor_si512(low, pi), 0x9e3779b97f4a7c15u);
  h = _mm512_xor_si512(XorShift<32>(h), high);
  h = Multiply(XorShift<30>(h), 0xbf58476d1ce4e5b9u);
  h = Multiply(XorShift<27>(h), 0x94d049bb133111ebu);
  return XorShift<31>(h);
}

inline __m128i LoadKey(const char* key) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(key));
}

// 16 bytes each of four keys, of which the first is the one at `bounds` and the
// next ones are every second.
inline __m512i LoadFour(const char* folded, const uint16_t* bounds) {
  const __m256i a = _mm256_inserti128_si256(
      _mm256_castsi128_si256(LoadKey(folded + bounds[0])),
      LoadKey(folded + bounds[4]), 1);
  const __m256i b = _mm256_inserti128_si256(
      _mm256_castsi128_si256(LoadKey(folded + bounds[8])),
      LoadKey(folded + bounds[12]), 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(a), b, 1);
}

// The low `bits` bits of each number; all from 64 on.
inline __m512i LowBits(__m512i bits) {
  const __m512i one = _mm512_set1_epi64(1);
  return _mm512_sub_epi64(_mm512_sllv_epi64(one, bits), one);
}

// Eight keys. `pairs` are their bounds again.
inline void HashEight(const char* folded, const uint16_t* bounds, __m256i pairs,
                      uint64_t* hashes) {
  const __m512i even = LoadFour(folded, bounds);
  const __m512i odd = LoadFour(folded, bounds + 2);
  const __m256i begins = _mm256_and_si256(pairs, _mm256_set1_epi32(0xffff));
  const __m256i sizes = _mm256_sub_epi32(_mm256_srli_epi32(pairs, 16), begins);
  const __m512i bits = _mm512_slli_epi64(_mm512_cvtepu32_epi64(sizes), 3);
  const __m512i eight_bytes = _mm512_set1_epi64(64);
  const __m512i high_bits =
      _mm512_sub_epi64(_mm512_max_epu64(bits, eight_bytes), eight_bytes);
  const __m512i low =
      _mm512_and_si512(_mm512_unpacklo_epi64(even, odd), LowBits(bits));
  const __m512i high =
      _mm512_and_si512(_mm512_unpackhi_epi64(even, odd), LowBits(high_bits));
  _mm512_storeu_si512(hashes, HashShortKeys(low, high));
  __mmask8 is_long =
      _mm256_cmpgt_epu32_mask(sizes, _mm256_set1_epi32(kShortKey));
  for (unsigned rest = is_long; rest != 0; rest &= rest - 1) {
    const unsigned i = _tzcnt_u32(rest);
    const size_t size = static_cast<size_t>(bounds[2 * i + 1] - bounds[2 * i]);
    hashes[i] = HashBytes({folded + bounds[2 * i], size});
  }
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const uint16_t* at = bounds + 2 * i;
    const __m256i pairs =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    HashEight(folded, at, pairs, hashes + i);
  }
  if (i == count) return;
  // Empty keys at the head of `folded` fill up.
  const __mmask8 inside =
      static_cast<__mmask8>(_bzhi_u32(0xff, static_cast<unsigned>(count - i)));
  const __m256i pairs = _mm256_maskz_loadu_epi32(inside, bounds + 2 * i);
  uint16_t last[16];
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(last), pairs);
  HashEight(folded, last, pairs, hashes + i);
}

}  // namespace

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

const TextKernels& Avx512TextKernels() {
  static constexpr TextKernels kTable = {
      .classify = Classify, .find_runs = FindRuns, .hash_keys = HashKeys};
  return kTable;
}

}  // namespace twicetold

#else

namespace twicetold {
const TextKernels& Avx512TextKernels() { return PortableTextKernels(); }
}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
