// SPDX-License-Identifier: Apache-2.0
//
// Text that looks like English to a tokenizer: made-up words of English
// lengths that recur as words do (Zipf's law), in sentences with commas,
// capitals, apostrophes and numbers, in lines of about 80 characters.
//
// Guarantee: a pure function of its arguments, the same on every machine.
// Thread safety: free functions.
#ifndef TWICETOLD_BENCH_SYNTHETIC_TEXT_H_
#define TWICETOLD_BENCH_SYNTHETIC_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace twicetold {

// SplitMix64: a small random generator whose every seed is good.
class SmallRandom {
 public:
  explicit SmallRandom(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  // In [0, n), n >= 1; the bias is below n / 2^64.
  uint64_t Below(uint64_t n) { return Next() % n; }
  // In [0, 1).
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  uint64_t state_;
};

// Text of exactly `bytes` bytes; the last word may be cut short.
std::string SyntheticText(size_t bytes, uint64_t seed);

// `words` words with a space between any two, and nothing else.
std::string WordsOfText(size_t words, uint64_t seed);

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_SYNTHETIC_TEXT_H_
