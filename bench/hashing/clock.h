// SPDX-License-Identifier: Apache-2.0
//
// Cycles of the processor, told from its own pace: a chain of additions each of
// which needs the one before it takes one cycle a link on every processor that
// this is likely to run on, so that a timed chain gives the clock at that
// moment. Machines in a cloud offer no other way.
//
// Thread safety: free functions.
#ifndef TWICETOLD_BENCH_HASHING_CLOCK_H_
#define TWICETOLD_BENCH_HASHING_CLOCK_H_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace twicetold {

// The clock in Hz, the best of several chains of 0.1 ms. The addend comes from
// a register, since some processors add small constants without executing
// anything.
inline double MeasureClock() {
  constexpr int kChains = 12;
  constexpr int kLinks = 16;
  constexpr int kRounds = 25'000;
  double best = 0;
  uint64_t sum = 1;
  uint64_t addend = 3;
  benchmark::DoNotOptimize(addend);
  for (int chain = 0; chain < kChains; ++chain) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRounds; ++i) {
#if defined(__GNUC__)
#pragma GCC unroll 16
#endif
      for (int link = 0; link < kLinks; ++link) {
        sum += addend;
        // Or else the compiler would multiply.
        benchmark::DoNotOptimize(sum);
      }
    }
    const std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - start;
    best = std::max(best, kLinks * kRounds / seconds.count());
  }
  return best;
}

// Sets what a benchmark of `bytes` bytes an iteration reports: bytes a second
// and cycles a byte (cyc/B), by CPU time and the clock as it is now.
inline void ReportRate(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes));
  state.counters["cyc/B"] =
      benchmark::Counter(static_cast<double>(bytes) / MeasureClock(),
                         benchmark::Counter::kIsIterationInvariantRate |
                             benchmark::Counter::kInvert);
}

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_HASHING_CLOCK_H_
