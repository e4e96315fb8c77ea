// SPDX-License-Identifier: Apache-2.0
//
// hashing_bench: what each stage from bytes to sketch costs, and each step of
// comparing sketches and sets, on synthetic English-like text. Rates are over
// the bytes of the text, so that the stages of one size can be compared.
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
#include "twicetold/base/parallel.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/match/buckets.h"
#include "twicetold/match/verify.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

constexpr int kShingleSize = 5;
constexpr int kSketchSize = 128;

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
      shingles_.emplace_back();
      MakeShingles(tokens_.back(), kShingleSize, &shingles_.back());
    }
  }

  size_t bytes() const { return bytes_; }
  size_t count() const { return texts_.size(); }
  const std::string& text(size_t i) const { return texts_[i]; }
  const std::vector<uint64_t>& tokens(size_t i) const { return tokens_[i]; }
  const ShingleList& shingles(size_t i) const { return shingles_[i]; }

 private:
  size_t bytes_;
  std::vector<std::string> texts_;
  std::vector<std::vector<uint64_t>> tokens_;
  std::vector<ShingleList> shingles_;
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

void BM_MakeShingles(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  // Shingles are equal where their tokens are: of the tail of a text they are
  // the tail of its shingles.
  ShingleList shingles;
  const std::span<const uint64_t> tokens = texts.tokens(0);
  MakeShingles(tokens.subspan(3), kShingleSize, &shingles);
  const bool right =
      texts.shingles(0).size() == tokens.size() + 1 - kShingleSize &&
      std::equal(shingles.begin(), shingles.end(),
                 texts.shingles(0).begin() + 3, texts.shingles(0).end());
  RunStage(state, texts, right, [&](size_t i) {
    MakeShingles(texts.tokens(i), kShingleSize, &shingles);
    benchmark::DoNotOptimize(shingles.data());
  });
}

// True if the sketch of all shingles is the union of the sketches of two parts.
bool SketchIsRight(const Sketcher& sketcher,
                   std::span<const uint64_t> shingles) {
  std::vector<uint32_t> whole(sketcher.size());
  std::vector<uint32_t> head(sketcher.size());
  std::vector<uint32_t> tail(sketcher.size());
  sketcher.Sketch(shingles, whole);
  sketcher.Sketch(shingles.first(shingles.size() / 2), head);
  sketcher.Sketch(shingles.subspan(shingles.size() / 2), tail);
  UnionSketch(head, tail);
  return head == whole && EqualSlots(whole, tail) < whole.size();
}

void BM_Sketch(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  const Sketcher sketcher(kSketchSize, /*seed=*/0);
  std::vector<uint32_t> sketch(sketcher.size());
  const bool right = SketchIsRight(sketcher, texts.shingles(0));
  RunStage(state, texts, right, [&](size_t i) {
    sketcher.Sketch(texts.shingles(i), sketch);
    benchmark::DoNotOptimize(sketch.data());
    benchmark::ClobberMemory();
  });
}

// All that a document's first reading costs but for the reading itself, as
// sketch/sketch_corpus.cc does it.
void BM_BytesToSketch(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  const Sketcher sketcher(kSketchSize, /*seed=*/0);
  std::string storage;
  std::vector<uint64_t> tokens;
  ShingleList shingles;
  std::vector<uint32_t> sketch(sketcher.size());
  const auto run = [&](size_t i) {
    const std::string& text = texts.text(i);
    benchmark::DoNotOptimize(FindBinary(text));
    TokenHashes(Decode(text, &storage).utf8, &tokens);
    MakeShingles(tokens, kShingleSize, &shingles);
    benchmark::DoNotOptimize(DigestBytes(text));
    benchmark::DoNotOptimize(DigestWords(tokens));
    sketcher.Sketch(shingles, sketch);
    benchmark::DoNotOptimize(sketch.data());
    benchmark::ClobberMemory();
  };
  run(0);
  std::vector<uint32_t> wanted(sketcher.size());
  sketcher.Sketch(texts.shingles(0), wanted);
  RunStage(state, texts, sketch == wanted, run);
}

void BM_MakeShingleSet(benchmark::State& state) {
  const Texts& texts = TextsOf(state);
  ShingleList set = texts.shingles(0);
  MakeShingleSet(&set);
  const bool right = !set.empty() && std::is_sorted(set.begin(), set.end()) &&
                     std::adjacent_find(set.begin(), set.end()) == set.end();
  RunStage(state, texts, right, [&](size_t i) {
    set = texts.shingles(i);
    MakeShingleSet(&set);
    benchmark::DoNotOptimize(set.data());
  });
}

void StageSizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(300)->Arg(3'000)->Arg(100'000)->Arg(
      1'000'000);
}
BENCHMARK(BM_Decode)->Apply(StageSizes);
BENCHMARK(BM_DigestBytes)->Apply(StageSizes);
BENCHMARK(BM_TokenHashes)->Apply(StageSizes);
BENCHMARK(BM_MakeShingles)->Apply(StageSizes);
BENCHMARK(BM_Sketch)->Apply(StageSizes);
BENCHMARK(BM_BytesToSketch)->Apply(StageSizes);
BENCHMARK(BM_MakeShingleSet)->Apply(StageSizes);

void BM_EqualSlots(benchmark::State& state) {
  const size_t size = static_cast<size_t>(state.range(0));
  SmallRandom random(/*seed=*/3);
  std::vector<uint32_t> a(size);
  std::vector<uint32_t> b(size);
  size_t equal = 0;
  for (size_t i = 0; i < size; ++i) {
    a[i] = static_cast<uint32_t>(random.Below(1'000'000));
    b[i] = random.Below(10) < 8 ? a[i] : a[i] + 1;
    equal += a[i] == b[i] ? 1 : 0;
  }
  if (EqualSlots(a, b) != equal) {
    return state.SkipWithError("the result is wrong");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(a.data());
    benchmark::DoNotOptimize(EqualSlots(a, b));
  }
}
BENCHMARK(BM_EqualSlots)->ArgName("slots")->Arg(128);

// Two sets with a Jaccard similarity of 2/3: .8 of each is shared.
void BM_CompareSets(benchmark::State& state) {
  const size_t size = static_cast<size_t>(state.range(0));
  SmallRandom random(/*seed=*/4);
  ShingleSet a;
  ShingleSet b;
  for (size_t i = 0; i < size; ++i) {
    a.push_back(random.Next());
    b.push_back(i % 5 == 0 ? random.Next() : a.back());
  }
  MakeShingleSet(&a);
  MakeShingleSet(&b);
  std::vector<uint64_t> shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(shared));
  if (CompareSets(a, b).shared != shared.size()) {
    return state.SkipWithError("the result is wrong");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(CompareSets(a, b));
  }
  state.counters["time_a_shingle"] =
      benchmark::Counter(static_cast<double>(2 * size),
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}
BENCHMARK(BM_CompareSets)->ArgName("shingles")->Arg(50)->Arg(500)->Arg(20'000);

// Grouping of keys of which a tenth recur, on one thread.
void BM_ForEachBucket(benchmark::State& state) {
  const size_t count = static_cast<size_t>(state.range(0));
  SmallRandom random(/*seed=*/5);
  std::vector<uint64_t> keys;
  for (size_t i = 0; i < count; ++i) {
    const bool recurs = i > 0 && random.Below(10) == 0;
    keys.push_back(recurs ? keys[random.Below(i)] : random.Next());
  }
  std::map<uint64_t, size_t> sizes;
  for (uint64_t key : keys) ++sizes[key];
  size_t wanted = 0;
  for (const auto& [key, size] : sizes) wanted += size > 1 ? size : 0;
  ThreadPool pool(1);
  size_t members = 0;
  const auto visit = [&](std::span<const uint32_t> bucket, int /*worker*/) {
    members += bucket.size();
  };
  ForEachBucket(keys, &pool, {}, visit);
  if (members != wanted) return state.SkipWithError("the result is wrong");
  for (auto _ : state) {
    ForEachBucket(keys, &pool, {}, visit);
    benchmark::DoNotOptimize(members);
  }
  state.counters["time_an_entry"] =
      benchmark::Counter(static_cast<double>(count),
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}
BENCHMARK(BM_ForEachBucket)
    ->ArgName("keys")
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace twicetold

BENCHMARK_MAIN();
