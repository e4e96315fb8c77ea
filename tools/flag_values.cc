// SPDX-License-Identifier: Apache-2.0
#include "tools/flag_values.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <string_view>
#include <system_error>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/suggest.h"

namespace twicetold {
namespace {

// `text` as a whole.
template <typename T>
std::optional<T> ParseNumber(const std::string& text) {
  T value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<uint64_t> ParseByteSize(const std::string& text) {
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || end - rest > 1) return std::nullopt;
  int shift = 0;
  if (rest != end) {
    const size_t unit = std::string_view("KkMmGg").find(*rest);
    if (unit == std::string_view::npos) return std::nullopt;
    shift = static_cast<int>(unit / 2 + 1) * 10;
  }
  if (value > std::numeric_limits<uint64_t>::max() >> shift) {
    return std::nullopt;
  }
  return value << shift;
}

std::string CheckByteSize(const std::string& text) {
  if (ParseByteSize(text)) return "";
  return "'" + text + "' is no size such as 500, 10K, 3M or 2G";
}

std::optional<ReportTarget> ParseReportTarget(const std::string& text) {
  const size_t colon = text.find(':');
  const std::string format = text.substr(0, colon);
  ReportTarget target;
  if (format == "jsonl") {
    target.format = ReportFormat::kJsonl;
  } else if (format != "text") {
    return std::nullopt;
  }
  if (colon != std::string::npos) {
    target.path = text.substr(colon + 1);
    if (target.path.empty()) return std::nullopt;
    if (target.path == "-") target.path.clear();
  }
  return target;
}

std::string CheckReportTarget(const std::string& text) {
  if (ParseReportTarget(text)) return "";
  std::string complaint =
      "'" + text + "' is not text, jsonl, text:FILE or jsonl:FILE";
  const std::vector<std::string> formats = {"text", "jsonl"};
  const std::string format = text.substr(0, text.find(':'));
  const std::string nearest = Nearest(format, formats);
  if (!nearest.empty() && nearest != format) {
    complaint += "; did you mean " + nearest + "?";
  }
  return complaint;
}

std::optional<uint64_t> ParseSeed(const std::string& text) {
  return ParseNumber<uint64_t>(text);
}

std::string CheckSeed(const std::string& text) {
  if (ParseSeed(text)) return "";
  return "'" + text + "' is not a whole number from 0 to 2^64 - 1";
}

std::optional<ColorChoice> ParseColor(const std::string& text) {
  if (text == "auto") return ColorChoice::kAuto;
  if (text == "always") return ColorChoice::kAlways;
  if (text == "never") return ColorChoice::kNever;
  return std::nullopt;
}

std::optional<DiffLayout> ParseLayout(const std::string& text) {
  if (text == "side-by-side") return DiffLayout::kSideBySide;
  if (text == "inline") return DiffLayout::kInline;
  if (text == "changes") return DiffLayout::kChanges;
  return std::nullopt;
}

std::string CheckChoice(std::span<const std::string> choices,
                        const std::string& text) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) {
    return "";
  }
  std::string complaint = "'" + text + "' is not " + choices.front();
  for (size_t i = 1; i < choices.size(); ++i) {
    complaint += (i + 1 == choices.size() ? " or " : ", ") + choices[i];
  }
  const std::string nearest = Nearest(text, choices);
  if (!nearest.empty()) complaint += "; did you mean " + nearest + "?";
  return complaint;
}

std::string CheckFailOn(const std::string& text) {
  if (text == "found") return "";
  return "'" + text + "' is not 'found', which is all there is to fail on";
}

std::string CheckWholeNumber(int low, int high, std::string* text) {
  const std::optional<int> value = ParseNumber<int>(*text);
  if (!value || *value < low || *value > high) {
    return absl::StrFormat("'%s' is not a whole number from %d to %d", *text,
                           low, high);
  }
  *text = std::to_string(*value);
  return "";
}

std::string CheckFraction(bool one_is_valid, const std::string& text) {
  const double value = ParseNumber<double>(text).value_or(0);
  if (value > 0 && (value < 1 || (one_is_valid && value == 1))) return "";
  return "'" + text + "' is not a number above 0 and " +
         (one_is_valid ? "at most 1" : "below 1");
}

std::string CheckScore(const std::string& text) {
  const double value = ParseNumber<double>(text).value_or(-1);
  if (value >= 0 && value <= 1e15) return "";
  return "'" + text + "' is not a number of 0 or more";
}

}  // namespace twicetold
