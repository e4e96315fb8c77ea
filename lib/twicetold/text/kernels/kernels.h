// SPDX-License-Identifier: Apache-2.0
//
// The seam between tokenizing and the instructions it runs on: a table of
// functions, one table for each tier of machines (base/kernel_tier.h).
//
// Text is taken a piece at a time, so that all of it stays in the nearest
// cache. Three steps, each over a whole piece:
//   classify   bytes -> folded bytes and, a block of 64 at a time, masks that
//              say which are letters or digits, which apostrophes, which have
//              to be looked at one by one;
//   find_stretches  masks -> the bounds of stretches of what makes words;
//   hash_keys  folded bytes and bounds -> a hash for each.
//
// Guarantee: whatever the table, the tokens are the same. Which bytes of text
// other than ASCII a kernel leaves to the Scanner is its own affair.
//
// Thread safety: constant data.
#ifndef TWICETOLD_TEXT_KERNELS_KERNELS_H_
#define TWICETOLD_TEXT_KERNELS_KERNELS_H_

#include <cstddef>
#include <cstdint>

#include "twicetold/base/kernel_tier.h"

namespace twicetold {

inline constexpr size_t kBlockBytes = 64;
inline constexpr size_t kPieceBlocks = 64;
inline constexpr size_t kPieceBytes = kBlockBytes * kPieceBlocks;

// Of a block of text; bit i is about byte i. No bit is in two of them.
struct BlockMasks {
  uint64_t word;        // letters and digits
  uint64_t apostrophe;  // U+0027
  uint64_t high;        // other bytes that are not ASCII and may be in a token
};

// A stretch is a longest row of word bytes, high bytes, and single apostrophes
// between any two of these. What separates stretches ends every token, so that
// a stretch without a high byte is a token, and any other can be tokenized by
// itself.
struct Stretches {
  // Offsets in the piece where stretches begin and end, in turn. Kernels write
  // groups of bounds, up to a block's number of them beyond the last.
  uint16_t bounds[kPieceBytes + 2 * kBlockBytes];
  size_t bound_count = 0;  // odd: the last stretch goes on after the piece
  // The stretches with high bytes, by their number; without the last one
  // if that goes on.
  uint16_t high[kPieceBytes / 2 + 1];
  size_t high_count = 0;
  bool open_is_high = false;  // whether the one that goes on is such a stretch
};

// What take_han took: bytes of text, and the ideographs among them.
struct TakenHan {
  size_t bytes = 0;
  size_t keys = 0;
};

struct TextKernels {
  // Classifies the `size` <= kPieceBytes bytes at `text` and, as if NULs
  // followed, what completes the last of `blocks` blocks. The folds of word
  // bytes, and apostrophes, are written to their place in `folded`; elsewhere
  // there may be anything. Reads no byte beyond `size`.
  //
  // All letters and digits of ASCII are word bytes. A kernel may take for such
  // also the bytes of characters that are kWord and fold to as many bytes, but
  // the text must not begin inside a character then; and may take bytes of
  // characters that are kOther for separators. All others are high, those of a
  // cut character too.
  void (*classify)(const char* text, size_t size, size_t blocks, char* folded,
                   BlockMasks* masks);

  // The stretches of `blocks` <= kPieceBlocks blocks. `masks` holds one more,
  // which says what follows the last of them.
  void (*find_stretches)(const BlockMasks* masks, size_t blocks,
                         Stretches* stretches);

  // HashToken of the `count` keys whose bounds in `folded` are at `bounds`,
  // two for each; none is longer than kKeyBlock. Reads up to kKeySlack bytes
  // of `folded` beyond the beginning of a key and writes up to kHashSlack
  // hashes beyond the last.
  void (*hash_keys)(const char* folded, const uint16_t* bounds, size_t count,
                    uint64_t* hashes);

  // If the `size` bytes at `text`, a stretch, are one token of kWord characters
  // and apostrophes: writes its key to `out`, where kFoldWordRoom bytes are
  // free, and returns how many it takes. Else, and wherever it does not know,
  // 0; always so for more than kMaxFoldWord bytes.
  size_t (*fold_word)(const char* text, size_t size, char* out);

  // Takes ideographs, from kFirstHan to kLastHan, and punctuation of three
  // bytes (unicode_tables::kPunctuation) off the head of `size` bytes at
  // `text`: copies them to `out`, and writes the bounds of the ideographs to
  // `bounds`, the first byte having offset `offset`. Returns how much it took.
  // That does not end with an ideograph, since a mark could follow. Room is
  // needed for kBlockBytes more at `out` and kHanSlack more keys at `bounds`.
  TakenHan (*take_han)(const char* text, size_t size, char* out,
                       uint16_t offset, uint16_t* bounds);
};

inline constexpr size_t kMaxFoldWord = 32;
inline constexpr size_t kFoldWordRoom = 64;

// The CJK Unified Ideographs that Unicode has had since version 4.1.
inline constexpr char32_t kFirstHan = 0x4e00;
inline constexpr char32_t kLastHan = 0x9fbb;

inline constexpr size_t kHanSlack = 16;

inline constexpr size_t kKeySlack = 2 * kBlockBytes;
inline constexpr size_t kHashSlack = 8;

// The table of a tier that this machine can run.
const TextKernels& TextKernelsOf(KernelTier tier);

// The tables; those of tiers that were not compiled are the portable one.
const TextKernels& PortableTextKernels();
const TextKernels& Avx2TextKernels();
const TextKernels& Avx512TextKernels();

}  // namespace twicetold

#endif  // TWICETOLD_TEXT_KERNELS_KERNELS_H_
