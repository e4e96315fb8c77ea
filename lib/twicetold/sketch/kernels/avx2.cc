// SPDX-License-Identifier: Apache-2.0
//
// Four shingles at a time. AVX2 has no multiplication of 64 bits: it is made of
// one of 32 bits with a product of 64 and two with one of 32.
#include "twicetold/sketch/kernels/avx2.h"

#if TWICETOLD_X86_KERNELS

#include <algorithm>
#include <array>
#include <bit>

#include "twicetold/base/hash.h"
#include "twicetold/sketch/kernels/bucket_loops.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/kernels/shingle_polynomial.h"

namespace twicetold {
namespace {

using avx2::DirectMinima;
using avx2::kLanes;
using avx2::kNarrowLanes;
using avx2::Load;
using avx2::Set32;
using avx2::Set64;
using avx2::Store;

// Longer shingles are rolled along, which costs the same for any length.
constexpr size_t kMostVectorTokens = 8;

// The lower 64 bits of each product with a number.
class Multiplier {
 public:
  TWICETOLD_AVX2 explicit Multiplier(uint64_t by)
      : by_(Set64(by)), swapped_(Set64(by << 32 | by >> 32)) {}

  TWICETOLD_AVX2 __m256i operator()(__m256i x) const {
    // The lower half of x times the upper one of the number, and vice versa.
    const __m256i crossed = _mm256_mullo_epi32(x, swapped_);
    const __m256i sum =
        _mm256_add_epi32(_mm256_slli_epi64(crossed, 32), crossed);
    const __m256i upper = _mm256_blend_epi32(_mm256_setzero_si256(), sum, 0xaa);
    return _mm256_add_epi64(_mm256_mul_epu32(x, by_), upper);
  }

 private:
  __m256i by_;
  __m256i swapped_;
};

// The mixing of base/hash.h.
class Mixer {
 public:
  TWICETOLD_AVX2 Mixer()
      : first_(0xbf58476d1ce4e5b9u), second_(0x94d049bb133111ebu) {}

  TWICETOLD_AVX2 __m256i operator()(__m256i x) const {
    return Finish(Begin(x));
  }
  // In two steps.
  TWICETOLD_AVX2 __m256i Begin(__m256i x) const {
    return first_(_mm256_xor_si256(x, _mm256_srli_epi64(x, 30)));
  }
  TWICETOLD_AVX2 __m256i Finish(__m256i x) const {
    x = second_(_mm256_xor_si256(x, _mm256_srli_epi64(x, 27)));
    return _mm256_xor_si256(x, _mm256_srli_epi64(x, 31));
  }

 private:
  Multiplier first_;
  Multiplier second_;
};

TWICETOLD_AVX2 void CombineAny(const uint64_t* tokens, size_t count, size_t k,
                               uint64_t* shingles) {
  const Multiplier base(kShingleBase);
  const Mixer mix;
  for (size_t next = 0; next < count; next += kLanes) {
    // The last ones are made with some of those before them.
    const size_t i = std::min(next, count - kLanes);
    __m256i value = Load(tokens + i);
    for (size_t j = 1; j < k; ++j) {
      value = _mm256_add_epi64(base(value), Load(tokens + i + j));
    }
    Store(shingles + i, mix(value));
  }
}

// Shingles of five tokens, the usual ones: pairs of tokens are combined, then
// pairs of pairs. Each multiplication is a step of its own, for a vector behind
// that of the step before, so that none waits for another. Gives how many were
// made; a few at the end are left.
TWICETOLD_AVX2 size_t CombineFives(const uint64_t* tokens, size_t count,
                                   uint64_t* shingles) {
  constexpr size_t kBehind = 3;  // vectors that are begun and not yet stored
  if (count < (kBehind + 2) * kLanes) return 0;
  const Multiplier base(kShingleBase);
  const Multiplier square(kShingleBase * kShingleBase);
  const Mixer mix;
  const auto pairs_at = [&](size_t i) TWICETOLD_AVX2 {
    return _mm256_add_epi64(base(Load(tokens + i)), Load(tokens + i + 1));
  };
  __m256i pairs = pairs_at(0);
  __m256i next_pairs = pairs_at(kLanes);
  __m256i fours = _mm256_setzero_si256();
  __m256i fives = fours;
  __m256i begun = fours;
  size_t i = 0;  // of the vector whose pairs are combined
  for (; i + 3 * kLanes <= count; i += kLanes) {
    if (i >= kBehind * kLanes) {
      Store(shingles + i - kBehind * kLanes, mix.Finish(begun));
    }
    begun = mix.Begin(fives);
    // Of nothing in the first step; what that gives is not stored.
    fives = _mm256_add_epi64(base(fours), Load(tokens + i));
    const __m256i later = _mm256_permute2x128_si256(pairs, next_pairs, 0x21);
    fours = _mm256_add_epi64(square(pairs), later);
    pairs = next_pairs;
    next_pairs = pairs_at(i + 2 * kLanes);
  }
  Store(shingles + i - 3 * kLanes, mix.Finish(begun));
  Store(shingles + i - 2 * kLanes, mix(fives));
  fives = _mm256_add_epi64(base(fours), Load(tokens + i));
  Store(shingles + i - kLanes, mix(fives));
  return i;
}

TWICETOLD_AVX2 void CombineTokens(const uint64_t* tokens, size_t count,
                                  size_t k, uint64_t* shingles) {
  if (k > kMostVectorTokens || count < 2 * kLanes) {
    return PortableSketchKernels().combine_tokens(tokens, count, k, shingles);
  }
  const size_t made = k == 5 ? CombineFives(tokens, count, shingles) : 0;
  // Some once more, so that a whole vector is left.
  const size_t from = made == 0 ? 0 : made - kLanes;
  CombineAny(tokens + from, count - from, k, shingles + from);
}

// The hash of a round, for four shingles: the slot in the upper half of each
// lane, the tagged value in the lower one.
class RoundLanes {
 public:
  TWICETOLD_AVX2 RoundLanes(const SlotHashes& hashes, int round, size_t slots)
      : seed_(Set64(hashes.round_seeds[round])),
        multiplier_(kRoundMultiplier[round]),
        slots_(Set64(slots)),
        tag_(Set64(static_cast<uint64_t>(round) << kValueBits)) {}

  TWICETOLD_AVX2 __m256i OffersOf(__m256i shingles) const {
    const __m256i product = multiplier_(_mm256_xor_si256(shingles, seed_));
    const __m256i high = _mm256_srli_epi64(product, 32);
    const __m256i slot = _mm256_mul_epu32(high, slots_);
    const __m256i value = _mm256_or_si256(
        _mm256_and_si256(_mm256_xor_si256(product, high), Set64(kValueMask)),
        tag_);
    return _mm256_blend_epi32(slot, value, 0x55);
  }
  // The slots alone, with something else below.
  TWICETOLD_AVX2 __m256i SlotsOf(__m256i shingles) const {
    const __m256i product = multiplier_(_mm256_xor_si256(shingles, seed_));
    return _mm256_mul_epu32(_mm256_srli_epi64(product, 32), slots_);
  }

 private:
  __m256i seed_;
  Multiplier multiplier_;
  __m256i slots_;
  __m256i tag_;
};

TWICETOLD_AVX2 inline uint32_t SignsOf(__m256i lanes) {
  return static_cast<uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes)));
}

TWICETOLD_AVX2 inline void Lower(uint64_t offer, uint32_t* slots) {
  uint32_t* slot = slots + (offer >> 32);
  *slot = std::min(*slot, static_cast<uint32_t>(offer));
}

// The first of `n` shingles, and zeros behind the last.
TWICETOLD_AVX2 inline __m256i LoadFirst(const uint64_t* shingles, size_t n) {
  if (n >= kLanes) return Load(shingles);
  std::array<uint64_t, kLanes> some = {};
  std::copy_n(shingles, n, some.begin());
  return Load(some.data());
}

// All shingles. Offers are made some time before they are taken one by one, so
// that both go on at once.
TWICETOLD_AVX2 void LowerSlots(std::span<const uint64_t> shingles,
                               const RoundLanes& lanes, uint32_t* slots) {
  constexpr size_t kAhead = 4 * kLanes;
  constexpr size_t kRing = 2 * kAhead;
  alignas(32) uint64_t offers[kRing];
  const auto make = [&](size_t at) TWICETOLD_AVX2 {
    Store(offers + at % kRing, lanes.OffersOf(Load(shingles.data() + at)));
  };
  const auto lower = [&](size_t at) TWICETOLD_AVX2 {
    for (size_t j = 0; j < kLanes; ++j) Lower(offers[at % kRing + j], slots);
  };
  const size_t whole = shingles.size() - shingles.size() % kLanes;
  const size_t ahead = std::min(kAhead, whole);
  for (size_t at = 0; at < ahead; at += kLanes) make(at);
  size_t i = 0;
  for (; i + ahead < whole; i += kLanes) {
    make(i + ahead);
    lower(i);
  }
  for (; i < whole; i += kLanes) lower(i);
  for (; i < shingles.size(); i += kLanes) {
    const size_t n = std::min(kLanes, shingles.size() - i);
    Store(offers, lanes.OffersOf(LoadFirst(shingles.data() + i, n)));
    for (size_t j = 0; j < n; ++j) Lower(offers[j], slots);
  }
}

// For each set of lanes of 64 bits, which halves of lanes bring them together
// at the front.
constexpr std::array<std::array<uint32_t, 8>, 16> MakePacking() {
  std::array<std::array<uint32_t, 8>, 16> packing = {};
  for (uint32_t set = 0; set < 16; ++set) {
    size_t next = 0;
    for (uint32_t lane = 0; lane < kLanes; ++lane) {
      if ((set >> lane & 1) == 0) continue;
      packing[set][next++] = 2 * lane;
      packing[set][next++] = 2 * lane + 1;
    }
  }
  return packing;
}
constexpr std::array<std::array<uint32_t, 8>, 16> kPacking = MakePacking();

// As LowerSlots, but only offers of values below the greatest of all slots: no
// other lowers any. For when they are few.
TWICETOLD_AVX2 void LowerBelow(std::span<const uint64_t> shingles,
                               const RoundLanes& lanes, uint32_t greatest,
                               uint32_t* slots) {
  const __m256i limit = Set64(greatest);  // in the lower halves
  const __m256i values = Set64(0xffffffff);
  constexpr size_t kAtOnce = 64 * kLanes;
  alignas(32) uint64_t offers[kAtOnce + kLanes];
  for (size_t i = 0; i < shingles.size(); i += kAtOnce) {
    const size_t end = std::min(shingles.size(), i + kAtOnce);
    size_t found = 0;
    for (size_t j = i; j < end; j += kLanes) {
      const size_t n = std::min(kLanes, end - j);
      const __m256i offered = lanes.OffersOf(LoadFirst(shingles.data() + j, n));
      const uint32_t below =
          SignsOf(_mm256_cmpgt_epi64(limit, _mm256_and_si256(offered, values)));
      const uint32_t keep = below & ((1u << n) - 1);
      Store(offers + found,
            _mm256_permutevar8x32_epi32(offered, Load(kPacking[keep].data())));
      found += static_cast<size_t>(std::popcount(keep));
    }
    for (size_t j = 0; j < found; ++j) Lower(offers[j], slots);
  }
}

// The second round where few slots are open: only what falls into these, which
// are the bits of a map.
constexpr size_t kMostMappedSlots = 256;
TWICETOLD_AVX2 void LowerOpen(std::span<const uint64_t> shingles,
                              const RoundLanes& lanes, __m256i map,
                              uint64_t seed, std::span<uint32_t> slots) {
  constexpr int kRound = 1;
  const auto fall_open = [&](__m256i some) TWICETOLD_AVX2 {
    // In the upper halves; what the lower ones give is not looked at.
    const __m256i slot = lanes.SlotsOf(some);
    const __m256i word =
        _mm256_permutevar8x32_epi32(map, _mm256_srli_epi32(slot, 5));
    const __m256i bits_above = _mm256_andnot_si256(slot, Set32(31));
    return uint64_t{SignsOf(_mm256_sllv_epi32(word, bits_above))};
  };
  // A bit for each shingle: bringing the few together would cost more.
  constexpr size_t kAtOnce = 64;
  for (size_t i = 0; i < shingles.size(); i += kAtOnce) {
    const size_t n = std::min(kAtOnce, shingles.size() - i);
    uint64_t found = 0;
    size_t j = 0;
    for (; j + kLanes <= n; j += kLanes) {
      found |= fall_open(Load(shingles.data() + i + j)) << j;
    }
    if (j < n) {
      const uint64_t some =
          fall_open(LoadFirst(shingles.data() + i + j, n - j));
      found |= (some & ((uint64_t{1} << (n - j)) - 1)) << j;
    }
    for (; found != 0; found &= found - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(found));
      const SlotOffer offer = OfferOf(shingles[at], seed, kRound, slots.size());
      uint32_t& slot = slots[offer.slot];
      slot = std::min(slot, offer.value | kSecondRound);
    }
  }
}

struct SlotSurvey {
  uint32_t greatest = 0;
  // If there are few enough, a bit for each that is at least kSecondRound.
  std::array<uint32_t, kMostMappedSlots / 32> map = {};
};

TWICETOLD_AVX2 SlotSurvey Survey(std::span<const uint32_t> slots) {
  SlotSurvey survey;
  const bool is_mapped = slots.size() <= kMostMappedSlots;
  const __m256i most = Set32(kSecondRound - 1);
  __m256i greatest = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + kNarrowLanes <= slots.size(); i += kNarrowLanes) {
    const __m256i some = Load(slots.data() + i);
    greatest = _mm256_max_epu32(greatest, some);
    if (!is_mapped) continue;
    const __m256i reached =
        _mm256_cmpeq_epi32(_mm256_min_epu32(some, most), some);
    const auto bits =
        static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(reached)));
    survey.map[i / 32] |= (~bits & 0xff) << (i % 32);
  }
  alignas(32) std::array<uint32_t, kNarrowLanes> lanes;
  Store(lanes.data(), greatest);
  for (uint32_t lane : lanes) survey.greatest = std::max(survey.greatest, lane);
  for (; i < slots.size(); ++i) {
    survey.greatest = std::max(survey.greatest, slots[i]);
    if (is_mapped && slots[i] >= kSecondRound) {
      survey.map[i / 32] |= 1u << (i % 32);
    }
  }
  return survey;
}

// Shingles of a short text.
constexpr size_t kMostFew = 256;

TWICETOLD_AVX2 uint32_t BucketMinima(std::span<const uint64_t> all,
                                     const SlotHashes& hashes,
                                     std::span<uint32_t> slots) {
  // Below a quarter of all values, most offers are in vain.
  constexpr uint32_t kFewOffers = kSecondRound / 4;
  const RoundLanes first(hashes, 0, slots.size());
  const RoundLanes second(hashes, 1, slots.size());
  // So few leave many slots open in the first round, most of which the second
  // does not reach either: no slot is looked at before or after.
  if (all.size() <= std::min(kMostFew, slots.size()) &&
      slots.back() >= kDirectRound) {
    LowerSlots(all, first, slots.data());
    LowerSlots(all, second, slots.data());
    return UINT32_MAX;
  }
  // Fresh slots need no survey to be known for great ones.
  SlotSurvey survey;
  survey.greatest = slots.back();
  if (survey.greatest < kFewOffers) survey = Survey(slots);
  for (size_t begin = 0; begin < all.size(); begin += kPieceShingles) {
    const auto piece =
        all.subspan(begin, std::min(kPieceShingles, all.size() - begin));
    if (survey.greatest < kFewOffers) {
      LowerBelow(piece, first, survey.greatest, slots.data());
    } else {
      LowerSlots(piece, first, slots.data());
    }
    survey = Survey(slots);
    if (survey.greatest < kSecondRound) continue;
    if (slots.size() > kMostMappedSlots) {
      LowerSlots(piece, second, slots.data());
    } else {
      LowerOpen(piece, second, Load(survey.map.data()), hashes.round_seeds[1],
                slots);
    }
    survey = Survey(slots);
  }
  return survey.greatest;
}

TWICETOLD_AVX2 uint32_t TokenMinima(const uint64_t* tokens, size_t k,
                                    const SlotHashes& hashes,
                                    std::span<uint32_t> slots,
                                    std::span<uint64_t> shingles) {
  CombineTokens(tokens, shingles.size(), k, shingles.data());
  return BucketMinima(shingles, hashes, slots);
}

TWICETOLD_AVX2 size_t CountEqual(std::span<const uint32_t> a,
                                 std::span<const uint32_t> b) {
  __m256i equal = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + kNarrowLanes <= a.size(); i += kNarrowLanes) {
    equal = _mm256_sub_epi32(
        equal, _mm256_cmpeq_epi32(Load(a.data() + i), Load(b.data() + i)));
  }
  alignas(32) std::array<uint32_t, kNarrowLanes> lanes;
  Store(lanes.data(), equal);
  size_t count = 0;
  for (uint32_t lane : lanes) count += lane;
  for (; i < a.size(); ++i) count += a[i] == b[i] ? 1 : 0;
  return count;
}

TWICETOLD_AVX2 inline bool Has(const ShingleBucket& bucket, uint64_t wanted) {
  const __m256i key = Set64(wanted);
  const __m256i first = _mm256_cmpeq_epi64(Load(bucket.keys), key);
  // The last lane is the size of the bucket.
  const __m256i second =
      _mm256_blend_epi32(_mm256_cmpeq_epi64(Load(bucket.keys + kLanes), key),
                         _mm256_setzero_si256(), 0xc0);
  const __m256i both = _mm256_or_si256(first, second);
  return _mm256_testz_si256(both, both) == 0;
}

TWICETOLD_AVX2 size_t EnterNew(ShingleBucket* buckets, int shift,
                               uint64_t first, std::span<uint64_t> list,
                               std::vector<uint64_t>* spilled) {
  return EnterNewBy(Has, buckets, shift, first, list, spilled);
}

TWICETOLD_AVX2 size_t CountPresent(const ShingleBucket* buckets, int shift,
                                   std::span<const uint64_t> spilled,
                                   std::span<const uint64_t> set) {
  return CountPresentBy(Has, buckets, shift, spilled, set);
}

TWICETOLD_AVX2 void MarkPresent(const ShingleBucket* buckets, int shift,
                                std::span<const uint64_t> spilled,
                                std::span<const uint64_t> list,
                                uint8_t* present) {
  MarkPresentBy(Has, buckets, shift, spilled, list, present);
}

}  // namespace

const SketchKernels& Avx2SketchKernels() {
  static constexpr SketchKernels kTable = {
      .combine_tokens = CombineTokens,
      .bucket_minima = BucketMinima,
      .token_minima = TokenMinima,
      .direct_minima = DirectMinima,
      .equal_slots = CountEqual,
      .enter_new = EnterNew,
      .count_present = CountPresent,
      .mark_present = MarkPresent,
  };
  return kTable;
}

}  // namespace twicetold

#endif  // TWICETOLD_X86_KERNELS
