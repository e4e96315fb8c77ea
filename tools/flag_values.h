// SPDX-License-Identifier: Apache-2.0
//
// The values of options: from text to what they mean, and what is wrong with
// them.
//
// A Check function gives what is wrong with a text in the words of a message,
// or nothing.
#ifndef TWICETOLD_TOOLS_FLAG_VALUES_H_
#define TWICETOLD_TOOLS_FLAG_VALUES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tools/terminal.h"
#include "twicetold/report/diff_text.h"

namespace twicetold {

enum class ReportFormat { kText, kJsonl };

// One -o: a format, and a file or, where it is empty, stdout.
struct ReportTarget {
  ReportFormat format = ReportFormat::kText;
  std::string path;
};

// "50", "10K", "3M", "2G" (powers of 1,024, either case) in bytes.
std::optional<uint64_t> ParseByteSize(const std::string& text);
std::string CheckByteSize(const std::string& text);

// "text", "jsonl", "jsonl:FILE"; the file - is stdout.
std::optional<ReportTarget> ParseReportTarget(const std::string& text);
std::string CheckReportTarget(const std::string& text);

// Decimal digits, in all 64 bits.
std::optional<uint64_t> ParseSeed(const std::string& text);
std::string CheckSeed(const std::string& text);

std::optional<ColorChoice> ParseColor(const std::string& text);

// "side-by-side", "inline", "changes".
std::optional<DiffLayout> ParseLayout(const std::string& text);

// One of `choices`, which are two at least.
std::string CheckChoice(std::span<const std::string> choices,
                        const std::string& text);

// A number of 0 or more.
std::string CheckScore(const std::string& text);

std::string CheckFailOn(const std::string& text);

// A decimal whole number in [low, high]; without a leading zero afterwards,
// which would make it octal for others.
std::string CheckWholeNumber(int low, int high, std::string* text);

// A number above 0 and below 1, or at most 1.
std::string CheckFraction(bool one_is_valid, const std::string& text);

}  // namespace twicetold

#endif  // TWICETOLD_TOOLS_FLAG_VALUES_H_
