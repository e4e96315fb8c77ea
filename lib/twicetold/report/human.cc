// SPDX-License-Identifier: Apache-2.0
#include "twicetold/report/human.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_format.h"

namespace twicetold {
namespace {

// In thousandths. The nudge is for fractions such as .29, whose product with
// 1,000 comes out below 290; it is far smaller than 1/n for any n of shingles.
uint64_t Thousandths(double fraction) {
  return static_cast<uint64_t>(std::floor(fraction * 1000 + 1e-10));
}

}  // namespace

std::string HumanBytes(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  const int digits = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  return absl::StrFormat("%.*f %s", digits, bytes, kUnits[unit]);
}

std::string HumanCount(uint64_t count) {
  std::string digits = std::to_string(count);
  for (size_t i = digits.size(); i > 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::string HumanCount(uint64_t count, std::string_view noun) {
  std::string text = HumanCount(count);
  text += ' ';
  text += noun;
  if (count != 1) text += 's';
  return text;
}

std::string HumanFraction(double fraction) {
  const uint64_t thousandths = Thousandths(fraction);
  if (thousandths >= 1000) return "1.000";
  return absl::StrFormat(".%03d", thousandths);
}

std::string HumanPercent(double fraction) {
  const uint64_t thousandths = Thousandths(fraction);
  if (thousandths >= 1000) return "100 %";
  return absl::StrFormat("%d.%d %%", thousandths / 10, thousandths % 10);
}

std::string HumanSeconds(double seconds) {
  if (seconds < 9.995) return absl::StrFormat("%.2f s", seconds);
  if (seconds < 99.95) return absl::StrFormat("%.1f s", seconds);
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 3600) {
    return absl::StrFormat("%d min %d s", whole / 60, whole % 60);
  }
  return absl::StrFormat("%d h %d min", whole / 3600, whole % 3600 / 60);
}

}  // namespace twicetold
