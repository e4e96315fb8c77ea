// SPDX-License-Identifier: Apache-2.0
//
// What the AVX-512 kernels know of text that is not ASCII. Part of avx512.cc
// and of nothing else, which sets the instructions it is compiled for.
//
// Characters of two bytes are looked up 64 bytes at a time, on one page of 128
// characters after the other that occurs; text in one script is mostly on one.
#ifndef TWICETOLD_TEXT_KERNELS_AVX512_HIGH_H_
#define TWICETOLD_TEXT_KERNELS_AVX512_HIGH_H_

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "twicetold/base/mask_bits.h"
#include "twicetold/text/char_info.h"
#include "twicetold/text/kernels/han.h"
#include "twicetold/text/kernels/kernels.h"

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

// Which bytes are those of characters on one page, and the place of each on it.
struct OnPage {
  __mmask64 first;  // of two bytes
  __mmask64 second;
  __m512i place;  // in the low seven bits
};

// The characters of two bytes in `bytes` on the page that `lead` leads to.
// `next` and `last` are the bytes after and before each.
inline OnPage FindOnPage(__m512i bytes, __m512i next, __m512i last,
                         uint8_t lead) {
  // Continuation bytes are the least numbers with a sign.
  const __m512i least_lead = Set(0xc0);
  OnPage found;
  found.first =
      _mm512_mask_cmplt_epi8_mask(LeadsOf(bytes, lead), next, least_lead);
  found.second =
      _mm512_mask_cmplt_epi8_mask(LeadsOf(last, lead), bytes, least_lead);
  // The lowest bit of the lead, six of the other byte.
  const __m512i from_lead =
      _mm512_slli_epi16(_mm512_mask_blend_epi8(found.second, bytes, last), 6);
  const __m512i from_other = _mm512_mask_blend_epi8(found.second, next, bytes);
  found.place =
      _mm512_ternarylogic_epi64(Set(0x3f), from_other, from_lead, 0xca);
  return found;
}

inline const unicode_tables::Page& PageOf(uint8_t lead) {
  return unicode_tables::kPages[(lead - 0xc2) / 2];
}

inline __m512i LookUp(const uint8_t* row, __m512i place) {
  return _mm512_permutex2var_epi8(Load(row), place, Load(row + 64));
}

inline uint64_t TwoByteLeads(__m512i bytes) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, Set(0xc2)),
                                Set(0xdf - 0xc2));
}

// Folds the characters on a page in place, or takes them for separators.
inline void FoldPage(const OnPage& found, const unicode_tables::Page& page,
                     char* folded, BlockMasks* masks) {
  const __m512i fold = _mm512_mask_blend_epi8(
      found.second, LookUp(page.in_place[0], found.place),
      LookUp(page.in_place[1], found.place));
  const __mmask64 known =
      _mm512_mask_test_epi8_mask(found.first | found.second, fold, fold);
  const __mmask64 other =
      _mm512_mask_cmpeq_epi8_mask(known, fold, Set(unicode_tables::kPageOther));
  const __mmask64 word = known & ~other;
  _mm512_mask_storeu_epi8(folded, word, fold);
  masks->word |= word;
  masks->high &= ~known;
}

// Those of U+2000 to U+203F that are in no token, but for those that go on in
// the next block.
inline uint64_t FindPunctuation(__m512i next, uint64_t leads) {
  const __m512i third = _mm512_permutexvar_epi8(Load(kMoves.down), next);
  leads = _mm512_mask_cmpeq_epi8_mask(leads, next, Set(0x80));
  leads = _mm512_mask_cmplt_epi8_mask(leads, third, Set(0xc0));
  const __m512i other =
      _mm512_permutexvar_epi8(third, Load(unicode_tables::kPunctuation[0]));
  leads = _mm512_mask_test_epi8_mask(leads, other, other) & (~uint64_t{0} >> 2);
  return leads | leads << 1 | leads << 2;
}

// What can be told of the high bytes of a block.
void FoldHigh(const char* text, const Blocks& blocks, char* folded,
              BlockMasks* masks) {
  const __m512i bytes = blocks.block;
  const __m512i next =
      _mm512_permutex2var_epi8(bytes, Load(kMoves.down), blocks.after);
  const uint64_t punctuation = _mm512_cmpeq_epi8_mask(bytes, Set(0xe2));
  if (punctuation != 0) {
    masks->high &= ~FindPunctuation(next, punctuation);
  }
  uint64_t leads = TwoByteLeads(bytes);
  if (leads == 0) return;
  const __m512i last =
      _mm512_permutex2var_epi8(blocks.before, Load(kMoves.up), bytes);
  while (leads != 0) {
    const auto lead = static_cast<uint8_t>(text[_tzcnt_u64(leads)]);
    FoldPage(FindOnPage(bytes, next, last, lead), PageOf(lead), folded, masks);
    leads &= ~LeadsOf(bytes, lead);
  }
}

// Two bytes of a key for each byte of a word, at most; 0 for none.
struct KeyBytes {
  __m512i first;
  __m512i second;
};

// Adds those of the characters of two bytes whose leads are `leads`, and
// returns the bytes of which that was possible.
inline uint64_t FoldTwoBytes(const char* text, __m512i bytes, __m512i next,
                             uint64_t leads, KeyBytes* key) {
  const __m512i last = _mm512_permutexvar_epi8(Load(kMoves.up), bytes);
  uint64_t known = 0;
  while (leads != 0) {
    const auto lead = static_cast<uint8_t>(text[_tzcnt_u64(leads)]);
    const OnPage found = FindOnPage(bytes, next, last, lead);
    const unicode_tables::Page& page = PageOf(lead);
    const __m512i head = LookUp(page.folded[0], found.place);
    const __mmask64 has_fold =
        _mm512_mask_test_epi8_mask(found.first | found.second, head, head);
    const __mmask64 second = found.second & has_fold;
    const __mmask64 first = found.first & has_fold;
    key->first = _mm512_mask_mov_epi8(key->first, first, head);
    key->first = _mm512_mask_mov_epi8(key->first, second,
                                      LookUp(page.folded[2], found.place));
    key->second = _mm512_mask_mov_epi8(key->second, first,
                                       LookUp(page.folded[1], found.place));
    key->second = _mm512_mask_mov_epi8(key->second, second,
                                       LookUp(page.folded[3], found.place));
    known |= has_fold;
    leads &= ~LeadsOf(bytes, lead);
  }
  return known;
}

// The first bytes of U+2018, U+2019 and U+201B.
inline uint64_t FindApostrophes(__m512i bytes, __m512i next) {
  const uint64_t leads = _mm512_cmpeq_epi8_mask(bytes, Set(0xe2));
  if (leads == 0) return 0;
  const __m512i third = _mm512_permutexvar_epi8(Load(kMoves.down), next);
  const uint64_t quotes = _mm512_cmpeq_epi8_mask(third, Set(0x98)) |
                          _mm512_cmpeq_epi8_mask(third, Set(0x99)) |
                          _mm512_cmpeq_epi8_mask(third, Set(0x9b));
  return leads & quotes & _mm512_cmpeq_epi8_mask(next, Set(0x80));
}

size_t FoldWord(const char* text, size_t size, char* out) {
  if (size > kMaxFoldWord) return 0;
  const uint64_t inside = _bzhi_u64(~uint64_t{0}, static_cast<unsigned>(size));
  const __m512i bytes = _mm512_maskz_loadu_epi8(inside, text);
  const __m512i next = _mm512_permutexvar_epi8(Load(kMoves.down), bytes);
  const __m512i fold = LookUp(kFoldTable.fold, bytes);
  const __mmask64 ascii = _knot_mask64(_mm512_movepi8_mask(bytes));
  uint64_t word = _mm512_mask_cmpgt_epu8_mask(ascii, fold, Set('\''));
  const uint64_t straight = _mm512_mask_cmpeq_epi8_mask(ascii, fold, Set('\''));
  KeyBytes key = {_mm512_maskz_mov_epi8(word | straight, fold),
                  _mm512_setzero_si512()};
  word |= FoldTwoBytes(text, bytes, next, TwoByteLeads(bytes), &key);
  const uint64_t curly = FindApostrophes(bytes, next);
  key.first = _mm512_mask_mov_epi8(key.first, curly, Set('\''));
  const uint64_t apostrophes = straight | curly;
  if ((word | apostrophes | curly << 1 | curly << 2) != inside) return 0;
  // Each has to be between two characters of words.
  if ((apostrophes & ~(word << 1)) != 0 || (straight & ~(word >> 1)) != 0 ||
      (curly & ~(word >> 3)) != 0) {
    return 0;
  }
  const __m512i pairs = _mm512_or_si512(
      _mm512_cvtepu8_epi16(_mm512_castsi512_si256(key.first)),
      _mm512_slli_epi16(
          _mm512_cvtepu8_epi16(_mm512_castsi512_si256(key.second)), 8));
  const __mmask64 used = _mm512_test_epi8_mask(pairs, pairs);
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(used, pairs));
  return static_cast<size_t>(_mm_popcnt_u64(used));
}

// Of 16 characters of three bytes, the bytes of each in a number of 32 bits,
// the first one uppermost; the number's uppermost byte has to be cleared.
struct alignas(64) ThreeByteOrder {
  uint8_t order[kBlockBytes] = {};
  constexpr ThreeByteOrder() {
    for (uint8_t i = 0; i < 16; ++i) {
      for (uint8_t j = 0; j < 3; ++j) {
        order[4 * i + j] = static_cast<uint8_t>(3 * i + 2 - j);
      }
    }
  }
};
constexpr ThreeByteOrder kThreeByteOrder;

inline __m512i SetNumber(uint32_t x) {
  return _mm512_set1_epi32(static_cast<int>(x));
}

// Which of 16 numbers are less than `count` above `first`.
inline __mmask16 InRange(__m512i numbers, uint32_t first, uint32_t count) {
  return _mm512_cmplt_epu32_mask(_mm512_sub_epi32(numbers, SetNumber(first)),
                                 SetNumber(count));
}

// Which of 16 characters of three bytes are kOther; not all that are.
inline __mmask16 FindOther(__m512i characters) {
  __mmask16 other = 0;
  for (size_t i = 0; i < std::size(unicode_tables::kPunctuation); ++i) {
    const __m512i row = _mm512_permutexvar_epi8(
        characters, Load(unicode_tables::kPunctuation[i]));
    other |= _mm512_mask_test_epi32_mask(
        InRange(characters, ThreeBytes(unicode_tables::kPunctuationFirst[i]),
                64),
        row, SetNumber(0xff));
  }
  return other;
}

TakenHan TakeHan(const char* text, size_t size, char* out, uint16_t offset,
                 uint16_t* bounds) {
  const __m512i order = Load(kThreeByteOrder.order);
  // Begins and ends of 16 characters.
  __m512i pairs = _mm512_add_epi32(
      _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                           12, 13, 14, 15),
                         SetNumber(0x30003)),
      SetNumber((offset + 3u) << 16 | offset));
  TakenHan taken;
  while (true) {
    const size_t rest = size - taken.bytes < 48 ? size - taken.bytes : 48;
    const __m512i bytes = _mm512_maskz_loadu_epi8(
        _bzhi_u64(~uint64_t{0}, static_cast<unsigned>(rest)),
        text + taken.bytes);
    _mm512_storeu_si512(out + taken.bytes, bytes);
    const __m512i characters = _mm512_and_si512(
        _mm512_permutexvar_epi8(order, bytes), SetNumber(0xffffff));
    const __mmask16 han =
        InRange(characters, kFirstHanBytes, kLastHanBytes - kFirstHanBytes + 1);
    const __mmask16 known = _mm512_mask_cmpeq_epi32_mask(
        han | FindOther(characters),
        _mm512_and_si512(characters, SetNumber(0xc0c0)), SetNumber(0x8080));
    const unsigned count = _tzcnt_u32(~MaskBits(known));
    const unsigned keys = _bzhi_u32(MaskBits(han), count);
    _mm512_storeu_si512(
        bounds + 2 * taken.keys,
        _mm512_maskz_compress_epi32(static_cast<__mmask16>(keys), pairs));
    pairs = _mm512_add_epi32(pairs, SetNumber(48u << 16 | 48u));
    taken.keys += static_cast<size_t>(_mm_popcnt_u32(keys));
    taken.bytes += 3 * size_t{count};
    if (count < 16) return WithoutLast(taken, offset, bounds);
  }
}

}  // namespace
}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_AVX512_HIGH_H_
