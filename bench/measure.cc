// SPDX-License-Identifier: Apache-2.0
#include "bench/measure.h"

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>

#include "absl/strings/str_format.h"

namespace twicetold {

Spread SpreadOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  const double median = values.size() % 2 == 1
                            ? values[half]
                            : (values[half - 1] + values[half]) / 2;
  return {.least = values.front(), .median = median, .most = values.back()};
}

std::string GrowthText(const std::vector<double>& from,
                       const std::vector<double>& to) {
  const double ratio = SpreadOf(to).median / SpreadOf(from).median;
  return absl::StrFormat("%.2f %s %.1f", ratio,
                         ratio <= kGrowthBound ? "within" : " ABOVE",
                         kGrowthBound);
}

double CpuSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) / 1e9;
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

}  // namespace twicetold
