// SPDX-License-Identifier: Apache-2.0
//
// hashing_bench: what each stage from bytes to sketch costs, on synthetic
// English-like text. Rates are over the bytes of the text, so that the stages
// of one size can be compared. Kernels by themselves: hashing/.
//
// Every benchmark checks its result once, outside the time it measures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "bench/synthetic_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

// Texts that are taken in turn, so that no branch predictor learns one by
// heart: about 1 MB of them, which still fits in the cache.
class Texts {
 public:
  explicit Texts(size_t bytes) : bytes_(bytes) {
    const size_t count = std::max<size_t>(4, 1'000'000 / bytes);
    for (size_t i = 0; i < count; ++i) {
      texts_.push_back(SyntheticText(bytes, i));
      tokens_.emplace_back();
      TokenHashes(texts_.back(), &tokens_.back());
    }
  }

  size_t bytes() const { return bytes_; }
  size_t count() const { return texts_.size(); }
  const std::string& text(size_t i) const { return texts_[i]; }
  const std::vector<uint64_t>& tokens(size_t i) const { return tokens_[i]; }

 private:
  size_t bytes_;
  std::vector<std::string> texts_;
  std::vector<std::vector<uint64_t>> tokens_;
};

// Runs `stage` on each text in turn and gives the rate over their bytes.
template <typename Stage>
void RunStage(benchmark::State& state, const Texts& texts, bool right,
              Stage stage) {
  if (!right) return state.SkipWithError("the result is wrong");
  size_t next = 0;
  for (auto _ : state) {
    stage(next);
    next = next + 1 == texts.count() ? 0 : next + 1;
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(texts.bytes()));
}

const Texts& TextsOf(const benchmark::State& state) {
  static std::map<int64_t, Texts> all;
  return all.try_emplace(state.range(0), static_cast<size_t>(state.range(0)))
      .first->second;
}

void BM_Decode(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  std::string storage;
  const DecodedText decoded = Decode(texts.text(0), &storage);
  const bool right =
      decoded.encoding == Encoding::kUtf8 && decoded.utf8 == texts.text(0);
  RunStage(state, texts, right, [&](size_t i) {
    benchmark::DoNotOptimize(Decode(texts.text(i), &storage).utf8.data());
  });
}

void BM_DigestBytes(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  const bool right =
      DigestBytes(texts.text(0)) == DigestBytes(std::string(texts.text(0))) &&
      DigestBytes(texts.text(0)) != DigestBytes(texts.text(1));
  RunStage(state, texts, right, [&](size_t i) {
    benchmark::DoNotOptimize(DigestBytes(texts.text(i)));
  });
}

// Words of letters, digits and apostrophes between letters, by hand: enough of
// the rule for text that has nothing else.
size_t CountWords(const std::string& text) {
  size_t words = 0;
  bool inside = false;
  for (char c : text) {
    const bool part = c != ' ' && c != '\n' && c != '.' && c != ',' && c != '?';
    if (part && !inside) ++words;
    inside = part;
  }
  return words;
}

void BM_TokenHashes(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  std::vector<uint64_t> hashes;
  const bool right = texts.tokens(0).size() == CountWords(texts.text(0)) &&
                     texts.tokens(0) == Tokenize(texts.text(0)).hashes;
  RunStage(state, texts, right, [&](size_t i) {
    TokenHashes(texts.text(i), &hashes);
    benchmark::DoNotOptimize(hashes.data());
  });
}

void StageSizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(300)->Arg(3'000)->Arg(100'000)->Arg(
      1'000'000);
}
BENCHMARK(BM_Decode)->Apply(StageSizes);
BENCHMARK(BM_DigestBytes)->Apply(StageSizes);
BENCHMARK(BM_TokenHashes)->Apply(StageSizes);

}  // namespace
}  // namespace twicetold

BENCHMARK_MAIN();
