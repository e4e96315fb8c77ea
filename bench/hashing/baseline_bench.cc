// SPDX-License-Identifier: Apache-2.0
//
// What others do at the same places, in the same program and on the same texts
// as the stages from bytes to sketch: XXH3 called once for each word, and
// MinHash with 128 permutations, as plain C++ and with AVX-512. Set them
// beside BM_TokenHashes and BM_Sketch.
//
// Every one checks its result once, outside the time it measures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/synthetic_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/text/tokenize.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace twicetold {
namespace {

constexpr int kShingleSize = 5;
constexpr size_t kPermutations = 128;

// One text, cut beforehand.
struct CutText {
  std::string bytes;
  std::vector<std::string_view> words;  // of `bytes`
  ShingleList shingles;
};

// About 1 MB of texts, taken in turn as the stages take them.
std::vector<CutText> MakeTexts(size_t bytes) {
  std::vector<CutText> texts(std::max<size_t>(4, 1'000'000 / bytes));
  for (size_t i = 0; i < texts.size(); ++i) {
    CutText& text = texts[i];
    text.bytes = SyntheticText(bytes, i);
    const Tokens tokens = Tokenize(text.bytes);
    for (const auto& range : tokens.ranges) {
      text.words.push_back(std::string_view(text.bytes)
                               .substr(range.begin, range.end - range.begin));
    }
    MakeShingles(tokens.hashes, kShingleSize, &text.shingles);
  }
  return texts;
}

const std::vector<CutText>& TextsOf(const benchmark::State& state) {
  static std::map<int64_t, std::vector<CutText>> all;
  std::vector<CutText>& texts = all[state.range(0)];
  if (texts.empty()) texts = MakeTexts(static_cast<size_t>(state.range(0)));
  return texts;
}

// `items`: what is hashed in all texts together, by the name `unit`.
void Report(benchmark::State& state, const char* unit, size_t items) {
  ReportRate(state, static_cast<size_t>(state.range(0)));
  const double each = static_cast<double>(items) /
                      static_cast<double>(TextsOf(state).size()) /
                      MeasureClock();
  state.counters[unit] =
      benchmark::Counter(each, benchmark::Counter::kIsIterationInvariantRate |
                                   benchmark::Counter::kInvert);
}

template <typename Stage>
void RunOnEach(benchmark::State& state, Stage stage) {
  const std::vector<CutText>& texts = TextsOf(state);
  size_t next = 0;
  for (auto _ : state) {
    stage(texts[next]);
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
}

// The words are found and not folded: the calls alone.
void BM_Xxh3OfEachWord(benchmark::State& state) {
  std::vector<uint64_t> hashes;
  const auto run = [&](const CutText& text) {
    hashes.resize(text.words.size());
    for (size_t i = 0; i < text.words.size(); ++i) {
      hashes[i] = HashBytes(text.words[i]);
    }
    benchmark::DoNotOptimize(hashes.data());
    benchmark::ClobberMemory();
  };
  run(TextsOf(state)[0]);
  for (size_t i = 0; i < hashes.size(); ++i) {
    // From other places in memory.
    if (hashes[i] != HashBytes(std::string(TextsOf(state)[0].words[i]))) {
      return state.SkipWithError("the result is wrong");
    }
  }
  RunOnEach(state, run);
  size_t words = 0;
  for (const CutText& text : TextsOf(state)) words += text.words.size();
  Report(state, "cyc/word", words);
}

// Permutation i takes a shingle, mixed and cut to 32 bits, to a x + b.
struct Permutations {
  alignas(64) std::array<uint32_t, kPermutations> a;
  alignas(64) std::array<uint32_t, kPermutations> b;
};

const Permutations& ThePermutations() {
  static const Permutations permutations = [] {
    Permutations made;
    SmallRandom random(/*seed=*/6);
    for (uint32_t& a : made.a) a = static_cast<uint32_t>(random.Next()) | 1;
    for (uint32_t& b : made.b) b = static_cast<uint32_t>(random.Next());
    return made;
  }();
  return permutations;
}

using Minima = std::array<uint32_t, kPermutations>;

uint32_t Cut(uint64_t shingle) {
  return static_cast<uint32_t>(Mix(shingle) >> 32);
}

void PlainMinima(std::span<const uint64_t> shingles, Minima* minima) {
  const Permutations& permutations = ThePermutations();
  minima->fill(UINT32_MAX);
  for (const uint64_t shingle : shingles) {
    const uint32_t x = Cut(shingle);
    for (size_t i = 0; i < kPermutations; ++i) {
      const uint32_t value = permutations.a[i] * x + permutations.b[i];
      (*minima)[i] = std::min((*minima)[i], value);
    }
  }
}

// One permutation after the other: what the others are held against.
void ObviousMinima(std::span<const uint64_t> shingles, Minima* minima) {
  for (size_t i = 0; i < kPermutations; ++i) {
    uint32_t least = UINT32_MAX;
    for (const uint64_t shingle : shingles) {
      least = std::min(least, ThePermutations().a[i] * Cut(shingle) +
                                  ThePermutations().b[i]);
    }
    (*minima)[i] = least;
  }
}

using MakeMinima = void (*)(std::span<const uint64_t>, Minima*);

void RunMinima(benchmark::State& state, MakeMinima make) {
  Minima minima;
  Minima wanted;
  make(TextsOf(state)[0].shingles, &minima);
  ObviousMinima(TextsOf(state)[0].shingles, &wanted);
  if (minima != wanted) return state.SkipWithError("the result is wrong");
  RunOnEach(state, [&](const CutText& text) {
    make(text.shingles, &minima);
    benchmark::DoNotOptimize(minima.data());
    benchmark::ClobberMemory();
  });
  size_t shingles = 0;
  for (const CutText& text : TextsOf(state)) shingles += text.shingles.size();
  Report(state, "cyc/shingle", shingles);
}

void BM_128Permutations(benchmark::State& state) {
  RunMinima(state, PlainMinima);
}

#if defined(__x86_64__)
// g++ 12 warns of what its own header leaves undefined on purpose.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
// Both numbers of all permutations and all minima stay in registers: 8 vectors
// of 16 lanes each. Shingles are mixed eight at a time.
__attribute__((target("avx512f,avx512dq"))) void Avx512Minima(
    std::span<const uint64_t> shingles, Minima* minima) {
  constexpr int kVectors = 8;
  __m512i a[kVectors];
  __m512i b[kVectors];
  __m512i least[kVectors];
  for (int v = 0; v < kVectors; ++v) {
    a[v] = _mm512_load_si512(ThePermutations().a.data() + 16 * v);
    b[v] = _mm512_load_si512(ThePermutations().b.data() + 16 * v);
    least[v] = _mm512_set1_epi32(-1);
  }
  alignas(64) uint64_t mixed[8];
  for (size_t begin = 0; begin < shingles.size(); begin += 8) {
    const size_t count = std::min<size_t>(8, shingles.size() - begin);
    const auto wanted = static_cast<__mmask8>((1u << count) - 1);
    __m512i x = _mm512_maskz_loadu_epi64(wanted, shingles.data() + begin);
    x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 30));
    x = _mm512_mullo_epi64(
        x, _mm512_set1_epi64(static_cast<int64_t>(0xbf58476d1ce4e5b9u)));
    x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 27));
    x = _mm512_mullo_epi64(
        x, _mm512_set1_epi64(static_cast<int64_t>(0x94d049bb133111ebu)));
    x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 31));
    _mm512_store_si512(mixed, _mm512_srli_epi64(x, 32));
    for (size_t i = 0; i < count; ++i) {
      const __m512i lanes = _mm512_set1_epi32(static_cast<int32_t>(mixed[i]));
#if defined(__GNUC__)
#pragma GCC unroll 8
#endif
      for (int v = 0; v < kVectors; ++v) {
        const __m512i value =
            _mm512_add_epi32(_mm512_mullo_epi32(a[v], lanes), b[v]);
        least[v] = _mm512_min_epu32(least[v], value);
      }
    }
  }
  for (int v = 0; v < kVectors; ++v) {
    _mm512_storeu_si512(minima->data() + 16 * v, least[v]);
  }
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

void BM_128PermutationsAvx512(benchmark::State& state) {
  if (!__builtin_cpu_supports("avx512dq")) {
    return state.SkipWithError("this machine has no AVX-512");
  }
  RunMinima(state, Avx512Minima);
}
#endif

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes");
  for (const int64_t bytes : {300, 3'000, 100'000, 1'000'000}) {
    benchmark->Arg(bytes);
  }
}
BENCHMARK(BM_Xxh3OfEachWord)->Apply(Sizes);
BENCHMARK(BM_128Permutations)->Apply(Sizes);
#if defined(__x86_64__)
BENCHMARK(BM_128PermutationsAvx512)->Apply(Sizes);
#endif

}  // namespace
}  // namespace twicetold
