// SPDX-License-Identifier: Apache-2.0
#include "tools/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "absl/strings/str_format.h"
#include "tools/terminal.h"
#include "twicetold/report/human.h"

namespace twicetold {
namespace {

constexpr std::chrono::milliseconds kInterval(100);

// Long enough for a rate to mean something.
constexpr double kLeastSeconds = .2;

double ShareDone(const Progress& progress) {
  if (progress.bytes > 0) {
    return static_cast<double>(progress.bytes_done) /
           static_cast<double>(progress.bytes);
  }
  if (progress.documents == 0) return 0;
  return static_cast<double>(progress.documents_done) /
         static_cast<double>(progress.documents);
}

// Whole seconds: a guess has no hundredths.
std::string TimeLeft(double seconds) {
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 60) return absl::StrFormat("%d s left", whole);
  if (whole < 3600) {
    return absl::StrFormat("%d min %d s left", whole / 60, whole % 60);
  }
  return absl::StrFormat("%d h %d min left", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string ProgressText(const Progress& progress, double seconds,
                         size_t width) {
  const double share = std::min(ShareDone(progress), 1.);
  std::string line(StageName(progress.stage));
  if (progress.documents_done > 0) {
    line += absl::StrFormat("  %3.0f %%", 100 * share);
  }
  if (progress.documents_done > 0 && seconds >= kLeastSeconds) {
    if (share > 0) line += "  " + TimeLeft(seconds * (1 - share) / share);
    const auto documents_per_second = static_cast<uint64_t>(
        static_cast<double>(progress.documents_done) / seconds);
    line += "  " + HumanCount(documents_per_second) + " documents/s";
    if (progress.bytes_done > 0) {
      line += absl::StrFormat(
          "  %.1f MB/s",
          static_cast<double>(progress.bytes_done) / seconds / 1e6);
    }
  }
  return line.substr(0, width);
}

ProgressLine::ProgressLine(bool quiet)
    : shows_(!quiet && CanRewrite(STDERR_FILENO)) {}

void ProgressLine::Show(const Progress& progress) {
  if (!shows_) return;
  const Clock::time_point now = Clock::now();
  if (progress.stage != stage_ || stage_start_ == Clock::time_point()) {
    stage_ = progress.stage;
    stage_start_ = now;
  }
  if (now - last_shown_ < kInterval) return;
  last_shown_ = now;
  const double seconds =
      std::chrono::duration<double>(now - stage_start_).count();
  // A full line would wrap on some terminals.
  const size_t width = std::max<size_t>(TerminalWidth(STDERR_FILENO), 2) - 1;
  Show(ProgressText(progress, seconds, width));
}

void ProgressLine::Show(std::string_view text) {
  if (!shows_) return;
  shown_ = true;
  const std::string line = "\r\x1b[K" + std::string(text);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

void ProgressLine::Clear() {
  if (!shown_) return;
  shown_ = false;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace twicetold
