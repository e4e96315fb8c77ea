// SPDX-License-Identifier: Apache-2.0
//
// What the benchmarks measure with: wall time, CPU time, peak memory, and the
// spread of repeated figures.
//
// Thread safety: CPU time and peak memory are those of the whole process.
#ifndef TWICETOLD_BENCH_MEASURE_H_
#define TWICETOLD_BENCH_MEASURE_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "twicetold/base/cpu_time.h"

namespace twicetold {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

struct Spread {
  double least = 0;
  double median = 0;
  double most = 0;
};

// All 0 without values.
Spread SpreadOf(std::vector<double> values);

// The most memory, in bytes, that this process has had resident since it began
// or since ResetPeakMemory; 0 where the system does not say.
uint64_t PeakMemory();

// Gives free memory back and begins to measure the peak anew, where the system
// can (Linux); elsewhere the peak stays that of the whole run.
void ResetPeakMemory();

// Bytes as MB, 10^6 bytes.
inline double Megabytes(uint64_t bytes) {
  return static_cast<double>(bytes) / 1e6;
}

// Growth of time per doubling above which it is no longer in proportion.
inline constexpr double kGrowthBound = 2.3;

// Figures of repeated runs of one thing.
class Runs {
 public:
  // Runs `work` once and notes its figures; gives what it gives.
  template <typename Work>
  auto Measure(const Work& work) {
    ResetPeakMemory();
    const double cpu_before = CpuSeconds();
    const Stopwatch watch;
    auto result = work();
    Note(watch.seconds(), CpuSeconds() - cpu_before);
    return result;
  }

  // The columns of Row(), and their heads: seconds, CPU seconds, memory, and
  // how the medians grew from the runs of half as much, if those are given:
  // "2.04 within 2.3".
  static std::string Head();
  std::string Row(const Runs* half) const;

 private:
  void Note(double seconds, double cpu_seconds);

  std::vector<double> seconds_;
  std::vector<double> cpu_seconds_;
  uint64_t peak_memory_ = 0;
};

}  // namespace twicetold

#endif  // TWICETOLD_BENCH_MEASURE_H_
