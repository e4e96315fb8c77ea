// SPDX-License-Identifier: Apache-2.0
#include "tools/dedup_command.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "absl/strings/str_format.h"
#include "tools/dedup_inputs.h"
#include "tools/interrupt.h"
#include "tools/progress_line.h"
#include "tools/say.h"
#include "twicetold/dedup/dedup.h"
#include "twicetold/dedup/forecast.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"

namespace twicetold {
namespace {

// What stages free is kept for the next ones, which costs less than to have it
// cleared by the system again; shares of the budget, so that little of it is
// lost where freed memory does not fit what is asked for.
void KeepFreedMemory([[maybe_unused]] uint64_t budget) {
#ifdef __GLIBC__
  constexpr uint64_t kMost = uint64_t{1} << 30;
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(std::min(budget / 16, kMost)));
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(std::min(budget / 8, kMost)));
#endif
}

// Errors named on stderr; the summary has more.
constexpr size_t kMostErrorsNamed = 10;

void SayForecast(const DedupInput& input, const DedupOptions& options) {
  const DedupForecast forecast = Forecast(input, options);
  Say(absl::StrFormat(
      "expected: about %s of text, %s of memory, %s of disk besides the "
      "output, %s of CPU time",
      HumanBytes(static_cast<double>(forecast.text_bytes)),
      HumanBytes(static_cast<double>(forecast.memory_bytes)),
      HumanBytes(static_cast<double>(forecast.disk_bytes)),
      HumanSeconds(forecast.cpu_seconds)));
}

void SayError(const std::string& place, const Skip& skip) {
  Say(place + ": " + Harmless(SkipWords(skip)));
}

std::string PlaceOf(const DedupInput& input, const SkippedDocument& skipped) {
  const std::string path = Harmless(input.files[skipped.file].path);
  return skipped.line == 0 ? path
                           : absl::StrFormat("%s:%d", path, skipped.line);
}

// True if there are errors.
bool NameErrors(const DedupInput& input, const DedupReport& report) {
  size_t named = 0;
  for (const SkippedInput& skipped : input.skipped) {
    if (!IsError(skipped.skip.reason) || named++ >= kMostErrorsNamed) continue;
    SayError(Harmless(skipped.path), skipped.skip);
  }
  const bool any = named > 0 || report.has_errors;
  for (const SkippedDocument& skipped : report.first_skipped) {
    if (!IsError(skipped.skip.reason) || named++ >= kMostErrorsNamed) continue;
    SayError(PlaceOf(input, skipped), skipped.skip);
  }
  if (named > kMostErrorsNamed) {
    Say("and more that could not be read: summary.json has them");
  }
  return any;
}

// Whether there are records, and nothing that has a text.
bool LacksTexts(const DedupReport& report) {
  return report.documents == 0 &&
         std::any_of(report.first_skipped.begin(), report.first_skipped.end(),
                     [](const SkippedDocument& skipped) {
                       return skipped.skip.reason == SkipReason::kNoText;
                     });
}

// "read 1.72 MB of text, removed 3 of 10 documents, kept 7, skipped 2". What is
// read is a reference, too.
std::string TotalsText(const DedupInput& input, const DedupReport& report) {
  std::string totals = absl::StrFormat(
      "read %s of text, removed %s of %s, kept %s",
      HumanBytes(static_cast<double>(report.text_bytes)),
      HumanCount(report.removed), HumanCount(report.documents, "document"),
      HumanCount(report.documents - report.removed));
  const uint64_t skipped = input.skipped.size() + report.skipped;
  if (skipped > 0) totals += ", skipped " + HumanCount(skipped);
  return totals;
}

absl::StatusOr<ExitStatus> FindAndDedup(const DedupFlags& flags) {
  Interrupt interrupt;
  absl::StatusOr<DedupInput> input = FindDedupInputs(flags, interrupt.token());
  if (!input.ok()) return input.status();
  absl::Status checked = CheckDedup(*input, flags.dedup);
  if (!checked.ok()) return checked;
  KeepFreedMemory(flags.dedup.memory);
  absl::StatusOr<DedupReport> report = [&] {
    ProgressLine line(flags.quiet);
    bool forecast_is_said = flags.quiet;
    return Dedup(
        *input, flags.dedup, flags.target,
        [&](const Progress& progress) {
          // Not before the folders have been looked at.
          if (!std::exchange(forecast_is_said, true))
            SayForecast(*input, flags.dedup);
          line.Show(progress);
        },
        interrupt.token());
  }();
  if (!report.ok()) return report.status();
  if (report->was_complete) {
    if (!flags.quiet) {
      Say(absl::StrFormat("%s is complete already",
                          Harmless(flags.target.into)));
    }
    return kExitDone;
  }
  const bool any_errors = NameErrors(*input, *report);
  if (!flags.quiet) {
    if (LacksTexts(*report)) SayTextField();
    Say(TotalsText(*input, *report) + ": see " + Harmless(flags.target.into));
  }
  return any_errors ? kExitPartial : kExitDone;
}

}  // namespace

ExitStatus RunDedup(const DedupFlags& flags) {
  const absl::StatusOr<ExitStatus> status = FindAndDedup(flags);
  if (status.ok()) return *status;
  if (!absl::IsCancelled(status.status())) return Fatal(status.status());
  Say("interrupted; --resume goes on with it");
  return kExitInterrupted;
}

}  // namespace twicetold
