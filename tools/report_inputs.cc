// SPDX-License-Identifier: Apache-2.0
#include "tools/report_inputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

// How a result in JSON Lines begins.
constexpr std::string_view kResultStart =
    R"({"type":"header","format":"twicetold-result")";

bool IsEmptyOrResult(const std::string& path) {
  std::array<char, kResultStart.size()> start;
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  file.read(start.data(), start.size());
  const std::string_view read(start.data(), static_cast<size_t>(file.gcount()));
  return read.empty() || read == kResultStart;
}

void LeaveOut(const FoundFile& file, std::vector<SkippedInput>* skipped) {
  for (const std::string& name : file.names) {
    skipped->push_back({.path = name,
                        .skip = {.reason = SkipReason::kOutput,
                                 .detail = "a report of this run goes there"}});
  }
}

}  // namespace

absl::Status LeaveOutReports(const std::vector<ReportTarget>& reports,
                             WalkResult* found) {
  for (const ReportTarget& report : reports) {
    struct stat info {};
    const int got = report.path.empty() ? fstat(STDOUT_FILENO, &info)
                                        : stat(report.path.c_str(), &info);
    if (got != 0 || !S_ISREG(info.st_mode)) continue;
    const auto file = std::find_if(
        found->files.begin(), found->files.end(), [&](const FoundFile& f) {
          return f.device == info.st_dev && f.inode == info.st_ino;
        });
    if (file == found->files.end()) continue;
    // Stdout is the choice of a shell, which has emptied it or appends.
    if (!report.path.empty() && !IsEmptyOrResult(report.path)) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "-o %s would overwrite an input; write the report elsewhere",
          Harmless(report.path)));
    }
    LeaveOut(*file, &found->skipped);
    found->files.erase(file);
  }
  return absl::OkStatus();
}

}  // namespace twicetold
