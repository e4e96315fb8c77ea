// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/hash.h"

// The header-only form: whoever links the library needs no xxHash.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>

namespace twicetold {

static_assert(std::endian::native == std::endian::little,
              "digests and sketches are defined on little-endian machines");

namespace {

Digest FromXxh(XXH128_hash_t hash) { return {hash.high64, hash.low64}; }

}  // namespace

std::string ToHex(const Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(32, '0');
  for (size_t i = 0; i < 16; ++i) {
    hex[15 - i] = kDigits[digest.high >> (4 * i) & 15];
    hex[31 - i] = kDigits[digest.low >> (4 * i) & 15];
  }
  return hex;
}

uint64_t HashBytes(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Digest DigestBytes(std::string_view bytes) {
  return FromXxh(XXH3_128bits(bytes.data(), bytes.size()));
}

uint64_t HashWords(std::span<const uint32_t> words, uint64_t seed) {
  return XXH3_64bits_withSeed(words.data(), words.size_bytes(), seed);
}

Digest DigestWords(std::span<const uint64_t> words) {
  return FromXxh(XXH3_128bits(words.data(), words.size_bytes()));
}

}  // namespace twicetold
