// SPDX-License-Identifier: Apache-2.0
//
// Token hashes to sketches, by kernel and size of text; shingle sets and their
// comparison; grouping.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/hashing/script_text.h"
#include "bench/synthetic_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/base/parallel.h"
#include "twicetold/base/sort_distinct.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/match/buckets.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/shingle_table.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize.h"
#include "twicetold/text/tokenize_with.h"

namespace twicetold {
namespace {

constexpr int kShingleSize = 5;
constexpr int kSketchSize = 128;
constexpr size_t kSizes[] = {300, 3'000, 100'000, 1'000'000};

// The token hashes and shingles of English texts of one size.
struct Hashed {
  std::vector<std::vector<uint64_t>> tokens;
  std::vector<ShingleList> shingles;
  double mean_shingles = 0;
};

const Hashed& HashedOf(size_t bytes) {
  static std::map<size_t, Hashed> all;
  Hashed& hashed = all[bytes];
  if (!hashed.tokens.empty()) return hashed;
  const std::vector<std::string>& texts = ScriptTexts(Script::kEnglish, bytes);
  for (const std::string& text : texts) {
    TokenHashes(text, &hashed.tokens.emplace_back());
    MakeShingles(hashed.tokens.back(), kShingleSize,
                 &hashed.shingles.emplace_back());
    hashed.mean_shingles += static_cast<double>(hashed.shingles.back().size()) /
                            static_cast<double>(texts.size());
  }
  return hashed;
}

// Time for each of `count` things that an iteration does.
void ReportTime(benchmark::State& state, const std::string& name,
                double count) {
  state.counters[name] =
      benchmark::Counter(count, benchmark::Counter::kIsIterationInvariantRate |
                                    benchmark::Counter::kInvert);
}

// Runs `stage` on each text in turn.
template <typename Stage>
void RunStage(benchmark::State& state, size_t bytes, bool right, Stage stage) {
  const Hashed& hashed = HashedOf(bytes);
  if (!right) return state.SkipWithError("the result is wrong");
  size_t next = 0;
  for (auto _ : state) {
    stage(next);
    benchmark::ClobberMemory();
    next = next + 1 == hashed.tokens.size() ? 0 : next + 1;
  }
  ReportRate(state, bytes);
  ReportTime(state, "time/shingle", hashed.mean_shingles);
}

void BM_CombineTokens(benchmark::State& state, const SketchKernels& kernels,
                      size_t bytes) {
  const Hashed& hashed = HashedOf(bytes);
  ShingleList shingles;
  const auto run = [&](size_t i) {
    shingles.resize(hashed.shingles[i].size());
    kernels.combine_tokens(hashed.tokens[i].data(), shingles.size(),
                           kShingleSize, shingles.data());
  };
  run(0);
  RunStage(state, bytes, shingles == hashed.shingles[0], run);
}

std::vector<uint32_t> PortableSketch(std::span<const uint64_t> shingles) {
  std::vector<uint32_t> sketch(kSketchSize);
  Sketcher(kSketchSize, 0, PortableSketchKernels()).Sketch(shingles, sketch);
  return sketch;
}

void BM_SketchShingles(benchmark::State& state, const SketchKernels& kernels,
                       size_t bytes) {
  const Hashed& hashed = HashedOf(bytes);
  const Sketcher sketcher(kSketchSize, 0, kernels);
  std::vector<uint32_t> sketch(kSketchSize);
  const auto run = [&](size_t i) {
    sketcher.Sketch(hashed.shingles[i], sketch);
  };
  run(0);
  RunStage(state, bytes, sketch == PortableSketch(hashed.shingles[0]), run);
}

void BM_SketchTokens(benchmark::State& state, const SketchKernels& kernels,
                     size_t bytes) {
  const Hashed& hashed = HashedOf(bytes);
  const Sketcher sketcher(kSketchSize, 0, kernels);
  std::vector<uint32_t> sketch(kSketchSize);
  const auto run = [&](size_t i) {
    sketcher.SketchTokens(hashed.tokens[i], kShingleSize, sketch);
  };
  run(0);
  RunStage(state, bytes, sketch == PortableSketch(hashed.shingles[0]), run);
}

void BM_MakeDistinct(benchmark::State& state, const SketchKernels& kernels,
                     size_t bytes) {
  const Hashed& hashed = HashedOf(bytes);
  ShingleTable table(kernels);
  ShingleList set;
  const auto run = [&](size_t i) {
    set = hashed.shingles[i];
    table.MakeDistinct(&set);
  };
  run(0);
  std::sort(set.begin(), set.end());
  ShingleList wanted = hashed.shingles[0];
  SortDistinct(&wanted);
  RunStage(state, bytes, set == wanted, run);
}

// What a document's first reading costs but for the reading itself, as
// sketch/sketch_corpus.cc does it: from raw bytes by way of the encoding and
// token hashes to the sketch; the digests, which only tell copies, if asked.
void BM_BytesToSketch(benchmark::State& state, KernelTier tier, size_t bytes,
                      Script script, bool with_digests) {
  const std::vector<std::string>& texts = ScriptTexts(script, bytes);
  const Sketcher sketcher(kSketchSize, 0, SketchKernelsOf(tier));
  std::string storage;
  std::vector<uint64_t> tokens;
  std::vector<uint32_t> sketch(kSketchSize);
  const auto run = [&](size_t i) {
    const std::string& text = texts[i];
    benchmark::DoNotOptimize(FindBinary(text));
    TokenHashesWith(TextKernelsOf(tier), Decode(text, &storage).utf8, &tokens);
    if (with_digests) {
      benchmark::DoNotOptimize(DigestBytes(text));
      benchmark::DoNotOptimize(DigestWords(tokens));
    }
    sketcher.SketchTokens(tokens, kShingleSize, sketch);
  };
  run(0);
  ShingleList shingles;
  MakeShingles(TokenizeOneByOne(texts[0]).tokens.hashes, kShingleSize,
               &shingles);
  RunStage(state, bytes, sketch == PortableSketch(shingles), run);
}

// The first part of it: which encoding is it, and is it text?
void BM_CheckBytes(benchmark::State& state, size_t bytes) {
  const std::vector<std::string>& texts = ScriptTexts(Script::kEnglish, bytes);
  std::string storage;
  const auto run = [&](size_t i) {
    benchmark::DoNotOptimize(FindBinary(texts[i]));
    benchmark::DoNotOptimize(Decode(texts[i], &storage).utf8.data());
  };
  RunStage(state, bytes, Decode(texts[0], &storage).utf8 == texts[0], run);
}

// Two sets of which .8 is shared: a Jaccard similarity of 2/3.
std::pair<ShingleSet, ShingleSet> OverlappingSets(size_t size) {
  SmallRandom random(/*seed=*/4);
  ShingleSet a;
  ShingleSet b;
  for (size_t i = 0; i < size; ++i) {
    a.push_back(random.Next());
    b.push_back(i % 5 == 0 ? random.Next() : a.back());
  }
  // In the order of a set that was sorted, the memory of a would be read as
  // that of b is.
  for (size_t i = size; i > 1; --i) std::swap(b[i - 1], b[random.Below(i)]);
  return {a, b};
}

size_t CountShared(ShingleSet a, ShingleSet b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  ShingleSet shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(shared));
  return shared.size();
}

// One pair, with all that it needs.
void BM_ComparePair(benchmark::State& state, const SketchKernels& kernels,
                    size_t size) {
  const auto [a, b] = OverlappingSets(size);
  ShingleTable table(kernels);
  table.Build(a);
  if (table.CountPresent(b) != CountShared(a, b)) {
    return state.SkipWithError("the result is wrong");
  }
  for (auto _ : state) {
    table.Build(a);
    benchmark::DoNotOptimize(table.CountPresent(b));
  }
  ReportTime(state, "time/shingle", static_cast<double>(2 * size));
}

// One more pair of a set that stands in a table already.
void BM_CompareNext(benchmark::State& state, const SketchKernels& kernels,
                    size_t size) {
  const auto [a, b] = OverlappingSets(size);
  ShingleTable table(kernels);
  table.Build(a);
  if (table.CountPresent(b) != CountShared(a, b)) {
    return state.SkipWithError("the result is wrong");
  }
  for (auto _ : state) benchmark::DoNotOptimize(table.CountPresent(b));
  ReportTime(state, "time/shingle", static_cast<double>(2 * size));
}

void BM_EqualSlots(benchmark::State& state, const SketchKernels& kernels,
                   size_t size) {
  SmallRandom random(/*seed=*/3);
  std::vector<uint32_t> a(size);
  std::vector<uint32_t> b(size);
  size_t equal = 0;
  for (size_t i = 0; i < size; ++i) {
    a[i] = static_cast<uint32_t>(random.Below(1'000'000));
    b[i] = random.Below(10) < 8 ? a[i] : a[i] + 1;
    equal += a[i] == b[i] ? 1 : 0;
  }
  if (kernels.equal_slots(a, b) != equal) {
    return state.SkipWithError("the result is wrong");
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(a.data());
    benchmark::DoNotOptimize(kernels.equal_slots(a, b));
  }
}

// Calls `run(state, tier, size, args...)` for each tier and size.
template <typename Run, typename... Args>
void RegisterTiers(const std::string& name, std::span<const size_t> sizes,
                   Run run, Args... args) {
  for (const KernelTier tier : RunnableKernelTiers()) {
    for (const size_t size : sizes) {
      const std::string full = name + "/" + std::string(KernelTierName(tier)) +
                               "/" + std::to_string(size);
      benchmark::RegisterBenchmark(full.c_str(), run, tier, size, args...);
    }
  }
}

void Register(const std::string& name,
              void (*run)(benchmark::State&, const SketchKernels&, size_t),
              std::span<const size_t> sizes) {
  RegisterTiers(name, sizes,
                [run](benchmark::State& state, KernelTier tier, size_t size) {
                  run(state, SketchKernelsOf(tier), size);
                });
}

const bool kRegistered = [] {
  constexpr size_t kSetSizes[] = {50, 530, 20'000};
  constexpr size_t kSketchSizes[] = {kSketchSize};
  Register("BM_CombineTokens", BM_CombineTokens, kSizes);
  Register("BM_SketchShingles", BM_SketchShingles, kSizes);
  Register("BM_SketchTokens", BM_SketchTokens, kSizes);
  for (const Script script : kAllScripts) {
    const std::string name(ScriptName(script));
    RegisterTiers("BM_BytesToSketch/" + name, kSizes, BM_BytesToSketch, script,
                  false);
  }
  RegisterTiers("BM_BytesToSketchAndDigests", kSizes, BM_BytesToSketch,
                Script::kEnglish, true);
  for (const size_t size : kSizes) {
    benchmark::RegisterBenchmark(
        ("BM_CheckBytes/" + std::to_string(size)).c_str(), BM_CheckBytes, size);
  }
  Register("BM_MakeDistinct", BM_MakeDistinct, kSizes);
  Register("BM_ComparePair", BM_ComparePair, kSetSizes);
  Register("BM_CompareNext", BM_CompareNext, kSetSizes);
  Register("BM_EqualSlots", BM_EqualSlots, kSketchSizes);
  return true;
}();

// Grouping of keys of which a tenth recur, on one thread. The memory for the
// entries goes from one call to the next if `keeps_memory`, as from one band to
// the next in the search for candidates.
void RunForEachBucket(benchmark::State& state, bool keeps_memory) {
  const size_t count = static_cast<size_t>(state.range(0));
  SmallRandom random(/*seed=*/5);
  std::vector<uint64_t> keys;
  keys.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const bool recurs = i > 0 && random.Below(10) == 0;
    keys.push_back(recurs ? keys[random.Below(i)] : random.Next());
  }
  std::vector<uint64_t> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  size_t wanted = 0;
  for (size_t i = 0; i < count; ++i) {
    const bool shared = (i > 0 && sorted[i] == sorted[i - 1]) ||
                        (i + 1 < count && sorted[i] == sorted[i + 1]);
    wanted += shared ? 1 : 0;
  }
  ThreadPool pool(1);
  size_t members = 0;
  const auto visit = [&](std::span<const uint32_t> bucket, int /*worker*/) {
    members += bucket.size();
  };
  GroupingMemory memory;
  ForEachBucket(keys, &pool, {}, visit, &memory);
  if (members != wanted) return state.SkipWithError("the result is wrong");
  for (auto _ : state) {
    ForEachBucket(keys, &pool, {}, visit, keeps_memory ? &memory : nullptr);
    benchmark::DoNotOptimize(members);
  }
  ReportTime(state, "time/entry", static_cast<double>(count));
}

void BM_ForEachBucket(benchmark::State& state) {
  RunForEachBucket(state, /*keeps_memory=*/true);
}

void BM_ForEachBucketOnce(benchmark::State& state) {
  RunForEachBucket(state, /*keeps_memory=*/false);
}
BENCHMARK(BM_ForEachBucket)
    ->ArgName("keys")
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(16'000'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_ForEachBucketOnce)
    ->ArgName("keys")
    ->Arg(16'000'000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace twicetold
