// SPDX-License-Identifier: Apache-2.0
//
// The reference: plain C++, no instruction set assumed. Bytes are taken eight
// at a time in a register.
//
// The arithmetic on all bytes of a number at once is folklore (see "SIMD
// within a register"): with the top bit of every byte clear, adding 0x80 - x
// sets the top bit of just those bytes that are x or more, and nothing carries
// into the next byte. One multiplication then gathers the eight top bits.
#include <cstring>

#include "twicetold/text/kernels/edge_table.h"
#include "twicetold/text/kernels/han.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/kernels/short_key.h"
#include "twicetold/text/kernels/stretch_edges.h"

namespace twicetold {
namespace {

constexpr uint64_t Repeat(uint64_t byte) { return byte * 0x0101010101010101u; }

constexpr uint64_t kTopBits = Repeat(0x80);

// The top bit of every byte of `x` that is in [first, last]; the top bits of
// `x` must be clear.
constexpr uint64_t InRange(uint64_t x, uint64_t first, uint64_t last) {
  return (x + Repeat(0x80 - first)) & ~(x + Repeat(0x7f - last)) & kTopBits;
}

// Bit i is the top bit of byte i, the others of which must be clear.
constexpr uint64_t GatherTopBits(uint64_t x) {
  return ((x >> 7) * 0x0102040810204080u) >> 56;
}

struct EightBytes {
  uint64_t folded;
  uint64_t word;        // top bits
  uint64_t apostrophe;  // top bits
};

// `x` is eight characters of ASCII.
constexpr EightBytes ClassifyAscii(uint64_t x) {
  const uint64_t lower = InRange(x, 'A', 'Z') >> 2;  // 0x80 >> 2: a to A
  const uint64_t folded = x | lower;
  const uint64_t word = InRange(folded, 'a', 'z') | InRange(x, '0', '9');
  // Only an apostrophe gives 0, to which 0x7f adds no top bit.
  const uint64_t other = (x ^ Repeat('\'')) + Repeat(0x7f);
  return {folded, word, ~other & kTopBits};
}

// The bytes of `x` that are not ASCII are neither.
constexpr EightBytes ClassifyEight(uint64_t x) {
  const EightBytes eight = ClassifyAscii(x & ~kTopBits);
  return {eight.folded, eight.word & ~x, eight.apostrophe & ~x};
}

void ClassifyBlock(const char* text, char* folded, BlockMasks* masks) {
  uint64_t x[kBlockBytes / 8];
  std::memcpy(x, text, sizeof(x));
  const bool is_ascii =
      ((x[0] | x[1] | x[2] | x[3] | x[4] | x[5] | x[6] | x[7]) & kTopBits) == 0;
  *masks = {};
  for (size_t i = 0; i < kBlockBytes / 8; ++i) {
    const EightBytes eight =
        is_ascii ? ClassifyAscii(x[i]) : ClassifyEight(x[i]);
    std::memcpy(folded + 8 * i, &eight.folded, sizeof(eight.folded));
    masks->word |= GatherTopBits(eight.word) << 8 * i;
    if (eight.apostrophe != 0) {
      masks->apostrophe |= GatherTopBits(eight.apostrophe) << 8 * i;
    }
    if (!is_ascii) masks->high |= GatherTopBits(x[i] & kTopBits) << 8 * i;
  }
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

// The number of bits in each byte.
constexpr uint64_t CountInBytes(uint64_t x) {
  x -= x >> 1 & Repeat(0x55);
  x = (x & Repeat(0x33)) + (x >> 2 & Repeat(0x33));
  return (x + (x >> 4)) & Repeat(0x0f);
}

// Without an instruction for it std::popcount is a call.
constexpr size_t CountBits(uint64_t x) {
  return static_cast<size_t>(CountInBytes(x) * Repeat(1) >> 56);
}

// Adds `base`, four times, to the offsets of the bits of `byte`.
void WriteEdges(uint64_t byte, uint64_t base, uint16_t* out) {
  uint64_t offsets[2];
  std::memcpy(offsets, kBitOffsets[byte].offset, sizeof(offsets));
  offsets[0] += base;
  offsets[1] += base;
  std::memcpy(out, offsets, sizeof(offsets));
}

void FindStretches(const BlockMasks* masks, size_t blocks,
                   Stretches* stretches) {
  StretchEdges stretch_edges;
  uint16_t* out = stretches->bounds;
  stretches->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = stretch_edges.Take(masks[i], masks[i + 1]);
    if (stretch_edges.MayHaveHigh(masks[i])) {
      AddHighStretches(stretch_edges.HighEnds(masks[i]), edges,
                       static_cast<size_t>(out - stretches->bounds), CountBits,
                       stretches);
    }
    constexpr uint64_t kFourTimes = 0x0001000100010001u;
    // Byte k is how many edges there are in the bytes before k.
    const uint64_t sums = CountInBytes(edges) * Repeat(1);
    const uint64_t before = sums << 8;
    for (size_t k = 0; k < 8; ++k) {
      WriteEdges(edges >> 8 * k & 0xff, (i * kBlockBytes + 8 * k) * kFourTimes,
                 out + (before >> 8 * k & 0xff));
    }
    out += sums >> 56;
  }
  stretches->bound_count = static_cast<size_t>(out - stretches->bounds);
  stretches->open_is_high = stretch_edges.open_is_high();
}

void HashKeys(const char* folded, const uint16_t* bounds, size_t count,
              uint64_t* hashes) {
  HashKeysOneByOne(folded, bounds, count, hashes);
}

size_t FoldNoWord(const char* /*text*/, size_t /*size*/, char* /*out*/) {
  return 0;
}

TakenHan TakeHan(const char* text, size_t size, char* out, uint16_t offset,
                 uint16_t* bounds) {
  return TakeHanOneByOne(text, size, out, offset, bounds);
}

}  // namespace

const TextKernels& PortableTextKernels() {
  static constexpr TextKernels kTable = {.classify = Classify,
                                         .find_stretches = FindStretches,
                                         .hash_keys = HashKeys,
                                         .fold_word = FoldNoWord,
                                         .take_han = TakeHan};
  return kTable;
}

}  // namespace twicetold
