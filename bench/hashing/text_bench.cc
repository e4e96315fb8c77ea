// SPDX-License-Identifier: Apache-2.0
//
// Bytes to token hashes, by kernel, script and size of text.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/hashing/clock.h"
#include "bench/hashing/script_text.h"
#include "twicetold/text/tokenize.h"

namespace twicetold {
namespace {

constexpr size_t kSizes[] = {300, 3'000, 100'000, 1'000'000};

void BM_TokenHashesOf(benchmark::State& state, Script script, size_t bytes) {
  const std::vector<std::string>& texts = ScriptTexts(script, bytes);
  std::vector<uint64_t> hashes;
  size_t next = 0;
  for (auto _ : state) {
    TokenHashes(texts[next], &hashes);
    benchmark::DoNotOptimize(hashes.data());
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
  ReportRate(state, bytes);
}

const bool kRegistered = [] {
  for (const Script script : kAllScripts) {
    for (const size_t bytes : kSizes) {
      const std::string name = "BM_TokenHashesOf/" +
                               std::string(ScriptName(script)) + "/" +
                               std::to_string(bytes);
      benchmark::RegisterBenchmark(name.c_str(), BM_TokenHashesOf, script,
                                   bytes);
    }
  }
  return true;
}();

}  // namespace
}  // namespace twicetold
