// SPDX-License-Identifier: Apache-2.0
//
// The fold of one character: its NFKC_Casefold mapping (UAX #31, section 5.1;
// UAX #44, NFKC_CF), canonically decomposed.
//
// Strings that NFKC_Casefold makes equal, and only they, are equal after this
// as well, once marks are in canonical order (see token_key.h): the two differ
// in whether accents are composed with their letters in the end, and leaving
// them apart needs no composition.
//
// Source of the Hangul arithmetic: The Unicode Standard, section 3.12.
// Thread safety: free functions without state.
#ifndef TWICETOLD_TEXT_FOLD_H_
#define TWICETOLD_TEXT_FOLD_H_

#include "twicetold/text/char_info.h"

namespace twicetold {

// Calls `take(FoldedChar)` for every code point of the fold of the Hangul
// syllable `c`.
template <typename Take>
void ForEachJamo(char32_t c, Take&& take) {
  constexpr char32_t kSyllables = 0xac00;
  constexpr char32_t kLeads = 0x1100, kVowels = 0x1161, kTrails = 0x11a7;
  constexpr char32_t kVowelCount = 21, kTrailCount = 28;
  const char32_t index = c - kSyllables;
  take(FoldedChar(kLeads + index / (kVowelCount * kTrailCount), 0));
  take(FoldedChar(kVowels + index / kTrailCount % kVowelCount, 0));
  if (index % kTrailCount != 0) {
    take(FoldedChar(kTrails + index % kTrailCount, 0));
  }
}

// Calls `take(FoldedChar)` for every code point of the fold of `c`, whose
// entry is `info`. At most 18 calls; none if `c` folds to nothing.
template <typename Take>
void ForEachFolded(char32_t c, CharInfo info, Take&& take) {
  switch (info.fold_kind()) {
    case CharInfo::FoldKind::kSelf:
      take(FoldedChar(c, info.combining_class()));
      break;
    case CharInfo::FoldKind::kPool: {
      const uint32_t* row = unicode_tables::kPool + info.pool_begin();
      for (uint32_t i = 0; i < info.pool_size(); ++i) {
        take(FoldedChar::FromBits(row[i]));
      }
      break;
    }
    case CharInfo::FoldKind::kHangul:
      ForEachJamo(c, take);
      break;
  }
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_FOLD_H_
