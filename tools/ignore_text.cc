// SPDX-License-Identifier: Apache-2.0
#include "tools/ignore_text.h"

#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "tools/add_options.h"
#include "tools/diff_inputs.h"
#include "twicetold/corpus/encoding.h"
#include "twicetold/corpus/skip.h"
#include "twicetold/passage/ignored_text.h"
#include "twicetold/report/display.h"

namespace twicetold {
namespace {

absl::Status Unusable(const std::string& file, const std::string& why) {
  return absl::InvalidArgumentError(
      absl::StrFormat("--ignore-text %s: %s", Harmless(file), why));
}

absl::StatusOr<std::string> ReadText(const NamedCorpus& corpus, size_t i,
                                     const std::string& file) {
  std::string buffer;
  const ReadResult read = corpus.Read(i, &buffer);
  if (read.skip && read.skip->reason != SkipReason::kEmpty) {
    return Unusable(file, Harmless(SkipWords(*read.skip)));
  }
  const std::string_view bytes = read.skip ? std::string_view() : read.text;
  if (const auto nul = FindBinary(bytes)) {
    return Unusable(file, "binary: " + SkipForNul(*nul).detail);
  }
  std::string storage;
  std::string text(Decode(bytes, &storage).utf8);
  if (IgnoredText(std::span(&text, 1)).empty()) {
    return Unusable(
        file, absl::StrFormat("has less than %d words", kIgnoredRunWords));
  }
  return text;
}

}  // namespace

CLI::Option* AddIgnoreText(CLI::App* app, std::vector<std::string>* files) {
  return AddRepeatable(app, "--ignore-text", files,
                       "Take passages made of the text in FILE (a licence,\na "
                       "footer, a questionnaire; edits are tolerated)\nfor "
                       "boilerplate, and hide them; repeatable")
      ->option_text("--ignore-text FILE");
}

absl::StatusOr<std::vector<std::string>> ReadIgnoredTexts(
    const std::vector<std::string>& files,
    const std::vector<ReportTarget>& reports) {
  const absl::Status harmless = CheckOverwrites(files, reports);
  if (!harmless.ok()) return harmless;
  const NamedCorpus corpus(files);
  std::vector<std::string> texts;
  for (size_t i = 0; i < files.size(); ++i) {
    absl::StatusOr<std::string> text = ReadText(corpus, i, files[i]);
    if (!text.ok()) return text.status();
    texts.push_back(*std::move(text));
  }
  return texts;
}

}  // namespace twicetold
