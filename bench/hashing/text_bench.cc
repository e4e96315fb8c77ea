// SPDX-License-Identifier: Apache-2.0
//
// Bytes to token hashes, by kernel, script and size of text; for English also
// the steps of it, and tokens with their stems.
//
// Every benchmark checks its result once, outside the time it measures.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/hashing/script_text.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize_with.h"

namespace twicetold {
namespace {

constexpr size_t kSizes[] = {300, 3'000, 100'000, 1'000'000};

// What a benchmark is of.
struct Case {
  KernelTier tier = {};
  Script script = {};
  size_t bytes = 0;
};

// Stretches `stage` on each text in turn.
template <typename Stage>
void RunOn(benchmark::State& state, const std::vector<std::string>& texts,
           size_t bytes, Stage stage) {
  size_t next = 0;
  for (auto _ : state) {
    stage(texts[next]);
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
  ReportRate(state, bytes);
}

void BM_TokenHashesBy(benchmark::State& state, Case of) {
  const TextKernels& kernels = TextKernelsOf(of.tier);
  const std::vector<std::string>& texts = ScriptTexts(of.script, of.bytes);
  std::vector<uint64_t> hashes;
  TokenHashesWith(kernels, texts[0], &hashes);
  if (hashes != TokenizeOneByOne(texts[0]).tokens.hashes) {
    return state.SkipWithError("the result is wrong");
  }
  RunOn(state, texts, of.bytes, [&](const std::string& text) {
    TokenHashesWith(kernels, text, &hashes);
    benchmark::DoNotOptimize(hashes.data());
  });
}

void BM_TokenizeWithStemsBy(benchmark::State& state, Case of) {
  const TextKernels& kernels = TextKernelsOf(of.tier);
  const std::vector<std::string>& texts = ScriptTexts(of.script, of.bytes);
  StemmedTokens stemmed;
  TokenizeStemsWith(kernels, texts[0], &stemmed);
  if (stemmed.stems != TokenizeOneByOne(texts[0]).stems) {
    return state.SkipWithError("the result is wrong");
  }
  RunOn(state, texts, of.bytes, [&](const std::string& text) {
    TokenizeStemsWith(kernels, text, &stemmed);
    benchmark::DoNotOptimize(stemmed.stems.data());
  });
}

// No kernel, to compare with.
void BM_TokenizeOneByOne(benchmark::State& state, Case of) {
  RunOn(state, ScriptTexts(of.script, of.bytes), of.bytes,
        [&](const std::string& text) {
          benchmark::DoNotOptimize(TokenizeOneByOne(text).stems.data());
        });
}

// The steps of kernels/kernels.h on one piece.
struct Piece {
  explicit Piece(const TextKernels& by) : kernels(by) {}

  void Classify(std::string_view text) {
    kernels.classify(text.data(), text.size(), blocks, folded, masks);
  }
  void FindStretches() { kernels.find_stretches(masks, blocks, &stretches); }
  void HashKeys() {
    kernels.hash_keys(folded, stretches.bounds, stretches.bound_count / 2,
                      hashes);
  }

  const TextKernels& kernels;
  size_t blocks = 0;
  char folded[kPieceBytes + kKeySlack] = {};
  BlockMasks masks[kPieceBlocks + 1] = {};
  Stretches stretches;
  uint64_t hashes[kPieceBytes / 2 + kHashSlack] = {};
};

enum class Step { kClassify, kFindStretches, kHashKeys };

void BM_Step(benchmark::State& state, Step step, Case of) {
  const std::vector<std::string>& texts = ScriptTexts(of.script, of.bytes);
  Piece piece(TextKernelsOf(of.tier));
  piece.blocks = of.bytes / kBlockBytes + 1;
  piece.Classify(texts[0]);
  piece.FindStretches();
  piece.HashKeys();
  const std::vector<uint64_t> expected =
      TokenizeOneByOne(texts[0]).tokens.hashes;
  if (!std::equal(expected.begin(), expected.end(), piece.hashes)) {
    return state.SkipWithError("the result is wrong");
  }
  RunOn(state, texts, of.bytes, [&](const std::string& text) {
    if (step == Step::kClassify) piece.Classify(text);
    if (step == Step::kFindStretches) piece.FindStretches();
    if (step == Step::kHashKeys) piece.HashKeys();
    benchmark::ClobberMemory();
  });
}

std::string NameOf(std::string_view what, const Case& of) {
  return std::string(what) + "/" + std::string(KernelTierName(of.tier)) + "/" +
         std::string(ScriptName(of.script)) + "/" + std::to_string(of.bytes);
}

template <typename Function, typename... Args>
void Register(std::string_view what, const Case& of, Function function,
              Args... args) {
  benchmark::RegisterBenchmark(NameOf(what, of).c_str(), function, args..., of);
}

void RegisterAll() {
  for (const KernelTier tier : RunnableKernelTiers()) {
    for (const Script script : kAllScripts) {
      for (const size_t bytes : kSizes) {
        Register("BM_TokenHashes", {tier, script, bytes}, BM_TokenHashesBy);
      }
      Register("BM_TokenizeWithStems", {tier, script, 3'000},
               BM_TokenizeWithStemsBy);
    }
    const Case english = {tier, Script::kEnglish, 3'000};
    Register("BM_Classify", english, BM_Step, Step::kClassify);
    Register("BM_FindStretches", english, BM_Step, Step::kFindStretches);
    Register("BM_HashKeys", english, BM_Step, Step::kHashKeys);
  }
  for (const Script script : kAllScripts) {
    Register("BM_TokenizeOneByOne", {KernelTier::kPortable, script, 3'000},
             BM_TokenizeOneByOne);
  }
}

const bool kRegistered = (RegisterAll(), true);

}  // namespace
}  // namespace twicetold
