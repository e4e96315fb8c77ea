// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/oracle_tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace twicetold::testing {

namespace {

enum class Part { kEnd, kWord, kLone, kMark, kIgnorable, kApostrophe };

struct OracleChar {
  UChar32 code_point = 0;
  Part part = Part::kEnd;
  uint32_t begin = 0;
  uint32_t end = 0;
};

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string Normalize(const icu::Normalizer2* normalizer,
                      std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString out = normalizer->normalize(FromUtf8(text), error);
  if (U_FAILURE(error)) std::abort();
  return ToUtf8(out);
}

const icu::Normalizer2* Casefold() {
  UErrorCode error = U_ZERO_ERROR;
  return icu::Normalizer2::getNFKCCasefoldInstance(error);
}
const icu::Normalizer2* Nfd() {
  UErrorCode error = U_ZERO_ERROR;
  return icu::Normalizer2::getNFDInstance(error);
}
const icu::Normalizer2* Nfc() {
  UErrorCode error = U_ZERO_ERROR;
  return icu::Normalizer2::getNFCInstance(error);
}

std::string CharUtf8(UChar32 c) { return ToUtf8(icu::UnicodeString(c)); }

bool HasCategory(UChar32 c, uint32_t mask) {
  return (U_MASK(u_charType(c)) & mask) != 0;
}

bool HasSpacelessScript(UChar32 c) {
  for (const UScriptCode script :
       {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
        USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR}) {
    if (uscript_hasScript(c, script)) return true;
  }
  return false;
}

bool OnlyMarks(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!HasCategory(text.char32At(i), U_GC_M_MASK)) return false;
  }
  return true;
}

Part PartOf(UChar32 c) {
  switch (c) {
    case 0x27:
    case 0x2bb:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0xff07:
      return Part::kApostrophe;
    case 0x200b:
      return Part::kEnd;
    default:
      break;
  }
  const icu::UnicodeString fold = FromUtf8(IcuFold(CharUtf8(c)));
  if (HasCategory(c, U_GC_M_MASK)) {
    return fold.isEmpty() ? Part::kIgnorable : Part::kMark;
  }
  if (HasCategory(c, U_GC_CF_MASK)) {
    const int32_t word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
    if (word_break != U_WB_FORMAT && word_break != U_WB_EXTEND &&
        word_break != U_WB_ZWJ) {
      return Part::kEnd;
    }
    return fold.isEmpty() ? Part::kIgnorable : Part::kMark;
  }
  if (!HasCategory(c, U_GC_L_MASK | U_GC_N_MASK)) return Part::kEnd;
  if (fold.isEmpty()) return Part::kIgnorable;
  if (OnlyMarks(fold)) return Part::kMark;
  if (!HasCategory(c, U_GC_ND_MASK) && HasSpacelessScript(c)) {
    return Part::kLone;
  }
  return Part::kWord;
}

// The characters that are something; a bad byte is a character of its own.
std::vector<OracleChar> Split(std::string_view text) {
  std::vector<OracleChar> chars;
  const auto length = static_cast<int32_t>(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (int32_t i = 0; i < length;) {
    const int32_t begin = i;
    OracleChar c;
    U8_NEXT(bytes, i, length, c.code_point);
    if (c.code_point < 0) {
      i = begin + 1;
    } else {
      c.part = PartOf(c.code_point);
    }
    c.begin = static_cast<uint32_t>(begin);
    c.end = static_cast<uint32_t>(i);
    chars.push_back(c);
  }
  return chars;
}

bool IsWordAt(const std::vector<OracleChar>& chars, size_t i) {
  return i < chars.size() && chars[i].part == Part::kWord;
}

// The place after the ignorable characters from `i` on.
size_t SkipIgnorable(const std::vector<OracleChar>& chars, size_t i) {
  while (i < chars.size() && chars[i].part == Part::kIgnorable) ++i;
  return i;
}

// The word that starts at `*i`; leaves `*i` behind it.
OracleToken TakeWord(const std::vector<OracleChar>& chars, size_t* i) {
  OracleToken token{"", {chars[*i].begin, chars[*i].end}};
  while (*i < chars.size()) {
    const OracleChar& c = chars[*i];
    if (c.part == Part::kApostrophe) {
      const size_t next = SkipIgnorable(chars, *i + 1);
      if (!IsWordAt(chars, next)) break;
      token.key += '\'';
      *i = next;
      continue;
    }
    if (c.part != Part::kWord && c.part != Part::kMark &&
        c.part != Part::kIgnorable) {
      break;
    }
    token.key += CharUtf8(c.code_point);
    token.range.end = c.end;
    ++*i;
  }
  return token;
}

// Every letter of the fold of `c` as a token; marks go to the last one, if it
// is still open. Returns whether one is open afterwards.
bool TakeLone(const OracleChar& c, bool is_open,
              std::vector<OracleToken>* tokens) {
  const icu::UnicodeString fold = FromUtf8(IcuFold(CharUtf8(c.code_point)));
  for (int32_t j = 0; j < fold.length(); j = fold.moveIndex32(j, 1)) {
    const UChar32 f = fold.char32At(j);
    if (HasCategory(f, U_GC_M_MASK)) {
      if (is_open) tokens->back().key += CharUtf8(f);
    } else if (PartOf(f) == Part::kLone) {
      tokens->push_back({CharUtf8(f), {c.begin, c.end}});
      is_open = true;
    } else {
      is_open = false;
    }
  }
  return is_open;
}

}  // namespace

std::string IcuFold(std::string_view utf8) {
  return Normalize(Nfd(), Normalize(Casefold(), utf8));
}
std::string IcuNfc(std::string_view utf8) { return Normalize(Nfc(), utf8); }
std::string IcuNfd(std::string_view utf8) { return Normalize(Nfd(), utf8); }

std::vector<OracleToken> OracleTokenize(std::string_view utf8) {
  const std::vector<OracleChar> chars = Split(utf8);
  std::vector<OracleToken> tokens;
  bool is_open = false;  // whether a mark would belong to the last token
  for (size_t i = 0; i < chars.size();) {
    const OracleChar& c = chars[i];
    if (c.part == Part::kWord) {
      tokens.push_back(TakeWord(chars, &i));
      is_open = true;
      continue;
    }
    if (c.part == Part::kLone) {
      is_open = TakeLone(c, is_open, &tokens);
    } else if (c.part == Part::kMark || c.part == Part::kIgnorable) {
      if (is_open) {
        tokens.back().key += CharUtf8(c.code_point);
        tokens.back().range.end = c.end;
      }
    } else {
      is_open = false;
    }
    ++i;
  }
  for (OracleToken& token : tokens) token.key = IcuFold(token.key);
  return tokens;
}

}  // namespace twicetold::testing
