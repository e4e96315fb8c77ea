// SPDX-License-Identifier: Apache-2.0
#include "tools/scan_command.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tools/ignore_text.h"
#include "tools/inputs.h"
#include "tools/interrupt.h"
#include "tools/output_target.h"
#include "tools/progress_line.h"
#include "tools/say.h"
#include "tools/terminal.h"
#include "twicetold/compare_passage.h"
#include "twicetold/pipeline.h"
#include "twicetold/report/display.h"
#include "twicetold/report/human.h"
#include "twicetold/report/jsonl.h"
#include "twicetold/report/reuse_text.h"
#include "twicetold/report/shown_name.h"
#include "twicetold/report/text.h"

namespace twicetold {
namespace {

using Clock = std::chrono::steady_clock;

// Errors named on stderr; reports have all.
constexpr size_t kMostErrorsNamed = 10;

ExitStatus Interrupted() {
  Say("interrupted");
  return kExitInterrupted;
}

// Whoever runs the tool sees errors and totals in the report itself.
bool TextOnTerminal(const ScanFlags& flags) {
  return IsTerminal(STDOUT_FILENO) &&
         std::any_of(flags.output.reports.begin(), flags.output.reports.end(),
                     [](const ReportTarget& target) {
                       return target.format == ReportFormat::kText &&
                              target.path.empty();
                     });
}

void NameErrors(const Result& result) {
  size_t errors = 0;
  for (const SkippedInput& input : result.skipped) {
    if (!IsError(input.skip.reason)) continue;
    if (++errors > kMostErrorsNamed) continue;
    Say(absl::StrFormat("%s: %s: %s", ShownName(input.path, input.record),
                        SkipReasonWords(input.skip.reason),
                        Harmless(input.skip.detail)));
  }
  if (errors > kMostErrorsNamed) {
    Say(absl::StrFormat("and %d more that could not be read",
                        errors - kMostErrorsNamed));
  }
}

// Whether there are records, and none that has a text.
bool LacksTexts(const Result& result) {
  const auto is_record = [](const DocumentRecord& document) {
    return document.record.line > 0;
  };
  const auto lacks_text = [](const SkippedInput& input) {
    return input.skip.reason == SkipReason::kNoText;
  };
  return std::any_of(result.skipped.begin(), result.skipped.end(),
                     lacks_text) &&
         std::none_of(result.documents.begin(), result.documents.end(),
                      is_record);
}

// "in 1.23 s, 45.6 MB/s": what a result may not hold.
std::string Timing(const Result& result, double seconds) {
  return absl::StrFormat(
      "in %s, %.1f MB/s", HumanSeconds(seconds),
      static_cast<double>(TotalBytes(result)) / std::max(seconds, 1e-9) / 1e6);
}

TextStyle StyleFor(const ScanFlags& flags, const ReportTarget& target,
                   const std::string& timing) {
  TextStyle style;
  style.all = flags.all;
  if (!target.path.empty()) {
    style.color = flags.output.color == ColorChoice::kAlways;
    style.width = flags.layout.width.value_or(style.width);
    return style;
  }
  style.color = UseColor(flags.output.color, STDOUT_FILENO);
  style.width = flags.layout.width.value_or(TerminalWidth(STDOUT_FILENO));
  if (IsTerminal(STDOUT_FILENO)) style.epilogue = ", " + timing;
  return style;
}

// A scan and what it was of.
struct Scanned {
  std::unique_ptr<Corpus> corpus;
  Result result;
};

// Writes every report, even if one before it cannot be written. The first
// error is the one returned.
absl::Status WriteReports(const Scanned& scanned, const ScanFlags& flags,
                          const std::string& timing) {
  PassageComparer comparer(*scanned.corpus, scanned.result);
  PassageDiffs diffs{.compare = {}, .style = flags.layout.diff};
  if (flags.diff) {
    diffs.compare = [&comparer](uint32_t passage) {
      return comparer.Compare(passage);
    };
  }
  absl::Status first_error;
  for (const ReportTarget& target : flags.output.reports) {
    first_error.Update(WriteTo(target.path, [&](const Output& output) {
      return target.format == ReportFormat::kJsonl
                 ? WriteJsonl(scanned.result, "scan", output,
                              flags.scan.threads)
                 : WriteText(scanned.result, StyleFor(flags, target, timing),
                             output, diffs);
    }));
  }
  return first_error;
}

// All that can be found wrong before anything is read.
absl::Status CheckFlags(const ScanFlags& flags) {
  absl::Status first_error = CheckOptions(flags.scan);
  for (const ReportTarget& target : flags.output.reports) {
    if (!target.path.empty()) first_error.Update(CheckWritable(target.path));
  }
  return first_error;
}

// Signals are awaited here only: while reports are written, they have their
// usual effect.
absl::StatusOr<Scanned> FindAndScan(const ScanFlags& flags) {
  absl::StatusOr<std::vector<std::string>> ignored =
      ReadIgnoredTexts(flags.ignore_text, flags.output.reports);
  if (!ignored.ok()) return ignored.status();
  ScanOptions options = flags.scan;
  options.ignored_texts = *std::move(ignored);
  Interrupt interrupt;
  ProgressLine line(flags.quiet);
  line.Show("finding files");
  absl::StatusOr<std::unique_ptr<Corpus>> corpus = FindInputs(
      flags.input, flags.output.reports, options.threads, interrupt.token());
  if (!corpus.ok()) return corpus.status();
  absl::StatusOr<Result> result = Scan(
      **corpus, options, [&](const Progress& progress) { line.Show(progress); },
      interrupt.token());
  if (!result.ok()) return result.status();
  if (interrupt.token().stop_requested()) {
    return absl::CancelledError("interrupted");
  }
  AddInputSettings(flags.input, &*result);
  if (!flags.ignore_text.empty()) {
    result->settings.emplace_back("ignore_text", flags.ignore_text);
  }
  return Scanned{.corpus = *std::move(corpus), .result = *std::move(result)};
}

ExitStatus StatusOf(const Result& result, const ScanFlags& flags) {
  if (HasErrors(result)) return kExitPartial;
  // Passages of ignored text are no news.
  const bool found =
      !result.matches.empty() || result.reuses.size() > CountIgnored(result);
  if (flags.output.fail_on_found && found) return kExitFound;
  return kExitDone;
}

// Moves what was found to where it stays until the process ends: the system
// takes memory back as a whole much sooner than it is given back piece by
// piece.
const Scanned& KeepUntilExit(Scanned scanned) {
  // Not to be optimized away: what looks for leaks has to find it.
  [[gnu::used]] static const Scanned* kept = nullptr;
  kept = new Scanned(std::move(scanned));
  return *kept;
}

}  // namespace

ExitStatus RunScan(const ScanFlags& flags) {
  const Clock::time_point start = Clock::now();
  const absl::Status checked = CheckFlags(flags);
  if (!checked.ok()) return Fatal(checked);
  absl::StatusOr<Scanned> found = FindAndScan(flags);
  if (absl::IsCancelled(found.status())) return Interrupted();
  if (!found.ok()) return Fatal(found.status());

  const Scanned& scanned = KeepUntilExit(*std::move(found));
  const Result& result = scanned.result;
  const std::string timing = Timing(
      result, std::chrono::duration<double>(Clock::now() - start).count());
  const bool seen = TextOnTerminal(flags);
  if (!seen) NameErrors(result);
  const absl::Status written = WriteReports(scanned, flags, timing);
  if (!written.ok()) return Fatal(written);
  if (!flags.quiet && LacksTexts(result)) SayTextField();
  if (!flags.quiet && !seen && IsTerminal(STDERR_FILENO)) {
    Say(TotalsText(result) + ", " + timing);
  }
  return StatusOf(result, flags);
}

}  // namespace twicetold
