// SPDX-License-Identifier: Apache-2.0
//
// What the tokenizer knows about a character: its class, and how it folds.
//
// The tables behind it are written at build time by make_unicode_tables.cc,
// which asks ICU; nothing here calls ICU at run time. They are tables of two
// stages: the upper bits of a code point choose a block, the lower bits an
// entry of it, and equal blocks are stored once (about 160 KB in all). What
// most letters of two bytes fold to is listed once more as bytes, 15 KB.
//
// Thread safety: constant data.
#ifndef TWICETOLD_TEXT_CHAR_INFO_H_
#define TWICETOLD_TEXT_CHAR_INFO_H_

#include <cstdint>
#include <iterator>

namespace twicetold {

// The part that a character can play in a token.
enum class CharClass : uint8_t {
  // Ends a token and is in none: spaces, punctuation (the underscore too),
  // symbols, emoji, control characters, U+200B ZERO WIDTH SPACE, what is
  // unassigned or for private use.
  kOther,
  // A letter (general category L*) or number (N*) that makes words together
  // with its neighbours.
  kWord,
  // A letter or number, but no decimal digit, of a script that is written
  // without spaces, by its Script_Extensions: Han, Hiragana, Katakana, Thai,
  // Lao, Khmer, Myanmar. The signs of length and iteration that these share
  // are among them. Each letter of its fold is a token of its own, as if the
  // fold stood in the text. (Decimal digits of these scripts are kWord: numbers
  // are written together in any script.)
  kLone,
  // Belongs to the token before it: a combining mark (M*), or a letter whose
  // fold is nothing but marks (the halfwidth voiced sound marks).
  kMark,
  // Nothing, wherever it stands: a mark, letter or format character (Cf) that
  // folds to nothing, such as soft hyphen, joiners, variation selectors,
  // directional marks and U+FEFF; UAX #29, rule WB4. Not U+200B, which that
  // rule leaves out because it parts words.
  kIgnorable,
  // What is written for an apostrophe; part of a token only between two
  // kWord characters, as U+0027 in the key. Comes before "letter", which
  // U+02BB and U+02BC are by category.
  kApostrophe,
};

// The entry of one character, 32 bits:
//   bits 0-2   CharClass
//   bits 3-4   FoldKind
//   bits 5-12  combining class, where kSelf
//   bits 5-9   number of code points in the fold, where kPool
//   bits 10-31 place of the first of these in the pool, where kPool
class CharInfo {
 public:
  enum class FoldKind : uint8_t {
    kSelf,    // folds to itself
    kPool,    // folds to a row of the pool
    kHangul,  // folds to two or three jamo, by computation
  };

  constexpr explicit CharInfo(uint32_t bits) : bits_(bits) {}

  static constexpr CharInfo Self(CharClass c, uint32_t combining_class) {
    return Make(c, FoldKind::kSelf, combining_class);
  }
  static constexpr CharInfo Pool(CharClass c, uint32_t begin, uint32_t size) {
    return Make(c, FoldKind::kPool, begin << 5 | size);
  }
  static constexpr CharInfo Hangul(CharClass c) {
    return Make(c, FoldKind::kHangul, 0);
  }

  constexpr uint32_t bits() const { return bits_; }
  constexpr CharClass char_class() const {
    return static_cast<CharClass>(bits_ & 7);
  }
  constexpr FoldKind fold_kind() const {
    return static_cast<FoldKind>(bits_ >> 3 & 3);
  }
  constexpr uint32_t combining_class() const { return bits_ >> 5 & 0xff; }
  constexpr uint32_t pool_begin() const { return bits_ >> 10; }
  constexpr uint32_t pool_size() const { return bits_ >> 5 & 0x1f; }

 private:
  static constexpr CharInfo Make(CharClass c, FoldKind kind, uint32_t payload) {
    return CharInfo(static_cast<uint32_t>(c) |
                    static_cast<uint32_t>(kind) << 3 | payload << 5);
  }

  uint32_t bits_;
};

// A code point of a fold with its canonical combining class, in one number as
// the pool stores it.
class FoldedChar {
 public:
  constexpr FoldedChar() = default;
  constexpr FoldedChar(char32_t c, uint32_t combining_class)
      : bits_(combining_class << 24 | c) {}
  static constexpr FoldedChar FromBits(uint32_t bits) {
    return FoldedChar(bits & 0xffffff, bits >> 24);
  }

  constexpr uint32_t bits() const { return bits_; }
  constexpr char32_t code_point() const { return bits_ & 0xffffff; }
  constexpr uint32_t combining_class() const { return bits_ >> 24; }

 private:
  uint32_t bits_ = 0;
};

// The generated tables.
namespace unicode_tables {
inline constexpr uint32_t kBlockBits = 7;
inline constexpr uint32_t kBlockSize = 1u << kBlockBits;
inline constexpr uint32_t kCodePoints = 0x110000;

extern const char kVersion[];                             // "15.0"
extern const uint8_t kBlockOf[kCodePoints / kBlockSize];  // stage one
extern const uint32_t kBlocks[][kBlockSize];              // stage two
extern const uint32_t kPool[];                            // of folds

// The folds of kWord characters of two bytes (from U+0080 on) that take at most
// seven: these bytes from bit 8 on, their number in bits 0-2. 0 for the others.
inline constexpr uint32_t kFirstTwoByte = 0x80;
inline constexpr uint32_t kTwoByteEnd = 0x800;
extern const uint64_t kTwoByteFolds[kTwoByteEnd - kFirstTwoByte];

// What kernels know of characters of two bytes, a page of 128 at a time.
inline constexpr uint32_t kPageSize = 128;
inline constexpr uint8_t kPageOther = 1;
struct Page {
  // The bytes of the folds of kWord characters that fold to two; kPageOther in
  // both for what is kOther; 0 for all others.
  uint8_t in_place[2][kPageSize];
  // The bytes of the folds of kWord characters that fold to at most four, with
  // 0 behind them; 0 in the first for all others.
  uint8_t folded[4][kPageSize];
};
extern const Page kPages[(kTwoByteEnd - kFirstTwoByte) / kPageSize];

// kPageOther for those of the 64 characters from each of these on that are
// kOther, 0 for the others: where the punctuation of most scripts lies.
inline constexpr char32_t kPunctuationFirst[] = {0x2000, 0x3000, 0xff00};
extern const uint8_t kPunctuation[std::size(kPunctuationFirst)][64];
}  // namespace unicode_tables

// `c` must be a code point, at most U+10FFFF.
inline CharInfo GetCharInfo(char32_t c) {
  namespace tables = unicode_tables;
  return CharInfo(tables::kBlocks[tables::kBlockOf[c >> tables::kBlockBits]]
                                 [c % tables::kBlockSize]);
}

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_CHAR_INFO_H_
