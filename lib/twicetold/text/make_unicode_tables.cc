// SPDX-License-Identifier: Apache-2.0
//
// Writes the tables that char_info.h declares, as C++ source, from what ICU
// knows about every code point. Runs on the building machine, once a build:
//
//   make_unicode_tables OUTPUT_FILE
//
// Exit status 1, with a message, where ICU fails or its data breaks what
// char_info.h assumes.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "twicetold/base/utf8.h"
#include "twicetold/text/char_info.h"

namespace twicetold {
namespace {

using unicode_tables::kBlockSize;
using unicode_tables::kCodePoints;

using Block = std::array<uint32_t, kBlockSize>;

[[noreturn]] void Fail(std::string_view why, char32_t c) {
  std::fprintf(stderr, "make_unicode_tables: %.*s (U+%04" PRIX32 ")\n",
               static_cast<int>(why.size()), why.data(),
               static_cast<uint32_t>(c));
  std::exit(1);
}

// The folds of all characters, end to end.
struct Tables {
  std::vector<uint8_t> block_of;
  std::vector<Block> blocks;
  std::vector<uint32_t> pool;
  std::vector<uint64_t> two_byte_folds;
  std::vector<unicode_tables::Page> pages;
  std::map<char32_t, std::vector<uint8_t>> punctuation;  // by their first
};

class Folder {
 public:
  Folder() {
    UErrorCode error = U_ZERO_ERROR;
    casefold_ = icu::Normalizer2::getNFKCCasefoldInstance(error);
    decompose_ = icu::Normalizer2::getNFDInstance(error);
    if (U_FAILURE(error)) Fail(u_errorName(error), 0);
  }

  std::u32string Fold(char32_t c) const {
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString folded = decompose_->normalize(
        casefold_->normalize(icu::UnicodeString(static_cast<UChar32>(c)),
                             error),
        error);
    std::u32string out(static_cast<size_t>(folded.countChar32()), U'\0');
    folded.toUTF32(reinterpret_cast<UChar32*>(out.data()),
                   static_cast<int32_t>(out.size()), error);
    if (U_FAILURE(error)) Fail(u_errorName(error), c);
    return out;
  }

 private:
  const icu::Normalizer2* casefold_;
  const icu::Normalizer2* decompose_;
};

bool IsMark(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

bool IsApostrophe(char32_t c) {
  constexpr std::u32string_view kApostrophes =
      U"'"
      U"\u02bb"   // modifier letter turned comma (the okina)
      U"\u02bc"   // modifier letter apostrophe
      U"\u2018"   // left single quotation mark
      U"\u2019"   // right single quotation mark
      U"\u201b"   // single high-reversed-9 quotation mark
      U"\uff07";  // fullwidth apostrophe
  return kApostrophes.find(c) != std::u32string_view::npos;
}

bool IsWrittenWithoutSpaces(char32_t c) {
  constexpr UScriptCode kScripts[] = {
      USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
      USCRIPT_LAO, USCRIPT_KHMER,    USCRIPT_MYANMAR};
  return std::any_of(
      std::begin(kScripts), std::end(kScripts), [c](UScriptCode script) {
        return uscript_hasScript(static_cast<UChar32>(c), script) != 0;
      });
}

// Format characters that UAX #29 looks through inside a word.
bool IsInnerFormat(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (u_charType(point) != U_FORMAT_CHAR) return false;
  switch (u_getIntPropertyValue(point, UCHAR_WORD_BREAK)) {
    case U_WB_FORMAT:
    case U_WB_EXTEND:
    case U_WB_ZWJ:
      return true;
    default:
      return false;
  }
}

CharClass ClassOf(char32_t c, const std::u32string& fold) {
  if (IsApostrophe(c)) return CharClass::kApostrophe;
  const uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(c));
  const bool letter_or_number = (category & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
  if (!letter_or_number && !IsMark(c) && !IsInnerFormat(c)) {
    return CharClass::kOther;
  }
  if (fold.empty()) return CharClass::kIgnorable;
  if (!letter_or_number || std::all_of(fold.begin(), fold.end(), IsMark)) {
    return CharClass::kMark;
  }
  if ((category & U_GC_ND_MASK) == 0 && IsWrittenWithoutSpaces(c)) {
    return CharClass::kLone;
  }
  if (IsMark(fold[0])) Fail("a word character folds to a mark first", c);
  return CharClass::kWord;
}

uint32_t CombiningClass(char32_t c) {
  return u_getCombiningClass(static_cast<UChar32>(c));
}

CharInfo InfoOf(char32_t c, const std::u32string& fold,
                std::vector<uint32_t>* pool) {
  const CharClass char_class = ClassOf(c, fold);
  const auto point = static_cast<UChar32>(c);
  // The tokenizer never folds these.
  if (char_class == CharClass::kApostrophe)
    return CharInfo::Self(char_class, 0);
  const int32_t hangul =
      u_getIntPropertyValue(point, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_LV_SYLLABLE || hangul == U_HST_LVT_SYLLABLE) {
    return CharInfo::Hangul(char_class);
  }
  if (fold.size() == 1 && fold[0] == c) {
    return CharInfo::Self(char_class, CombiningClass(c));
  }
  std::vector<uint32_t> row;
  for (const char32_t f : fold) {
    row.push_back(FoldedChar(f, CombiningClass(f)).bits());
  }
  // Rows may overlap: a fold that occurs in the pool already is shared.
  auto at = std::search(pool->begin(), pool->end(), row.begin(), row.end());
  const auto begin = static_cast<uint32_t>(at - pool->begin());
  if (at == pool->end()) pool->insert(at, row.begin(), row.end());
  const auto size = static_cast<uint32_t>(row.size());
  const CharInfo info = CharInfo::Pool(char_class, begin, size);
  if (info.pool_begin() != begin || info.pool_size() != size) {
    Fail("a fold does not fit its entry", c);
  }
  return info;
}

// The entries of a character of two bytes in kTwoByteFolds and kPages.
void AddTwoByte(char32_t c, CharInfo info, const std::u32string& fold,
                Tables* tables) {
  std::string bytes;
  for (const char32_t f : fold) {
    char utf8[kMaxUtf8Bytes];
    bytes.append(utf8, EncodeUtf8(f, utf8));
  }
  const bool is_word = info.char_class() == CharClass::kWord;
  uint64_t entry = 0;
  if (is_word && bytes.size() <= 7) {
    entry = bytes.size();
    for (size_t i = 0; i < bytes.size(); ++i) {
      entry |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i + 8);
    }
  }
  tables->two_byte_folds.push_back(entry);
  const size_t place = c % unicode_tables::kPageSize;
  if (place == 0) tables->pages.push_back({});
  unicode_tables::Page& page = tables->pages.back();
  for (size_t i = 0; i < bytes.size() && i < 4; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (is_word && bytes.size() <= 4) page.folded[i][place] = byte;
    if (is_word && bytes.size() == 2 && i < 2) page.in_place[i][place] = byte;
  }
  if (info.char_class() == CharClass::kOther) {
    page.in_place[0][place] = unicode_tables::kPageOther;
    page.in_place[1][place] = unicode_tables::kPageOther;
  }
}

Tables MakeTables() {
  const Folder folder;
  Tables tables;
  std::map<Block, size_t> number_of;
  for (uint32_t first = 0; first < kCodePoints; first += kBlockSize) {
    Block block;
    for (uint32_t i = 0; i < kBlockSize; ++i) {
      const char32_t c = first + i;
      const bool surrogate = c >= 0xd800 && c <= 0xdfff;
      const std::u32string fold =
          surrogate ? std::u32string(1, c) : folder.Fold(c);
      const CharInfo info = InfoOf(c, fold, &tables.pool);
      block[i] = info.bits();
      if (c >= unicode_tables::kFirstTwoByte &&
          c < unicode_tables::kTwoByteEnd) {
        AddTwoByte(c, info, fold, &tables);
      }
      for (const char32_t start : unicode_tables::kPunctuationFirst) {
        if (c < start || c >= start + 64) continue;
        tables.punctuation[start].push_back(
            info.char_class() == CharClass::kOther ? unicode_tables::kPageOther
                                                   : uint8_t{0});
      }
    }
    const auto [it, is_new] = number_of.emplace(block, tables.blocks.size());
    if (is_new) tables.blocks.push_back(block);
    if (it->second > UINT8_MAX) Fail("too many different blocks", first);
    tables.block_of.push_back(static_cast<uint8_t>(it->second));
  }
  return tables;
}

template <typename Numbers>
void WriteNumbers(std::FILE* out, const Numbers& numbers) {
  size_t column = 0;
  for (const uint64_t n : numbers) {
    std::fprintf(out, "%" PRIu64 "u,%c", n, ++column % 12 == 0 ? '\n' : ' ');
  }
}

void WritePages(const Tables& tables, std::FILE* out) {
  std::fputs(
      "const Page kPages[(kTwoByteEnd - kFirstTwoByte) / kPageSize] = {\n",
      out);
  const auto write_rows = [out](const auto& rows) {
    std::fputs("{", out);
    for (const auto& row : rows) {
      std::fputs("{", out);
      WriteNumbers(out, row);
      std::fputs("},\n", out);
    }
    std::fputs("},\n", out);
  };
  for (const unicode_tables::Page& page : tables.pages) {
    std::fputs("{", out);
    write_rows(page.in_place);
    write_rows(page.folded);
    std::fputs("},\n", out);
  }
  std::fputs(
      "};\n\n"
      "const uint8_t kPunctuation[std::size(kPunctuationFirst)][64] = {\n",
      out);
  for (const auto& [start, bytes] : tables.punctuation) {
    std::fputs("{", out);
    WriteNumbers(out, bytes);
    std::fputs("},\n", out);
  }
  std::fputs("};\n\n", out);
}

void Write(const Tables& tables, std::FILE* out) {
  std::fprintf(out,
               "// Written by make_unicode_tables from the data of ICU %s.\n"
               "#include \"twicetold/text/char_info.h\"\n\n"
               "namespace twicetold::unicode_tables {\n\n"
               "const char kVersion[] = \"%s\";\n\n",
               U_ICU_VERSION, U_UNICODE_VERSION);
  std::fputs("const uint8_t kBlockOf[kCodePoints / kBlockSize] = {\n", out);
  WriteNumbers(out, tables.block_of);
  std::fputs("};\n\nconst uint32_t kBlocks[][kBlockSize] = {\n", out);
  for (const Block& block : tables.blocks) {
    std::fputs("{", out);
    WriteNumbers(out, block);
    std::fputs("},\n", out);
  }
  std::fputs("};\n\nconst uint32_t kPool[] = {\n", out);
  WriteNumbers(out, tables.pool);
  std::fputs(
      "};\n\nconst uint64_t kTwoByteFolds[kTwoByteEnd - kFirstTwoByte] = {\n",
      out);
  WriteNumbers(out, tables.two_byte_folds);
  std::fputs("};\n\n", out);
  WritePages(tables, out);
  std::fputs("}  // namespace twicetold::unicode_tables\n", out);
}

int Main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: make_unicode_tables OUTPUT_FILE\n", stderr);
    return 1;
  }
  const Tables tables = MakeTables();
  u_cleanup();
  std::FILE* out = std::fopen(argv[1], "w");
  if (out == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  Write(tables, out);
  const bool written = std::ferror(out) == 0;
  if (std::fclose(out) != 0 || !written) {
    std::perror(argv[1]);
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace twicetold

int main(int argc, char** argv) { return twicetold::Main(argc, argv); }
