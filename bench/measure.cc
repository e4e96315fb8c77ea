// SPDX-License-Identifier: Apache-2.0
#include "bench/measure.h"

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

std::string GrowthText(const std::vector<double>& from,
                       const std::vector<double>& to) {
  const double ratio = SpreadOf(to).median / SpreadOf(from).median;
  return absl::StrFormat("%.2f %s %.1f", ratio,
                         ratio <= kGrowthBound ? "within" : " ABOVE",
                         kGrowthBound);
}

}  // namespace

Spread SpreadOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  const double median = values.size() % 2 == 1
                            ? values[half]
                            : (values[half - 1] + values[half]) / 2;
  return {.least = values.front(), .median = median, .most = values.back()};
}

uint64_t PeakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stoull(line.substr(6)) * 1024;  // given in kB
    }
  }
  return 0;
}

void ResetPeakMemory() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

void Runs::Note(double seconds, double cpu_seconds) {
  seconds_.push_back(seconds);
  cpu_seconds_.push_back(cpu_seconds);
  peak_memory_ = std::max(peak_memory_, PeakMemory());
}

std::string Runs::Head() {
  return absl::StrFormat("%8s %8s %8s %8s %8s  %-15s  %s", "median s",
                         "least s", "most s", "CPU s", "peak MB",
                         "growth of time", "growth of CPU time");
}

std::string Runs::Row(const Runs* half) const {
  const Spread spread = SpreadOf(seconds_);
  return absl::StrFormat(
      "%8.3f %8.3f %8.3f %8.3f %8.0f  %-15s  %s", spread.median, spread.least,
      spread.most, SpreadOf(cpu_seconds_).median, Megabytes(peak_memory_),
      half == nullptr ? "" : GrowthText(half->seconds_, seconds_),
      half == nullptr ? "" : GrowthText(half->cpu_seconds_, cpu_seconds_));
}

}  // namespace twicetold
