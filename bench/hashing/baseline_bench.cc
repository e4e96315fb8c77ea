// SPDX-License-Identifier: Apache-2.0
//
// What others do at the same places, in the same program and on the same texts
// as the stages from bytes to sketch: XXH3 called once for each word, and
// MinHash with 128 permutations, as plain C++ and with AVX-512. Set them
// beside BM_TokenHashes and BM_Sketch; chain_bench.cc has whole chains of them.
//
// Every one checks its result once, outside the time it measures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/hashing/permutations.h"
#include "bench/synthetic_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

constexpr int kShingleSize = 5;

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

void BM_128PermutationsAvx512(benchmark::State& state) {
  if (!HasAvx512()) {
    return state.SkipWithError("this machine has no AVX-512");
  }
  RunMinima(state, Avx512Minima);
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes");
  for (const int64_t bytes : {300, 3'000, 100'000, 1'000'000}) {
    benchmark->Arg(bytes);
  }
}
BENCHMARK(BM_Xxh3OfEachWord)->Apply(Sizes);
BENCHMARK(BM_128Permutations)->Apply(Sizes);
BENCHMARK(BM_128PermutationsAvx512)->Apply(Sizes);

}  // namespace
}  // namespace twicetold
