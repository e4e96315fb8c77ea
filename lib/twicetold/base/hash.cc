// SPDX-License-Identifier: Apache-2.0
#include "twicetold/base/hash.h"

// The header-only form: whoever links the library needs no xxHash.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>

#include "twicetold/base/hash_kernels.h"
#include "twicetold/base/kernel_tier.h"

namespace twicetold {

static_assert(std::endian::native == std::endian::little,
              "digests and sketches are defined on little-endian machines");

namespace {

// Shorter texts are hashed without vectors.
constexpr size_t kLeastForVectors = 256;

Digest DigestOf(const void* bytes, size_t size) {
  Digest digest;
#if TWICETOLD_X86_KERNELS
  if (size >= kLeastForVectors && ChosenKernelTier() >= KernelTier::kAvx2) {
    DigestAvx2(bytes, size, &digest.high, &digest.low);
    return digest;
  }
#endif
  DigestPortable(bytes, size, &digest.high, &digest.low);
  return digest;
}

}  // namespace

void DigestPortable(const void* bytes, size_t size, uint64_t* high,
                    uint64_t* low) {
  const XXH128_hash_t hash = XXH3_128bits(bytes, size);
  *high = hash.high64;
  *low = hash.low64;
}

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
  return DigestOf(bytes.data(), bytes.size());
}

uint64_t HashWords(std::span<const uint32_t> words, uint64_t seed) {
  return XXH3_64bits_withSeed(words.data(), words.size_bytes(), seed);
}

Digest DigestWords(std::span<const uint64_t> words) {
  return DigestOf(words.data(), words.size_bytes());
}

}  // namespace twicetold
