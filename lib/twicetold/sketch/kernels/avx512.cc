// SPDX-License-Identifier: Apache-2.0
//
// Eight shingles at a time. Functions carry their instruction set themselves,
// so that nothing else of the program is compiled for it.
#include "twicetold/sketch/kernels/avx512.h"

#if TWICETOLD_X86_KERNELS

#include <algorithm>
#include <array>
#include <bit>

#include "twicetold/base/hash.h"
#include "twicetold/base/mask_bits.h"
#include "twicetold/sketch/kernels/bucket_loops.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/kernels/shingle_polynomial.h"

namespace twicetold {
namespace {

using avx512::DirectMinima;
using avx512::FirstLanes;
using avx512::FirstNarrowLanes;
using avx512::kLanes;
using avx512::kNarrowLanes;
using avx512::MixLanes;
using avx512::Set32;
using avx512::Set64;

// Longer shingles are rolled along, which costs the same for any length.
constexpr size_t kMostVectorTokens = 16;

// The shingles of `k` tokens that begin at eight tokens, or at the first of
// them.
TWICETOLD_AVX512 inline __m512i Combine(const uint64_t* tokens, size_t k,
                                        __mmask8 lanes) {
  __m512i value = _mm512_maskz_loadu_epi64(lanes, tokens);
  for (size_t j = 1; j < k; ++j) {
    value = _mm512_add_epi64(_mm512_mullo_epi64(value, Set64(kShingleBase)),
                             _mm512_maskz_loadu_epi64(lanes, tokens + j));
  }
  return MixLanes(value);
}

// Shingles that are made of tokens as they are asked for, in order, and kept.
class TokenSource {
 public:
  TokenSource(const uint64_t* tokens, size_t k, size_t /*count*/,
              uint64_t* shingles)
      : tokens_(tokens), k_(k), shingles_(shingles) {}

  TWICETOLD_AVX512 __m512i Eight(size_t i) {
    const __m512i made = Combine(tokens_ + i, k_, 0xff);
    _mm512_storeu_si512(shingles_ + i, made);
    return made;
  }
  TWICETOLD_AVX512 __m512i Some(size_t i, __mmask8 lanes) {
    const __m512i made = Combine(tokens_ + i, k_, lanes);
    _mm512_mask_storeu_epi64(shingles_ + i, lanes, made);
    return made;
  }

 private:
  const uint64_t* tokens_;
  size_t k_;
  uint64_t* shingles_;
};

// The same for shingles of five tokens, the usual ones: pairs of tokens are
// combined, then pairs of pairs, and each token is loaded once, since most
// loads of 64 bytes at any place touch two cache lines.
class FiveTokenSource {
 public:
  TWICETOLD_AVX512 FiveTokenSource(const uint64_t* tokens, size_t /*k*/,
                                   size_t count, uint64_t* shingles)
      : tokens_(tokens),
        size_(count + 4),
        shingles_(shingles),
        now_(Load(0)),
        next_(Load(kLanes)),
        pairs_(Pairs(now_, next_)),
        fives_(Fives(0)) {}

  TWICETOLD_AVX512 __m512i Eight(size_t i) {
    const __m512i made = Make(i);
    _mm512_storeu_si512(shingles_ + i, made);
    return made;
  }
  TWICETOLD_AVX512 __m512i Some(size_t i, __mmask8 lanes) {
    const __m512i made = Make(i);
    _mm512_mask_storeu_epi64(shingles_ + i, lanes, made);
    return made;
  }

 private:
  TWICETOLD_AVX512 __m512i Load(size_t i) const {
    if (i + kLanes <= size_) return _mm512_loadu_si512(tokens_ + i);
    return _mm512_maskz_loadu_epi64(FirstLanes(size_ - std::min(size_, i)),
                                    tokens_ + i);
  }
  TWICETOLD_AVX512 static __m512i Pairs(__m512i now, __m512i next) {
    return _mm512_add_epi64(_mm512_mullo_epi64(now, Set64(kShingleBase)),
                            _mm512_alignr_epi64(next, now, 1));
  }
  // The polynomials at now_, the vector at `i`. Steps on to the next one.
  TWICETOLD_AVX512 __m512i Fives(size_t i) {
    const __m512i later = Load(i + 2 * kLanes);
    const __m512i next_pairs = Pairs(next_, later);
    const __m512i fours = _mm512_add_epi64(
        _mm512_mullo_epi64(pairs_, Set64(kShingleBase * kShingleBase)),
        _mm512_alignr_epi64(next_pairs, pairs_, 2));
    const __m512i fives =
        _mm512_add_epi64(_mm512_mullo_epi64(fours, Set64(kShingleBase)),
                         _mm512_alignr_epi64(next_, now_, 4));
    now_ = next_;
    next_ = later;
    pairs_ = next_pairs;
    return fives;
  }
  // What is mixed now has been combined one call earlier, so that neither waits
  // for the other.
  TWICETOLD_AVX512 __m512i Make(size_t i) {
    const __m512i made = MixLanes(fives_);
    fives_ = Fives(i + kLanes);
    return made;
  }

  const uint64_t* tokens_;
  size_t size_;
  uint64_t* shingles_;
  __m512i now_;    // the tokens of the vector to be combined next
  __m512i next_;   // and of the one after it
  __m512i pairs_;  // at the tokens of now_
  __m512i fives_;  // of the vector that is due
};

// Shingles that are there.
class ShingleSource {
 public:
  explicit ShingleSource(const uint64_t* shingles) : shingles_(shingles) {}

  TWICETOLD_AVX512 __m512i Eight(size_t i) const {
    return _mm512_loadu_si512(shingles_ + i);
  }
  TWICETOLD_AVX512 __m512i Some(size_t i, __mmask8 lanes) const {
    return _mm512_maskz_loadu_epi64(lanes, shingles_ + i);
  }

 private:
  const uint64_t* shingles_;
};

template <typename Source>
TWICETOLD_AVX512 inline void CombineFrom(Source source, size_t count) {
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) source.Eight(i);
  if (i < count) source.Some(i, FirstLanes(count - i));
}

TWICETOLD_AVX512 void CombineTokens(const uint64_t* tokens, size_t count,
                                    size_t k, uint64_t* shingles) {
  if (k > kMostVectorTokens) {
    return PortableSketchKernels().combine_tokens(tokens, count, k, shingles);
  }
  if (k == 5) {
    return CombineFrom(FiveTokenSource(tokens, k, count, shingles), count);
  }
  CombineFrom(TokenSource(tokens, k, count, shingles), count);
}

// The hash of a round, for eight shingles: the slot in the upper half of each
// lane, the tagged value in the lower one.
struct RoundLanes {
  __m512i seed;
  __m512i multiplier;
  __m512i slots;
  __m512i tag;
};

TWICETOLD_AVX512 inline RoundLanes LanesOf(const SlotHashes& hashes, int round,
                                           size_t slots) {
  return {.seed = Set64(hashes.round_seeds[round]),
          .multiplier = Set64(kRoundMultiplier[round]),
          .slots = Set64(slots),
          .tag = Set64(static_cast<uint64_t>(round) << kValueBits)};
}

TWICETOLD_AVX512 inline __m512i OffersOf(__m512i shingles,
                                         const RoundLanes& lanes) {
  const __m512i product = _mm512_mullo_epi64(
      _mm512_xor_si512(shingles, lanes.seed), lanes.multiplier);
  const __m512i high = _mm512_srli_epi64(product, 32);
  const __m512i slot = _mm512_mul_epu32(high, lanes.slots);
  const __m512i value = _mm512_or_si512(
      _mm512_and_si512(_mm512_xor_si512(product, high), Set64(kValueMask)),
      lanes.tag);
  return _mm512_mask_blend_epi32(0x5555, slot, value);
}

// A lane of these, as it lies in memory.
struct Offer {
  uint32_t value;  // tagged
  uint32_t slot;
};

TWICETOLD_AVX512 inline void Lower(const Offer& offer, uint32_t* slots) {
  const uint32_t now = slots[offer.slot];
  slots[offer.slot] = now < offer.value ? now : offer.value;
}

TWICETOLD_AVX512 inline void LowerEight(const Offer* offers, uint32_t* slots) {
  for (size_t j = 0; j < kLanes; ++j) Lower(offers[j], slots);
}

// Lowers slots by all of `count` shingles. Vectors are made some time before
// their offers are taken one by one, so that both go on at once.
template <typename Source>
TWICETOLD_AVX512 inline void LowerSlots(Source source, size_t count,
                                        const RoundLanes& lanes,
                                        uint32_t* slots) {
  constexpr size_t kAhead = 4 * kLanes;
  constexpr size_t kRing = 2 * kAhead;
  alignas(64) Offer offers[kRing];
  const auto at = [&](size_t i) { return offers + i % kRing; };
  const size_t whole = count - count % kLanes;
  if (whole > 0) {
    // The offers of a vector come one step after its shingles.
    __m512i made = source.Eight(0);
    const auto step = [&](size_t i) TWICETOLD_AVX512 {
      const __m512i offered = OffersOf(made, lanes);
      made = source.Eight(i + kLanes);
      _mm512_store_si512(at(i), offered);
    };
    const size_t last = whole - kLanes;
    const size_t ahead = std::min(kAhead, last);
    for (size_t i = 0; i < ahead; i += kLanes) step(i);
    for (size_t i = ahead; i < last; i += kLanes) {
      step(i);
      LowerEight(at(i - ahead), slots);
    }
    _mm512_store_si512(at(last), OffersOf(made, lanes));
    for (size_t i = last - ahead; i < whole; i += kLanes) {
      LowerEight(at(i), slots);
    }
  }
  if (whole == count) return;
  _mm512_store_si512(
      offers, OffersOf(source.Some(whole, FirstLanes(count - whole)), lanes));
  for (size_t j = 0; j < count - whole; ++j) Lower(offers[j], slots);
}

// As LowerSlots, but only offers that `wanted` keeps, for when they are few.
template <typename Source, typename Wanted>
TWICETOLD_AVX512 inline void LowerWanted(Source source, size_t count,
                                         const RoundLanes& lanes,
                                         const Wanted& wanted,
                                         uint32_t* slots) {
  constexpr size_t kAtOnce = 32 * kLanes;
  alignas(64) Offer offers[kAtOnce + kLanes];
  size_t found = 0;
  // Not to memory directly, which is slow on some machines.
  const auto keep = [&](__m512i offered, __mmask8 here) TWICETOLD_AVX512 {
    const __mmask8 kept = wanted.Keep(here, offered);
    _mm512_storeu_si512(offers + found,
                        _mm512_maskz_compress_epi64(kept, offered));
    found += static_cast<size_t>(std::popcount(MaskBits(kept)));
  };
  size_t i = 0;
  while (i < count) {
    const size_t end = std::min(count, i + kAtOnce);
    found = 0;
    for (; i + kLanes <= end; i += kLanes) {
      keep(OffersOf(source.Eight(i), lanes), 0xff);
    }
    if (i < end) {
      const __mmask8 rest = FirstLanes(end - i);
      keep(OffersOf(source.Some(i, rest), lanes), rest);
      i = end;
    }
    for (size_t j = 0; j < found; ++j) Lower(offers[j], slots);
  }
}

// Values below the greatest of all slots: no other lowers any.
struct BelowLimit {
  __m512i limit;  // in the lower halves
  TWICETOLD_AVX512 __mmask8 Keep(__mmask8 lanes, __m512i offers) const {
    return _mm512_mask_cmplt_epu64_mask(
        lanes, _mm512_and_si512(offers, Set64(0xffffffff)), limit);
  }
};

// Of the slots: which is greatest, and which the first round has not reached.
struct SlotSurvey {
  uint32_t greatest = 0;
  size_t open = 0;
  // A bit each; set for the slots there are, and for kMostMappedSlots.
  std::array<uint16_t, kMaxSketchSize / kNarrowLanes> map;
};

TWICETOLD_AVX512 void Survey(std::span<const uint32_t> slots,
                             SlotSurvey* survey) {
  __m512i greatest = _mm512_setzero_si512();
  survey->open = 0;
  _mm512_storeu_si512(survey->map.data(), _mm512_setzero_si512());
  for (size_t i = 0; i < slots.size(); i += kNarrowLanes) {
    const size_t left = slots.size() - i;
    const __m512i some = left >= kNarrowLanes
                             ? _mm512_loadu_si512(slots.data() + i)
                             : _mm512_maskz_loadu_epi32(FirstNarrowLanes(left),
                                                        slots.data() + i);
    greatest = _mm512_max_epu32(greatest, some);
    const __mmask16 open = _mm512_cmpge_epu32_mask(some, Set32(kSecondRound));
    survey->map[i / kNarrowLanes] = open;
    survey->open += static_cast<size_t>(std::popcount(MaskBits(open)));
  }
  survey->greatest = _mm512_reduce_max_epu32(greatest);
}

// The second round where few slots are open: only what falls into these. Their
// map is one register.
constexpr size_t kMostMappedSlots = 512;
TWICETOLD_AVX512 void LowerOpen(std::span<const uint64_t> shingles,
                                uint64_t seed, const SlotSurvey& survey,
                                std::span<uint32_t> slots) {
  constexpr int kRound = 1;
  const __m512i map = _mm512_loadu_si512(survey.map.data());
  const auto fall_open = [&](__m512i some) TWICETOLD_AVX512 {
    const __m512i product = _mm512_mullo_epi64(
        _mm512_xor_si512(some, Set64(seed)), Set64(kRoundMultiplier[kRound]));
    // In the upper half of each lane; what the lower ones give is not looked
    // at.
    const __m512i slot =
        _mm512_mul_epu32(_mm512_srli_epi64(product, 32), Set64(slots.size()));
    const __m512i word =
        _mm512_permutexvar_epi32(_mm512_srli_epi32(slot, 5), map);
    return _mm512_test_epi64_mask(_mm512_rorv_epi32(word, slot),
                                  Set64(uint64_t{1} << 32));
  };
  // A bit for each shingle. Bringing those that fall into open slots together
  // would take longer than the few are worth.
  uint64_t found[kPieceShingles / 64];
  const size_t words = (shingles.size() + 63) / 64;
  found[words - 1] = 0;
  const auto at = [&](size_t i) {
    return reinterpret_cast<uint8_t*>(found) + i / kLanes;
  };
  size_t i = 0;
  for (; i + kLanes <= shingles.size(); i += kLanes) {
    *at(i) = fall_open(_mm512_loadu_si512(shingles.data() + i));
  }
  if (i < shingles.size()) {
    const __mmask8 here = FirstLanes(shingles.size() - i);
    *at(i) =
        here & fall_open(_mm512_maskz_loadu_epi64(here, shingles.data() + i));
  }
  for (size_t word = 0; word < words; ++word) {
    for (uint64_t rest = found[word]; rest != 0; rest = _blsr_u64(rest)) {
      const auto [slot, value] = OfferOf(shingles[64 * word + _tzcnt_u64(rest)],
                                         seed, kRound, slots.size());
      slots[slot] = std::min(slots[slot], kSecondRound | value);
    }
  }
}

// Shingles of a short text.
constexpr size_t kMostFew = 256;

// One piece of at most kPieceShingles after another, into the same slots.
class Rounds {
 public:
  TWICETOLD_AVX512 Rounds(const SlotHashes& hashes, std::span<uint32_t> slots)
      : first_(LanesOf(hashes, 0, slots.size())),
        hashes_(hashes),
        slots_(slots) {}

  // `made` is where the shingles of `source` are, once they have been made.
  template <typename Source>
  TWICETOLD_AVX512 inline void Add(Source source,
                                   std::span<const uint64_t> made) {
    const size_t most_few = std::min(kMostFew, slots_.size());
    if (made.size() <= most_few && slots_.back() >= kDirectRound) {
      return AddFew(source, made.size());
    }
    // Below a quarter of all values, most offers are in vain.
    constexpr uint32_t kFewOffers = kSecondRound / 4;
    // A piece has to be long for that, as have those before it.
    if (made.size() == kPieceShingles) Survey(slots_, &survey_);
    if (made.size() == kPieceShingles && survey_.greatest < kFewOffers) {
      LowerWanted(source, made.size(), first_,
                  BelowLimit{Set64(survey_.greatest)}, slots_.data());
    } else {
      LowerSlots(source, made.size(), first_, slots_.data());
    }
    Survey(slots_, &survey_);
    if (survey_.open == 0) return;
    if (slots_.size() <= kMostMappedSlots &&
        survey_.open * 4 <= slots_.size()) {
      LowerOpen(made, hashes_.round_seeds[1], survey_, slots_);
    } else {
      LowerSlots(ShingleSource(made.data()), made.size(),
                 LanesOf(hashes_, 1, slots_.size()), slots_.data());
    }
    Survey(slots_, &survey_);
  }

  uint32_t greatest() const { return survey_.greatest; }

 private:
  // A text so short leaves many slots open in the first round, most of which
  // the second does not reach either: both are done at once, and no slot is
  // looked at before or after.
  template <typename Source>
  TWICETOLD_AVX512 inline void AddFew(Source source, size_t count) {
    const RoundLanes second = LanesOf(hashes_, 1, slots_.size());
    alignas(64) Offer offers[2 * (kMostFew + kLanes)];
    const auto make = [&](size_t i, __m512i some) TWICETOLD_AVX512 {
      _mm512_store_si512(offers + 2 * i, OffersOf(some, first_));
      _mm512_store_si512(offers + 2 * i + kLanes, OffersOf(some, second));
    };
    const size_t whole = count - count % kLanes;
    for (size_t i = 0; i < whole; i += kLanes) make(i, source.Eight(i));
    if (whole < count) {
      make(whole, source.Some(whole, FirstLanes(count - whole)));
    }
    for (size_t i = 0; i < 2 * whole; i += kLanes) {
      LowerEight(offers + i, slots_.data());
    }
    for (size_t i = 2 * whole; i < whole + count; ++i) {
      Lower(offers[i], slots_.data());
      Lower(offers[i + kLanes], slots_.data());
    }
    survey_.greatest = UINT32_MAX;
  }

  RoundLanes first_;  // aligned, so that it stands first
  const SlotHashes& hashes_;
  std::span<uint32_t> slots_;
  SlotSurvey survey_;
};

TWICETOLD_AVX512 uint32_t BucketMinima(std::span<const uint64_t> all,
                                       const SlotHashes& hashes,
                                       std::span<uint32_t> slots) {
  Rounds rounds(hashes, slots);
  for (size_t begin = 0; begin < all.size(); begin += kPieceShingles) {
    const auto piece =
        all.subspan(begin, std::min(kPieceShingles, all.size() - begin));
    rounds.Add(ShingleSource(piece.data()), piece);
  }
  return rounds.greatest();
}

TWICETOLD_AVX512 uint32_t TokenMinima(const uint64_t* tokens, size_t k,
                                      const SlotHashes& hashes,
                                      std::span<uint32_t> slots,
                                      std::span<uint64_t> shingles) {
  const size_t count = shingles.size();
  if (k > kMostVectorTokens) {
    CombineTokens(tokens, count, k, shingles.data());
    return BucketMinima(shingles, hashes, slots);
  }
  Rounds rounds(hashes, slots);
  if (k == 5) {
    rounds.Add(FiveTokenSource(tokens, k, count, shingles.data()), shingles);
  } else {
    rounds.Add(TokenSource(tokens, k, count, shingles.data()), shingles);
  }
  return rounds.greatest();
}

TWICETOLD_AVX512 size_t CountEqual(std::span<const uint32_t> a,
                                   std::span<const uint32_t> b) {
  size_t equal = 0;
  size_t i = 0;
  for (; i + kNarrowLanes <= a.size(); i += kNarrowLanes) {
    equal += static_cast<size_t>(std::popcount(MaskBits(_mm512_cmpeq_epi32_mask(
        _mm512_loadu_si512(a.data() + i), _mm512_loadu_si512(b.data() + i)))));
  }
  const __mmask16 rest = FirstNarrowLanes(a.size() - i);
  if (rest == 0) return equal;
  return equal + static_cast<size_t>(
                     std::popcount(MaskBits(_mm512_mask_cmpeq_epi32_mask(
                         rest, _mm512_maskz_loadu_epi32(rest, a.data() + i),
                         _mm512_maskz_loadu_epi32(rest, b.data() + i)))));
}

TWICETOLD_AVX512 inline bool Has(const ShingleBucket& bucket, uint64_t key) {
  constexpr __mmask8 kKeys = (1 << ShingleBucket::kMostKeys) - 1;
  return _mm512_mask_cmpeq_epi64_mask(kKeys, _mm512_load_si512(&bucket),
                                      Set64(key)) != 0;
}

TWICETOLD_AVX512 size_t EnterNew(ShingleBucket* buckets, int shift,
                                 uint64_t first, std::span<uint64_t> list,
                                 std::vector<uint64_t>* spilled) {
  return EnterNewBy(Has, buckets, shift, first, list, spilled);
}

TWICETOLD_AVX512 size_t CountPresent(const ShingleBucket* buckets, int shift,
                                     std::span<const uint64_t> spilled,
                                     std::span<const uint64_t> set) {
  return CountPresentBy(Has, buckets, shift, spilled, set);
}

TWICETOLD_AVX512 void MarkPresent(const ShingleBucket* buckets, int shift,
                                  std::span<const uint64_t> spilled,
                                  std::span<const uint64_t> list,
                                  uint8_t* present) {
  MarkPresentBy(Has, buckets, shift, spilled, list, present);
}

}  // namespace

const SketchKernels& Avx512SketchKernels() {
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
