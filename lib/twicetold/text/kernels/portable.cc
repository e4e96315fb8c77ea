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
#include "twicetold/text/kernels/run_edges.h"
#include "twicetold/text/kernels/short_key.h"

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
  uint64_t word;
  uint64_t apostrophe;
  uint64_t high;
};

constexpr EightBytes ClassifyEight(uint64_t x) {
  const uint64_t low_bits = x & ~kTopBits;
  const uint64_t upper = InRange(low_bits, 'A', 'Z') & ~x;
  const uint64_t lower = upper >> 2;  // 0x80 >> 2: upper to lower case
  const uint64_t word =
      (InRange(low_bits | lower, 'a', 'z') | InRange(low_bits, '0', '9')) & ~x;
  // Only an apostrophe gives 0, to which 0x7f adds no top bit.
  const uint64_t other = (low_bits ^ Repeat('\'')) + Repeat(0x7f);
  return {x | lower, GatherTopBits(word),
          GatherTopBits(~(other | x) & kTopBits), GatherTopBits(x & kTopBits)};
}

void ClassifyBlock(const char* text, char* folded, BlockMasks* masks) {
  *masks = {};
  for (size_t i = 0; i < kBlockBytes; i += 8) {
    uint64_t x;
    std::memcpy(&x, text + i, sizeof(x));
    const EightBytes eight = ClassifyEight(x);
    std::memcpy(folded + i, &eight.folded, sizeof(eight.folded));
    masks->word |= eight.word << i;
    masks->apostrophe |= eight.apostrophe << i;
    masks->high |= eight.high << i;
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

void FindRuns(const BlockMasks* masks, size_t blocks, Runs* runs) {
  RunEdges run_edges;
  uint16_t* out = runs->bounds;
  runs->high_count = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const uint64_t edges = run_edges.Take(masks[i], masks[i + 1]);
    if (run_edges.MayHaveHigh(masks[i])) {
      AddHighRuns(run_edges.HighEnds(masks[i]), edges,
                  static_cast<size_t>(out - runs->bounds), CountBits, runs);
    }
    constexpr uint64_t kFourTimes = 0x0001000100010001u;
    // Byte k is how many edges there are in the bytes before k.
    const uint64_t sums = CountInBytes(edges) * Repeat(1);
    const uint64_t before = sums << 8;
    for (unsigned k = 0; k < 8; ++k) {
      WriteEdges(edges >> 8 * k & 0xff, (i * kBlockBytes + 8 * k) * kFourTimes,
                 out + (before >> 8 * k & 0xff));
    }
    out += sums >> 56;
  }
  runs->bound_count = static_cast<size_t>(out - runs->bounds);
  runs->open_is_high = run_edges.open_is_high();
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
                                         .find_runs = FindRuns,
                                         .hash_keys = HashKeys,
                                         .fold_word = FoldNoWord,
                                         .take_han = TakeHan};
  return kTable;
}

}  // namespace twicetold
