// SPDX-License-Identifier: Apache-2.0
//
// From raw bytes to 128 slots by whole chains, side by side on the same texts
// (English, ASCII, shingles of five words):
//   ours          as BM_BytesToSketch;
//   permutations  the same up to the shingles, then 128 permutations with
//                 AVX-512: what the sketch alone makes of it;
//   xxh3          words are found and folded by our kernels, but XXH3 is called
//                 for each; shingles by our kernels; then 128 permutations:
//                 what others do, with the fastest parts there are.
// All check the encoding and look for NULs.
//
// The chains take turns on 1 MB of texts, so that whatever else the machine
// does meets all of them. Counters: cycles a byte of each, and how many times
// the time of ours the others take.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/hashing/permutations.h"
#include "bench/hashing/script_text.h"
#include "twicetold/base/hash.h"
#include "twicetold/base/kernel_tier.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/sketch/kernels/kernels.h"
#include "twicetold/sketch/shingle.h"
#include "twicetold/sketch/sketch.h"
#include "twicetold/text/kernels/kernels.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

constexpr int kShingleSize = 5;

// Words of ASCII, a piece of text at a time, hashed one by one.
class Xxh3Tokenizer {
 public:
  void HashWords(std::string_view text, std::vector<uint64_t>* hashes) {
    hashes->clear();
    while (!text.empty()) text.remove_prefix(TakePiece(text, hashes));
  }

 private:
  // As PieceTokenizer::TakePiece. No word is as long as a piece.
  size_t TakePiece(std::string_view text, std::vector<uint64_t>* hashes) {
    const size_t size = std::min(text.size(), kPieceBytes);
    const bool is_last = size < kPieceBytes;
    const size_t blocks = is_last ? size / kBlockBytes + 1 : kPieceBlocks;
    kernels_.classify(text.data(), size, blocks, folded_, masks_);
    masks_[blocks] = {
        .word = is_last ? uint64_t{0} : 1, .apostrophe = 0, .high = 0};
    kernels_.find_stretches(masks_, blocks, &stretches_);
    const uint16_t* const bounds = stretches_.bounds;
    const size_t whole = stretches_.bound_count / 2;
    for (size_t i = 0; i < whole; ++i) {
      const size_t begin = bounds[2 * i];
      hashes->push_back(
          HashBytes({folded_ + begin, bounds[2 * i + 1] - begin}));
    }
    return stretches_.bound_count % 2 == 0 ? size : bounds[2 * whole];
  }

  alignas(64) char folded_[kPieceBytes + kBlockBytes];
  const TextKernels& kernels_ = TextKernelsOf(ChosenKernelTier());
  BlockMasks masks_[kPieceBlocks + 1];
  Stretches stretches_;
};

class Chains {
 public:
  void Ours(const std::string& text) {
    TokenHashes(Checked(text), &tokens_);
    sketcher_.SketchTokens(tokens_, kShingleSize, sketch_);
    benchmark::DoNotOptimize(sketch_.data());
  }
  void OurPermutations(const std::string& text) {
    TokenHashes(Checked(text), &tokens_);
    Permute();
  }
  void Xxh3Permutations(const std::string& text) {
    tokenizer_.HashWords(Checked(text), &tokens_);
    Permute();
  }

  const std::vector<uint64_t>& tokens() const { return tokens_; }
  const Minima& minima() const { return minima_; }

 private:
  std::string_view Checked(const std::string& text) {
    benchmark::DoNotOptimize(FindBinary(text));
    return Decode(text, &decoded_).utf8;
  }
  void Permute() {
    MakeShingles(tokens_, kShingleSize, &shingles_);
    Avx512Minima(shingles_, &minima_);
    benchmark::DoNotOptimize(minima_.data());
  }

  const Sketcher sketcher_{static_cast<int>(kPermutations), /*seed=*/0};
  Xxh3Tokenizer tokenizer_;
  std::string decoded_;
  std::vector<uint64_t> tokens_;
  ShingleList shingles_;
  std::vector<uint32_t> sketch_ = std::vector<uint32_t>(kPermutations);
  Minima minima_;
};

bool AreRight(Chains* chains, const std::string& text) {
  chains->Xxh3Permutations(text);
  ShingleList shingles;
  MakeShingles(chains->tokens(), kShingleSize, &shingles);
  Minima wanted;
  ObviousMinima(shingles, &wanted);
  const Tokens tokens = Tokenize(text);
  bool right = chains->minima() == wanted &&
               chains->tokens().size() == tokens.hashes.size();
  for (size_t i = 0; right && i < tokens.ranges.size(); ++i) {
    const auto [begin, end] = tokens.ranges[i];
    std::string word = text.substr(begin, end - begin);
    for (char& c : word) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    right = HashBytes(word) == chains->tokens()[i];
  }
  return right;
}

double ThreadSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

void BM_Chains(benchmark::State& state) {
  if (!HasAvx512()) return state.SkipWithError("this machine has no AVX-512");
  const std::vector<std::string>& texts =
      ScriptTexts(Script::kEnglish, static_cast<size_t>(state.range(0)));
  Chains chains;
  if (!AreRight(&chains, texts[0])) {
    return state.SkipWithError("the result is wrong");
  }
  using Chain = void (Chains::*)(const std::string&);
  constexpr Chain kChains[] = {&Chains::Ours, &Chains::OurPermutations,
                               &Chains::Xxh3Permutations};
  double seconds[std::size(kChains)] = {};
  double bytes = 0;
  for (auto _ : state) {
    for (size_t i = 0; i < std::size(kChains); ++i) {
      const double start = ThreadSeconds();
      for (const std::string& text : texts) (chains.*kChains[i])(text);
      seconds[i] += ThreadSeconds() - start;
    }
    for (const std::string& text : texts) {
      bytes += static_cast<double>(text.size());
    }
  }
  const double cycles = MeasureClock() / bytes;
  state.counters["ours:cyc/B"] = seconds[0] * cycles;
  state.counters["permutations:cyc/B"] = seconds[1] * cycles;
  state.counters["xxh3:cyc/B"] = seconds[2] * cycles;
  state.counters["permutations/ours"] = seconds[1] / seconds[0];
  state.counters["xxh3/ours"] = seconds[2] / seconds[0];
}
BENCHMARK(BM_Chains)
    ->ArgName("bytes")
    ->Arg(300)
    ->Arg(3'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace twicetold
