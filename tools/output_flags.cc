// SPDX-License-Identifier: Apache-2.0
#include "tools/output_flags.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "tools/add_options.h"

namespace twicetold {
namespace {

std::string FileNamedTwice(const std::vector<ReportTarget>& reports) {
  std::set<std::string> files;
  for (const ReportTarget& report : reports) {
    if (report.path.empty()) continue;
    if (!files.insert(std::filesystem::path(report.path).lexically_normal())
             .second) {
      return report.path;
    }
  }
  return "";
}

}  // namespace

void OutputOptions::AddTo(CLI::App* command, const std::string& found) {
  AddRepeatable(
      command, "-o,--report", &reports_,
      "Report as text or jsonl, to FILE or stdout\n[text]; repeatable")
      ->option_text("-o, --report FORMAT[:FILE]")
      ->check(Checked(CheckReportTarget, {"text", "jsonl"}))
      ->group("Output");
  AddValue(command, "--color", &color_,
           "auto, always or never [auto];\nauto heeds NO_COLOR")
      ->option_text("--color WHEN")
      ->check(OneOf({"auto", "always", "never"}))
      ->group("Output");
  AddValue(command, "--fail-on", &fail_on_,
           "With 'found': status 1 if " + found + " was found")
      ->option_text("--fail-on found")
      ->check(Checked(CheckFailOn, {"found"}))
      ->group("Output");
}

std::string OutputOptions::Complete(OutputFlags* flags) const {
  flags->color = ParseColor(color_).value_or(flags->color);
  flags->fail_on_found = fail_on_ == "found";
  for (const std::string& report : reports_) {
    flags->reports.push_back(
        ParseReportTarget(report).value_or(ReportTarget()));
  }
  if (flags->reports.empty()) flags->reports.push_back({});
  const auto to_stdout =
      std::count_if(flags->reports.begin(), flags->reports.end(),
                    [](const ReportTarget& t) { return t.path.empty(); });
  if (to_stdout > 1) {
    return "-o, --report: only one report can go to stdout; give the others a "
           "file, as "
           "in -o jsonl:FILE";
  }
  const std::string twice = FileNamedTwice(flags->reports);
  if (!twice.empty()) return "-o, --report: two reports would go to " + twice;
  return "";
}

}  // namespace twicetold
