// SPDX-License-Identifier: Apache-2.0
#include "tools/diff_command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "tools/diff_inputs.h"
#include "tools/ignore_text.h"
#include "tools/output_target.h"
#include "tools/pager.h"
#include "tools/say.h"
#include "tools/terminal.h"
#include "tools/usage_error.h"
#include "twicetold/compare.h"
#include "twicetold/make_diff_result.h"
#include "twicetold/report/diff_text.h"
#include "twicetold/report/jsonl.h"

namespace twicetold {
namespace {

DiffTextStyle StyleFor(const DiffFlags& flags, const ReportTarget& target) {
  DiffTextStyle style;
  const bool to_stdout = target.path.empty();
  style.text.color = to_stdout ? UseColor(flags.output.color, STDOUT_FILENO)
                               : flags.output.color == ColorChoice::kAlways;
  if (to_stdout) style.text.width = TerminalWidth(STDOUT_FILENO);
  style.text.width = flags.layout.width.value_or(style.text.width);
  style.diff = flags.layout.diff;
  style.most_passages = flags.all ? SIZE_MAX : kMostPassagesShown;
  style.show_ignored = flags.all;
  style.min_words = flags.passages.evidence.min_words;
  return style;
}

absl::Status WriteReport(const Comparison& comparison, const DiffFlags& flags,
                         const ReportTarget& target) {
  const auto write = [&](const Output& output) {
    switch (target.format) {
      case ReportFormat::kText:
        return WriteDiffText(comparison, StyleFor(flags, target), output);
      case ReportFormat::kJsonl:
        break;
    }
    Result result = MakeDiffResult(comparison, flags.passages);
    if (!flags.ignore_text.empty()) {
      result.settings.emplace_back("ignore_text", flags.ignore_text);
    }
    return WriteJsonl(result, "diff", output);
  };
  const bool is_read =
      target.format == ReportFormat::kText && target.path.empty();
  const std::string pager =
      is_read && !flags.no_pager ? PagerCommand() : std::string();
  return pager.empty() ? WriteTo(target.path, write)
                       : WriteToPager(pager, write);
}

// Writes every report, even if one before it cannot be written. The first
// error is the one returned.
absl::Status WriteReports(const Comparison& comparison,
                          const DiffFlags& flags) {
  absl::Status first_error;
  for (const ReportTarget& target : flags.output.reports) {
    first_error.Update(WriteReport(comparison, flags, target));
  }
  return first_error;
}

// All that can be found wrong before anything is read.
absl::Status CheckFlags(const DiffFlags& flags) {
  absl::Status first_error = CheckOverwrites(flags.paths, flags.output.reports);
  for (const ReportTarget& target : flags.output.reports) {
    if (!target.path.empty()) first_error.Update(CheckWritable(target.path));
  }
  return first_error;
}

}  // namespace

ExitStatus RunDiff(const DiffFlags& flags) {
  const std::string folder = FirstFolder(flags.paths);
  if (!folder.empty()) {
    const std::string error =
        UsageError("twicetold diff", folder + " is a folder; 'twicetold scan " +
                                         folder + "' looks through folders");
    std::fputs(error.c_str(), stderr);
    return kExitFatal;
  }
  const std::string records = FirstFileOfRecord(flags.paths);
  if (!records.empty()) {
    const std::string error = UsageError(
        "twicetold diff",
        "one record of " + records + " cannot be compared; 'twicetold scan " +
            "--diff " + records + "' shows what its records share");
    std::fputs(error.c_str(), stderr);
    return kExitFatal;
  }
  const absl::Status checked = CheckFlags(flags);
  if (!checked.ok()) return Fatal(checked);
  const absl::StatusOr<std::vector<std::string>> ignored =
      ReadIgnoredTexts(flags.ignore_text, flags.output.reports);
  if (!ignored.ok()) return Fatal(ignored.status());
  const NamedCorpus corpus(flags.paths);
  const absl::StatusOr<Comparison> comparison =
      Compare(corpus, flags.passages, *ignored);
  if (!comparison.ok()) return Fatal(comparison.status());
  const absl::Status written = WriteReports(*comparison, flags);
  if (!written.ok()) return Fatal(written);
  const bool found = std::any_of(
      comparison->passages.begin(), comparison->passages.end(),
      [](const Passage& passage) { return !IsIgnored(passage.kind); });
  return flags.output.fail_on_found && found ? kExitFound : kExitDone;
}

}  // namespace twicetold
