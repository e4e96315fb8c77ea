// SPDX-License-Identifier: Apache-2.0
//
// Hash functions of the library: one for short keys that is inlined
// everywhere, and XXH3 for whatever is long.
//
// Guarantee: every function is a pure function of its arguments and gives the
// same value on every machine (little-endian byte order is assumed and checked
// at compile time in hash.cc). None of them resists an adversary.
//
// Thread safety: all functions are safe to call from any thread.
#ifndef TWICETOLD_BASE_HASH_H_
#define TWICETOLD_BASE_HASH_H_

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace twicetold {

// 128 bits, for telling texts apart: two different texts among 10^12 share a
// digest with a chance below 10^-14.
struct Digest {
  uint64_t high = 0;
  uint64_t low = 0;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

// The digest as 32 lower-case hexadecimal digits, most significant first.
std::string ToHex(const Digest& digest);

// XXH3 of `bytes` (Yann Collet, https://xxhash.com), 64 and 128 bits.
uint64_t HashBytes(std::string_view bytes, uint64_t seed = 0);
Digest DigestBytes(std::string_view bytes);

// XXH3 of a sequence of numbers, in memory order.
uint64_t HashWords(std::span<const uint32_t> words, uint64_t seed);
Digest DigestWords(std::span<const uint64_t> words);

// A bijection of 64-bit numbers in which every input bit reaches every output
// bit: the finalizer of SplitMix64 (Steele, Lea, Flood: "Fast splittable
// pseudorandom number generators", OOPSLA 2014).
constexpr uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

}  // namespace twicetold

#endif  // TWICETOLD_BASE_HASH_H_
